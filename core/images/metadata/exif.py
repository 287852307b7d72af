"""EXIF directories to `Metadata` (CIPA DC-008 gives tags and meanings). Pure; any thread."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from core.images.metadata import cameras, moments, texts
from core.images.metadata.record import Metadata, distinct

Directory = Mapping[int, Any]
"""The tags of one EXIF directory, as Pillow reads them."""


def read(main: Directory, photo: Directory, gps: Directory) -> Metadata:
    """What the main directory (IFD0), the Exif directory and the GPS directory say. Never raises."""
    taken_at, fraction_s = _taken_at(main, photo, gps) or (None, 0.0)
    latitude, longitude = _place(gps)
    return Metadata(
        taken_at=taken_at,
        taken_at_fraction_s=fraction_s,
        camera=cameras.camera(texts.clean(main.get(0x010F)), texts.clean(main.get(0x0110))),
        lens=_lens(photo),
        exposure_s=_positive(photo.get(0x829A)) or _from_apex(photo.get(0x9201), -1.0),
        f_number=_positive(photo.get(0x829D)) or _from_apex(photo.get(0x9202), 0.5),
        iso=_iso(photo),
        focal_length_mm=_positive(photo.get(0x920A)),
        latitude=latitude,
        longitude=longitude,
        altitude_m=_altitude(gps),
        caption=texts.caption(main.get(0x010E))
        or texts.windows_text(main.get(0x9C9B))
        or texts.windows_text(main.get(0x9C9C))
        or texts.user_comment(photo.get(0x9286)),
        rating=rating(main.get(0x4746)),
        keywords=distinct([word.strip() for word in (texts.windows_text(main.get(0x9C9E)) or "").split(";")]),
        orientation=_orientation(main.get(0x0112)),
    )


def number(value: object) -> float | None:
    """A finite number from a tag's value (a number, a rational, the first of several, `1/250`), or None."""
    if isinstance(value, tuple | list) and value:
        value = value[0]
    if isinstance(value, str) and "/" in value:
        above, _, below = value.partition("/")
        upper, lower = number(above), number(below)
        return upper / lower if upper is not None and lower else None
    try:
        result = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def rating(value: object) -> int | None:
    """Stars, 0 to 5; a rejected picture (-1) has none."""
    stars = number(value)
    return None if stars is None or not -1 <= stars <= 5 else max(0, round(stars))


def degrees(parts: object, reference: object) -> float | None:
    """Degrees, minutes and seconds with a reference (N, S, E, W) to signed degrees."""
    if not isinstance(parts, tuple | list) or not parts:
        return None
    numbers = [number(part) for part in parts[:3]]
    if any(part is None or part < 0 for part in numbers):
        return None
    value = sum(part / scale for part, scale in zip(numbers, (1.0, 60.0, 3600.0), strict=False) if part is not None)
    return -value if (texts.clean(reference) or "").upper()[:1] in ("S", "W") else value


def place(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """Both or neither; a receiver without a fix writes 0, 0."""
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None, None
    if latitude == 0 and longitude == 0:
        return None, None
    return latitude, longitude


def _place(gps: Directory) -> tuple[float | None, float | None]:
    return place(degrees(gps.get(2), gps.get(1)), degrees(gps.get(4), gps.get(3)))


def _altitude(gps: Directory) -> float | None:
    value = number(gps.get(6))
    if value is None or not -12_000 < value < 100_000:
        return None
    is_below_sea = gps.get(5) in (b"\x01", 1)
    return -value if is_below_sea else value


def _taken_at(main: Directory, photo: Directory, gps: Directory) -> moments.Moment | None:
    """When the shutter opened; the file's own date last, as editors change it."""
    tags = (
        (photo.get(0x9003), photo.get(0x9011), photo.get(0x9291)),
        (photo.get(0x9004), photo.get(0x9012), photo.get(0x9292)),
        (_gps_moment(gps), "Z", ""),
        (main.get(0x0132), photo.get(0x9010), photo.get(0x9290)),
    )
    for text, offset, fraction in tags:
        moment = moments.parse(texts.clean(text) or "", texts.clean(offset) or "", texts.clean(fraction) or "")
        if moment is not None:
            return moment
    return None


def _gps_moment(gps: Directory) -> str:
    day, clock = texts.clean(gps.get(29)), gps.get(7)
    if day is None or not isinstance(clock, tuple | list) or len(clock) < 3:
        return ""
    parts = [number(part) for part in clock[:3]]
    if any(part is None for part in parts):
        return ""
    return f"{day} " + ":".join(f"{int(part or 0):02d}" for part in parts)


def _lens(photo: Directory) -> str | None:
    name = cameras.lens(texts.clean(photo.get(0xA434)))
    if name is not None:
        return name
    specification = photo.get(0xA432)
    if not isinstance(specification, tuple | list) or len(specification) < 4:
        return None
    return cameras.lens_of_specification([number(part) for part in specification[:4]])


def _iso(photo: Directory) -> int | None:
    # 65535 means "see the longer tags": RecommendedExposureIndex, StandardOutputSensitivity, ISOSpeed.
    for tag in (0x8827, 0x8832, 0x8831, 0x8833):
        value = number(photo.get(tag))
        if value is not None and 0 < value < 10_000_000 and value != 65535:
            return round(value)
    return None


def _positive(value: object) -> float | None:
    result = number(value)
    return result if result is not None and 0 < result < 1e6 else None


def _from_apex(value: object, factor: float) -> float | None:
    """Seconds from a shutter speed value (factor -1), an f-number from an aperture value (factor 1/2)."""
    apex = number(value)
    return None if apex is None or abs(apex) > 30 else 2.0 ** (factor * apex)


def _orientation(value: object) -> int:
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
