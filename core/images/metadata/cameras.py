"""Names of cameras and lenses as people write them. Pure; any thread."""

from __future__ import annotations

import re
from collections.abc import Sequence

_COMPANY_WORDS = re.compile(
    r"[,.]*\s*\b(corporation|corp|company|co|ltd|limited|inc|gmbh|ag|imaging|optical|electronics|electric|digital"
    r"|technologies|technology|tech|camera|mobile communications|communications)\b[.,]*",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    ["", "-", "--", "---", "----", "none", "unknown", "n/a", "0", "0.0 mm f/0.0", "manual lens no cpu"]
)


def camera(make: str | None, model: str | None) -> str | None:
    """Maker and model without doubling the maker: `Canon`, `Canon EOS 5D` -> `Canon EOS 5D`."""
    maker, name = _tidy(make), _tidy(model)
    if not name:
        return _short(maker) or None
    is_named_already = name.split()[0].casefold() in {word.casefold() for word in maker.split()}
    return name if not maker or is_named_already else f"{_short(maker)} {name}"


def lens(name: str | None) -> str | None:
    """A lens's name, or None for the placeholders cameras write without one."""
    tidy = _tidy(name)
    return None if tidy.casefold() in _NO_NAMES or not any(c.isalnum() for c in tidy) else tidy


def lens_of_specification(numbers: Sequence[float | None]) -> str | None:
    """Shortest and longest focal length, f-number at each: `24-70 mm f/2.8`."""
    near, far, wide, tele = numbers
    if not near or near < 0:
        return None
    focal = f"{near:g} mm" if not far or far == near else f"{near:g}-{far:g} mm"
    if not wide or wide < 0:
        return focal
    return f"{focal} f/{wide:g}" if not tele or tele == wide else f"{focal} f/{wide:g}-{tele:g}"


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())[:200]


def _short(maker: str) -> str:
    """`NIKON CORPORATION` -> `Nikon`; short names such as LG and DJI stay as they are."""
    name = " ".join(_COMPANY_WORDS.sub(" ", maker).split()) or maker
    return name.title() if len(name) > 3 and (name.isupper() or name.islower()) else name
