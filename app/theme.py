"""Colours, spacing and icons, light and dark, in one place. GUI thread only.

The greys are neutral so that photos keep their colours; one accent colour marks what is active.
Widgets that paint themselves call `colors()` in every paint, so a change of appearance needs no wiring.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from typing import Literal

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from core import places

Appearance = Literal["system", "light", "dark"]

SPACING_PX = 8
"""The rhythm: every distance is a multiple (or half) of it."""
RADIUS_PX = 6
ICON_PX = 18
TEXT_PX = 13

_APPEARANCE_PROPERTY = "recollectAppearance"
_ICON_SIDES_PX = (16, 18, 20, 24, 32, 36, 48, 64, 96)


@dataclass(frozen=True, slots=True)
class Colors:
    """What everything is painted with; text on any surface keeps a contrast of at least 4.5:1."""

    window: str
    """Behind toolbars and the strip at the bottom."""
    sidebar: str
    surface: str
    """Behind photos and lists."""
    surface_raised: str
    """Popups, toasts, chips and fields."""
    hover: str
    border: str
    text: str
    text_muted: str
    accent: str
    """Fill of what is active."""
    accent_text: str
    """Text on `accent`."""
    accent_soft: str
    """Behind a chosen row whose text stays `text`."""
    link: str
    """Accent as text on a surface."""
    ring: str
    """Around the selection and the focus."""
    danger: str
    warning: str
    favourite: str
    placeholder: str
    """A cell whose picture is not known yet."""
    badge_background: str
    badge_text: str
    scrim: str
    """Behind the viewer."""


LIGHT = Colors(
    window="#f4f4f4",
    sidebar="#ececec",
    surface="#ffffff",
    surface_raised="#ffffff",
    hover="#e4e4e4",
    border="#d6d6d6",
    text="#1d1d1d",
    text_muted="#666666",
    accent="#1565d8",
    accent_text="#ffffff",
    accent_soft="#d5e3f8",
    link="#1259c0",
    ring="#1565d8",
    danger="#c0262d",
    warning="#8a5a00",
    favourite="#e0245e",
    placeholder="#e2e2e2",
    badge_background="#cc141414",
    badge_text="#ffffff",
    scrim="#f7f7f7",
)

DARK = Colors(
    window="#242424",
    sidebar="#202020",
    surface="#181818",
    surface_raised="#303030",
    hover="#363636",
    border="#3a3a3a",
    text="#ededed",
    text_muted="#a3a3a3",
    accent="#2f78e6",
    accent_text="#ffffff",
    accent_soft="#263c5c",
    link="#78aefc",
    ring="#5b9bff",
    danger="#ff7b78",
    warning="#f0b64a",
    favourite="#ff5c8a",
    placeholder="#2a2a2a",
    badge_background="#cc141414",
    badge_text="#ffffff",
    scrim="#101010",
)


def is_dark() -> bool:
    """Whether the window is dark now: the person's choice, else the system's."""
    app = QGuiApplication.instance()
    chosen = app.property(_APPEARANCE_PROPERTY) if app else None
    if chosen in ("light", "dark"):
        return bool(chosen == "dark")
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def colors() -> Colors:
    """The colours to paint with now."""
    return DARK if is_dark() else LIGHT


def color(text: str) -> QColor:
    """A field of `Colors` as a QColor (`#rrggbb` or `#aarrggbb`)."""
    return QColor(text)


def icon(name: str) -> QIcon:
    """The icon `resources/icons/<name>.svg` in the colours of now.

    Icons do not follow a change of appearance by themselves: set them again in
    `changeEvent` on `QEvent.Type.PaletteChange` (actions of `app.commands` do).
    """
    shades = colors()
    result = QIcon()
    for side_px in _ICON_SIDES_PX:
        result.addPixmap(pixmap(name, side_px, shades.text), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, side_px, shades.text_muted, alpha=0.45), QIcon.Mode.Disabled)
        result.addPixmap(pixmap(name, side_px, shades.text), QIcon.Mode.Selected)
    return result


def pixmap(name: str, side_px: int, tint: str, alpha: float = 1.0) -> QPixmap:
    """The icon as a square picture of `side_px` device pixels, drawn in one colour."""
    key = f"icon {name} {side_px} {tint} {alpha}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    picture = QPixmap(side_px, side_px)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(_drawing(name))).render(painter, QRectF(0, 0, side_px, side_px))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    shade = QColor(tint)
    shade.setAlphaF(alpha)
    painter.fillRect(picture.rect(), shade)
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture


@cache
def _drawing(name: str) -> bytes:
    """An icon's file: a hundred icons are drawn in several sizes and colours each while the window opens."""
    return (places.resource("icons") / f"{name}.svg").read_bytes()


def apply(app: QApplication, appearance: Appearance) -> None:
    """Dress the whole application for `appearance`, now and whenever the system changes its mind."""
    hints = app.styleHints()
    if app.property(_APPEARANCE_PROPERTY) is None:
        app.setStyle("Fusion")
        font = app.font()
        if font.pixelSize() < TEXT_PX and font.pointSizeF() * app.primaryScreen().logicalDotsPerInch() / 72 < TEXT_PX:
            font.setPixelSize(TEXT_PX)
            app.setFont(font)
        hints.colorSchemeChanged.connect(lambda _scheme: _paint(app))
    app.setProperty(_APPEARANCE_PROPERTY, appearance)
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}
    hints.setColorScheme(schemes[appearance])
    _paint(app)


def _paint(app: QApplication) -> None:
    shades = colors()
    app.setPalette(_palette(shades))
    sheet = "".join(places.resource(name).read_text(encoding="utf-8") for name in ("style.qss", "style_detail.qss"))
    for name, value in sorted(asdict(shades).items(), key=lambda item: -len(item[0])):
        sheet = sheet.replace(f"@{name}", value)
    parts = places.resource("icons") / "parts"
    sheet = sheet.replace("@icon_arrow", (parts / f"arrow-{'dark' if is_dark() else 'light'}.svg").as_posix())
    sheet = sheet.replace("@icon_check", (parts / "check.svg").as_posix())
    app.setStyleSheet(sheet)


def _palette(shades: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for key, value in {
        role.Window: shades.window,
        role.WindowText: shades.text,
        role.Base: shades.surface,
        role.AlternateBase: shades.window,
        role.Text: shades.text,
        role.PlaceholderText: shades.text_muted,
        role.Button: shades.surface_raised,
        role.ButtonText: shades.text,
        role.ToolTipBase: shades.surface_raised,
        role.ToolTipText: shades.text,
        role.Highlight: shades.accent,
        role.HighlightedText: shades.accent_text,
        role.Accent: shades.accent,
        role.Link: shades.link,
        role.BrightText: shades.danger,
        role.Mid: shades.border,
        role.Dark: shades.border,
        role.Shadow: shades.border,
    }.items():
        palette.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(shades.text_muted))
    return palette
