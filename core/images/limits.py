"""How large a picture Recollect opens; asked from the header, before anything is decoded. Any thread."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from PIL import Image

from core.errors import UnreadableImage

MOST_PIXELS = 500_000_000
"""The most a picture may claim to have, when its decoder reduces it on the way (JPEG)."""

MOST_DECODED_PIXELS = 250_000_000
"""The most that are ever held decoded: 1 GB, as Pillow keeps 4 bytes a pixel."""

_LARGE_PIXELS = 50_000_000
_one_large_picture = threading.Lock()

# Pillow's own check warns at 89 megapixels, which real panoramas have; the checks here come before it.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def check(size: tuple[int, int], *, is_reduced_while_decoding: bool) -> None:
    """Raise UnreadableImage when a picture of `size` (width, height) is more than Recollect opens."""
    most = MOST_PIXELS if is_reduced_while_decoding else MOST_DECODED_PIXELS
    if size[0] * size[1] > most:
        raise UnreadableImage(
            f"The picture claims to be {size[0]:,} x {size[1]:,} pixels, more than Recollect opens "
            f"({most // 1_000_000:,} megapixels)."
        )


@contextlib.contextmanager
def room_for(size: tuple[int, int]) -> Iterator[None]:
    """Let only one large picture be decoded at a time, so that many decoder threads do not exhaust the memory."""
    if size[0] * size[1] < _LARGE_PIXELS:
        yield
        return
    with _one_large_picture:
        yield
