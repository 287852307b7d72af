"""Any Pillow mode to plain 8-bit RGB in sRGB: no alpha, no palette, no other colour space. Pure; any thread."""

from __future__ import annotations

import functools
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

_WHITE = (255, 255, 255)
_CMS_MODES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab "}
_EIGHT_BIT_MODES = frozenset(["L", "RGB", "CMYK", "LAB", "YCbCr", "HSV"])


def to_reducible(image: Image.Image) -> Image.Image:
    """The same picture with 8 bits a channel and no alpha, palette or bilevel pixels, so that it can be averaged.

    Transparent parts become white. The colour space is kept: it is cheaper to convert after reducing.
    """
    if image.mode.startswith("I") or image.mode == "F":
        return _to_8_bits(image)
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode in _EIGHT_BIT_MODES:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def to_srgb(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """8-bit RGB in sRGB, using the embedded profile where there is a usable one."""
    transform = _transform(icc_profile or b"", image.mode)
    if transform is not None:
        converted = ImageCms.applyTransform(image, transform)
        if converted is not None:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    picture = image if image.mode == "RGBA" else image.convert("RGBA")
    canvas = Image.new("RGB", picture.size, _WHITE)
    canvas.paste(picture, mask=picture.getchannel("A"))
    return canvas


def _to_8_bits(image: Image.Image) -> Image.Image:
    """One channel of 16-bit, 32-bit or floating point samples to grey."""
    samples = np.nan_to_num(np.asarray(image).astype(np.float32), posinf=0.0, neginf=0.0)
    low, high = _sample_range(samples, image.mode)
    grey = (samples - low) * (255.0 / (high - low))
    return Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))


def _sample_range(samples: NDArray[np.float32], mode: str) -> tuple[float, float]:
    """Which samples are black and white: known for the usual depths, otherwise stretched to what is there."""
    low, high = float(samples.min()), float(samples.max())
    if low >= 0:
        if mode == "F" and high <= 1:
            return 0.0, 1.0
        for white in (255, 4095, 65535):
            if high <= white and not (mode.startswith("I;16") and white == 255):
                return 0.0, float(white)
    return (low, high) if high > low else (low, low + 1.0)


@functools.lru_cache(maxsize=32)
def _transform(icc_profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The way from a profile to sRGB, or None where there is nothing (or nothing sensible) to do.

    Cached: a camera writes the same profile into all its pictures. LittleCMS transforms may be shared by threads.
    """
    try:
        if mode == "LAB":
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        elif not icc_profile:
            return None
        else:
            source = ImageCms.ImageCmsProfile(io.BytesIO(icc_profile))
            if source.profile.xcolor_space != _CMS_MODES.get(mode):
                return None
            if mode == "RGB" and "srgb" in (source.profile.profile_description or "").lower():
                return None
        srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        return ImageCms.buildTransform(source, srgb, mode, "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
