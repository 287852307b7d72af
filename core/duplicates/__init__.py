"""Finding pictures that are there more than once, and proposing which one to keep."""
