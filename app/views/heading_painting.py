"""Paints what stands between cells: month headings and the line before weaker matches. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from app import theme
from app.item_models import months
from app.item_models.photo_columns import Section, SectionKind
from app.views.grid_layout import Box

_TITLE_PX = 16
_BASELINE_PX = 14
"""From the bottom of a heading to its baseline."""


def paint(painter: QPainter, font: QFont, box: Box, section: Section, is_hot: bool, is_only: bool) -> None:
    """Paint the heading of a section; `is_hot`: the pointer is on it; `is_only`: no rows come before it."""
    if section.kind is SectionKind.MONTH:
        _paint_month(painter, font, box, section)
    elif section.kind is SectionKind.WEAKER:
        _paint_weaker(painter, font, box, section, is_hot, is_only)


def weaker_text(section: Section, is_only: bool = False) -> str:
    """ "412 weaker matches", in the person's language; `is_only`: nothing matches well."""
    count = section.row_count + section.hidden_count
    number = QLocale().toString(count)
    if is_only:
        return (
            _tr("No close match, 1 weaker one")
            if count == 1
            else _tr("No close match, {count} weaker ones").format(count=number)
        )
    return _tr("1 weaker match") if count == 1 else _tr("{count} weaker matches").format(count=number)


def _paint_month(painter: QPainter, font: QFont, box: Box, section: Section) -> None:
    shades = theme.colors()
    baseline = box.y + box.height - _BASELINE_PX
    title_font = QFont(font)
    title_font.setPixelSize(_TITLE_PX)
    title_font.setWeight(QFont.Weight.DemiBold)
    title = months.title(section.month)
    painter.setFont(title_font)
    painter.setPen(QColor(shades.text))
    painter.drawText(box.x, baseline, title)
    left = box.x + QFontMetrics(title_font).horizontalAdvance(title) + theme.SPACING_PX + 2
    painter.setFont(font)
    painter.setPen(QColor(shades.text_muted))
    painter.drawText(left, baseline, QLocale().toString(section.row_count))


def _paint_weaker(painter: QPainter, font: QFont, box: Box, section: Section, is_hot: bool, is_only: bool) -> None:
    """One line: how many, the word to click, and a rule to the right edge."""
    shades = theme.colors()
    middle = box.y + box.height // 2
    text = weaker_text(section, is_only)
    left = _draw_word(painter, font, text, box.x, middle, shades.text_muted)
    if section.hidden_count:
        left = _draw_word(painter, font, "—", left + 6, middle, shades.text_muted)
        link = QFont(font)
        link.setUnderline(is_hot)
        left = _draw_word(painter, link, _tr("show"), left + 6, middle, shades.link)
    painter.setPen(QColor(shades.border))
    painter.drawLine(left + 2 * theme.SPACING_PX, middle, box.x + box.width - 1, middle)


def _draw_word(painter: QPainter, font: QFont, word: str, left: int, middle: int, color: str) -> int:
    """Returns where the word ends."""
    width = QFontMetrics(font).horizontalAdvance(word)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QRect(left, middle - 16, width + 2, 32), Qt.AlignmentFlag.AlignVCenter, word)
    return left + width


def _tr(text: str) -> str:
    return QCoreApplication.translate("PhotoGrid", text)
