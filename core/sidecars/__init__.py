"""Tags, stars and captions written into XMP sidecars beside the photos, where the person wants that."""
