"""The photo library without a window: catalog, pictures, encoders, indexing, search and tags."""
