"""Pictures: which files they are, their pixels, metadata and thumbnails. Pure: bytes in, values out; any thread."""
