"""What a picture file says about itself: when, where and with what it was taken, and its words. Pure; any thread."""

from core.images.metadata.reading import of_opened, of_raw, read, words
from core.images.metadata.record import Metadata

__all__ = ["Metadata", "of_opened", "of_raw", "read", "words"]
