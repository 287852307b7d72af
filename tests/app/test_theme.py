"""Text can be read in both appearances, and every icon can be drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app import theme
from core import places


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF()]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("shades", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_has_enough_contrast_on_every_surface(shades: theme.Colors) -> None:
    for surface in (shades.window, shades.sidebar, shades.surface, shades.surface_raised):
        for text in (shades.text, shades.text_muted, shades.link, shades.danger):
            assert contrast(text, surface) >= 4.5, (text, surface)
    assert contrast(shades.text, shades.accent_soft) >= 4.5
    assert contrast(shades.accent_text, shades.accent) >= 4.2
    assert contrast(shades.ring, shades.surface) >= 3.0


def test_every_icon_is_drawn_and_takes_its_colour(qtbot: QtBot) -> None:
    for file in sorted(places.resource("icons").glob("*.svg")):
        picture = theme.pixmap(file.stem, 24, "#ff0000").toImage()
        drawn = [
            picture.pixelColor(x, y) for x in range(24) for y in range(24) if picture.pixelColor(x, y).alpha() > 200
        ]
        assert drawn, file.stem
        assert all(color.red() > 200 and color.green() < 40 for color in drawn), file.stem


def test_every_icon_that_is_used_exists() -> None:
    used: set[str] = set()
    for file in Path(theme.__file__).parent.rglob("*.py"):
        used |= set(re.findall(r'(?:IconButton|theme\.icon|theme\.pixmap)\("([a-z-]+)"', file.read_text("utf-8")))
    known = {file.stem for file in places.resource("icons").glob("*.svg")}
    assert used - known == set()
    assert len(used) > 5


def test_the_style_sheet_names_only_colours_that_exist() -> None:
    sheet = places.resource("style.qss").read_text(encoding="utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    names = set(re.findall(r"@(\w+)", sheet))
    assert names - set(theme.Colors.__dataclass_fields__) == {"icon_arrow", "icon_check"}
