"""One photo of a group: its picture, whether it stays, and the facts that tell it from the others. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import duplicate_wording, theme
from app.views.elided_label import ElidedLabel
from core.domain import DuplicatePhoto, KeepRule

_PICTURE_PX = 260
_LEAST_PICTURE_PX = 120
_GONE_OPACITY = 0.35


class _Picture(QWidget):
    """The whole photo, quiet when it is to go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.is_kept = True

    def sizeHint(self) -> QSize:
        """Qt override."""
        return QSize(_PICTURE_PX, _PICTURE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt override."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.image is None or self.image.isNull():
            painter.fillRect(self.rect(), QColor(theme.colors().placeholder))
            return
        size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(self.rect().center())
        painter.setOpacity(1.0 if self.is_kept else _GONE_OPACITY)
        painter.drawImage(box, self.image)


class DuplicateCard(QFrame):
    """A click keeps the photo or lets it go."""

    toggled = Signal(object)
    """PhotoId"""
    keep_only_requested = Signal(object)
    """PhotoId"""
    compare_requested = Signal(object)
    """PhotoId"""

    def __init__(self, one: DuplicatePhoto, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.one = one
        self._is_kept = True
        self.setObjectName("duplicateCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._picture = _Picture(self)
        self._state = QLabel(self)
        self._state.setProperty("role", "badge")
        self._name = ElidedLabel(self)
        self._name.setProperty("role", "heading")
        self._name.show_text(one.photo.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        column.addWidget(self._picture)
        column.addSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._state)
        head.addStretch(1)
        self._only = QPushButton(self.tr("Keep only this"), self)
        self._only.setProperty("role", "link")
        self._only.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._only.setEnabled(one.is_available)
        self._only.clicked.connect(lambda: self.keep_only_requested.emit(one.id))
        head.addWidget(self._only)
        column.addLayout(head)
        column.addWidget(self._name)
        self._facts = duplicate_wording.facts(one)
        for text in self._facts:
            label = ElidedLabel(self)
            label.setProperty("role", "muted")
            label.show_text(text)
            column.addWidget(label)

    def fit(self, width_px: int, most_height_px: int) -> None:
        """Be this wide, and as high as the picture and its facts need."""
        photo = self.one.photo
        shape = photo.height_px / photo.width_px if photo.width_px and photo.height_px else 1.0
        self._picture.setFixedHeight(max(_LEAST_PICTURE_PX, min(round((width_px - 24) * shape), most_height_px)))
        self.setFixedWidth(width_px)

    @property
    def is_kept(self) -> bool:
        """Whether the photo stays."""
        return self._is_kept

    def show_picture(self, image: QImage) -> None:
        """The picture arrived."""
        self._picture.image = image
        self._picture.update()

    def show_state(self, is_kept: bool, reasons: tuple[KeepRule, ...]) -> None:
        """Say whether the photo stays, and why."""
        self._is_kept = self._picture.is_kept = is_kept
        if not self.one.is_available:
            text = self.tr("Offline, stays") if self.one.photo.is_offline else self.tr("Unreadable, stays")
        elif not is_kept:
            text = self.tr("To the trash")
        elif reasons:
            text = self.tr("Keep: {reasons}").format(
                reasons=", ".join(duplicate_wording.reason(reason) for reason in reasons[:2])
            )
        else:
            text = self.tr("Keep")
        self._state.setText(text)
        self._state.setProperty("role", "badge-accent" if is_kept and self.one.is_available else "badge")
        self._state.style().unpolish(self._state)
        self._state.style().polish(self._state)
        self._state.updateGeometry()
        self.setAccessibleName(f"{self.one.photo.name}, {text}")
        self.setAccessibleDescription(", ".join(filter(None, self._facts)))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.toggled.emit(self.one.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first click toggled, so the second takes that back; Qt override."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.compare_requested.emit(self.one.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring around what stays; Qt override."""
        super().paintEvent(event)
        shades = theme.colors()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(shades.surface_raised))
        painter.setPen(QPen(QColor(shades.ring if self._is_kept else shades.border), 2 if self._is_kept else 1))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(shades.text), 1, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(self.rect().adjusted(5, 5, -5, -5), 6, 6)

    def event(self, event: QEvent) -> bool:
        """Repaint when the focus comes or goes; Qt override."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)
