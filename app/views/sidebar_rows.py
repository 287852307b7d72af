"""How a row of the sidebar looks: icon, name, count. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app import theme
from core.domain import ScopeKind

SCOPE_ROLE = Qt.ItemDataRole.UserRole
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
ICON_ROLE = Qt.ItemDataRole.UserRole + 2
HEADING_ROLE = Qt.ItemDataRole.UserRole + 3
DROP_ROLE = Qt.ItemDataRole.UserRole + 4
PAGE_ROLE = Qt.ItemDataRole.UserRole + 5
"""True on a row that opens a page of its own."""
PLACE_ROLE = Qt.ItemDataRole.UserRole + 6
DEPTH_ROLE = Qt.ItemDataRole.UserRole + 7

ICONS = {
    ScopeKind.ALL: "photos",
    ScopeKind.RECENT: "clock",
    ScopeKind.FAVOURITES: "heart",
    ScopeKind.ALBUM: "album",
    ScopeKind.TAG: "tag",
    ScopeKind.FOLDER: "folder",
}
_ROW_PX = 30
_HEADING_PX = 34
_INSET_PX = 8
_INDENT_PX = 16

Index = QModelIndex | QPersistentModelIndex


class SidebarRows(QStyledItemDelegate):
    """Paints rows with a rounded highlight, the count in quiet text at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt override."""
        least = option.fontMetrics.height() + 12
        return QSize(120, max(least, _HEADING_PX if index.data(HEADING_ROLE) else _ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt override."""
        shades = theme.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(HEADING_ROLE):
            _heading(painter, option, index, shades)
        else:
            _row(painter, option, index, shades)
        painter.restore()

    def updateEditorGeometry(self, editor: object, option: QStyleOptionViewItem, index: Index) -> None:
        """The rename field covers the name only; Qt override."""
        box = QRect(option.rect).adjusted(_INSET_PX + 32, 1, -_INSET_PX, -1)
        editor.setGeometry(box)  # type: ignore[attr-defined]


def _heading(painter: QPainter, option: QStyleOptionViewItem, index: Index, shades: theme.Colors) -> None:
    font = QFont(option.font)
    font.setBold(True)
    font.setPixelSize(max(11, option.fontMetrics.height() - 5))
    painter.setFont(font)
    painter.setPen(QColor(shades.text_muted))
    box = QRect(option.rect).adjusted(_INSET_PX + 8, 8, -32, 0)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))


def _row(painter: QPainter, option: QStyleOptionViewItem, index: Index, shades: theme.Colors) -> None:
    box = QRect(option.rect).adjusted(_INSET_PX, 1, -_INSET_PX, -1)
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    is_target = bool(index.data(DROP_ROLE))
    if is_selected or is_hovered or is_target:
        painter.setPen(QColor(shades.ring) if is_target else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shades.accent_soft if is_selected or is_target else shades.hover))
        painter.drawRoundedRect(box, theme.RADIUS_PX, theme.RADIUS_PX)
    if option.state & QStyle.StateFlag.State_HasFocus and option.state & QStyle.StateFlag.State_KeyboardFocusChange:
        painter.setPen(QColor(shades.ring))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.RADIUS_PX, theme.RADIUS_PX)
    ratio = painter.device().devicePixelRatioF()
    tint = shades.link if is_selected else shades.text_muted
    picture = theme.pixmap(str(index.data(ICON_ROLE)), round(theme.ICON_PX * ratio), tint)
    picture.setDevicePixelRatio(ratio)
    indent = _INDENT_PX * int(index.data(DEPTH_ROLE) or 0)
    painter.drawPixmap(box.left() + 8 + indent, box.center().y() - theme.ICON_PX // 2 + 1, picture)
    count = index.data(COUNT_ROLE)
    shown = "" if count is None else QLocale().toString(int(count))
    painter.setPen(QColor(shades.text if is_selected else shades.text_muted))
    right = box.adjusted(0, 0, -8, 0)
    painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
    painter.setPen(QColor(shades.text))
    room = right.adjusted(34 + indent, 0, -(option.fontMetrics.horizontalAdvance(shown) + 8 if shown else 0), 0)
    name = option.fontMetrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
