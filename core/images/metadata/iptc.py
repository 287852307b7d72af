"""IPTC-IIM records (the older captions and keywords of news and archive pictures) to `Metadata`. Pure; any thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PIL import Image, IptcImagePlugin

from core.images.metadata import moments, texts
from core.images.metadata.record import Metadata, distinct

_CAPTION, _TITLE, _KEYWORDS, _DATE, _TIME = (2, 120), (2, 5), (2, 25), (2, 55), (2, 60)


def read(opened: Image.Image) -> Metadata:
    """What the IPTC records of an opened JPEG or TIFF file say; nothing when there are none. Never raises."""
    try:
        records: Mapping[tuple[int, int], Any] = IptcImagePlugin.getiptcinfo(opened) or {}  # type: ignore[arg-type]
    except Exception:
        return Metadata()
    keywords = records.get(_KEYWORDS, [])
    words = [texts.clean(word) or "" for word in (keywords if isinstance(keywords, list) else [keywords])]
    taken_at, fraction_s = _moment(records) or (None, 0.0)
    return Metadata(
        taken_at=taken_at,
        taken_at_fraction_s=fraction_s,
        caption=texts.caption(records.get(_CAPTION)) or texts.caption(records.get(_TITLE)),
        keywords=distinct(words),
    )


def _moment(records: Mapping[tuple[int, int], Any]) -> moments.Moment | None:
    """DateCreated `20240501` and TimeCreated `123000+0200`."""
    day, clock = texts.clean(records.get(_DATE)), texts.clean(records.get(_TIME))
    if day is None or clock is None or len(day) < 8 or len(clock) < 6:
        return None
    return moments.parse(f"{day[:4]}-{day[4:6]}-{day[6:8]} {clock[:2]}:{clock[2:4]}:{clock[4:6]}{clock[6:]}")
