"""Drawing a rectangle over a picture: with the mouse in one stroke, or with handles or arrow keys. GUI thread only."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.views import region_geometry, region_painting
from app.views.image_canvas import ImageCanvas
from app.views.region_geometry import Grip, Point
from core.domain import Region

_REACH_PX = 9
_STEP = 0.02
_FINE_STEP = 0.004
_GAP_PX = 12
_CURSORS = {
    Grip(): Qt.CursorShape.SizeAllCursor,
    Grip(-1, 0): Qt.CursorShape.SizeHorCursor,
    Grip(1, 0): Qt.CursorShape.SizeHorCursor,
    Grip(0, -1): Qt.CursorShape.SizeVerCursor,
    Grip(0, 1): Qt.CursorShape.SizeVerCursor,
    Grip(-1, -1): Qt.CursorShape.SizeFDiagCursor,
    Grip(1, 1): Qt.CursorShape.SizeFDiagCursor,
    Grip(1, -1): Qt.CursorShape.SizeBDiagCursor,
    Grip(-1, 1): Qt.CursorShape.SizeBDiagCursor,
}
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ANSWERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_LEAVES = (Qt.Key.Key_Escape, Qt.Key.Key_R)


class RegionDrawing(QWidget):
    """Lies over a canvas while a part is being chosen; the wheel still zooms, the middle button still pans."""

    chosen = Signal(object)
    """Region"""
    cancelled = Signal()

    def __init__(self, canvas: ImageCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._region: Region | None = None
        self._start: Point | None = None
        self._held: tuple[Grip, Region, Point] | None = None
        self._pan_from: QPointF | None = None
        self._is_stroke = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Choose a part of the photo"))
        self._hint = QLabel(self)
        self._hint.setObjectName("canvasHint")
        self._hint.setText(self.tr("Draw around what you are looking for, or use the arrow keys. Esc leaves."))
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._search = QPushButton(self.tr("Search by this part"), self)
        self._search.setDefault(True)
        self._search.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter searches wherever the keyboard is
        self._search.clicked.connect(self._answer)
        canvas.scale_changed.connect(lambda _scale: self._changed())
        self.hide()

    @property
    def region(self) -> Region | None:
        """The rectangle as it stands; None before the first."""
        return self._region

    def begin(self, region: Region | None = None) -> None:
        """Start choosing; `region` is there already and can be adjusted."""
        self._region = region
        self._start, self._held = None, None
        self._is_stroke = False
        self.setGeometry(self._canvas.rect())
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    def end(self) -> None:
        """Stop choosing, whatever was drawn."""
        self._region = None
        self.hide()

    # -- with the mouse ---------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a rectangle, or take hold of the one that is there; Qt override."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = event.position()
        elif event.button() == Qt.MouseButton.RightButton:
            self.cancelled.emit()
        elif event.button() == Qt.MouseButton.LeftButton:
            at = self._fraction(event.position())
            grip = self._grip(event.position())
            if grip is not None and self._region is not None:
                self._held = (grip, self._region, at)
            else:
                self._start, self._region, self._is_stroke = at, None, True
                self._changed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer; Qt override."""
        at = self._fraction(event.position())
        if self._pan_from is not None:
            self._canvas.pan_by(event.position() - self._pan_from)
            self._pan_from = event.position()
        elif self._start is not None:
            self._region = region_geometry.spanned(self._start, at)
            self._changed()
        elif self._held is not None:
            grip, before, start = self._held
            self._region = region_geometry.pulled(before, grip, (at[0] - start[0], at[1] - start[1]))
            self._changed()
        else:
            grip_under = self._grip(event.position())
            shape = Qt.CursorShape.CrossCursor if grip_under is None else _CURSORS[grip_under]
            self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A rectangle drawn in one stroke is searched by at once; one that is adjusted waits; Qt override."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = None
        was_drawn = self._start is not None and event.button() == Qt.MouseButton.LeftButton
        self._start, self._held = None, None
        self._is_stroke = False
        self._changed()
        if was_drawn:
            self._answer()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Search by what is there; Qt override."""
        if event.button() == Qt.MouseButton.LeftButton and self._grip(event.position()) is not None:
            self._answer()

    # -- with the keyboard ------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keys that mean something here mean nothing else; Qt override."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_own(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, with Shift they resize, with Ctrl in small steps; Enter searches; Qt override."""
        key = Qt.Key(event.key())
        if not self._is_own(event):
            event.ignore()
        elif key in _LEAVES:
            self.cancelled.emit()
        elif key in _ANSWERS:
            self._answer()
        else:
            self._step(key, event.modifiers())

    def _is_own(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _ARROWS:
            return True
        return key in (*_ANSWERS, *_LEAVES) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def _step(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        if self._region is None:
            self._region = region_geometry.WHOLE_MIDDLE
        else:
            step = _FINE_STEP if modifiers & Qt.KeyboardModifier.ControlModifier else _STEP
            grip = Grip(1, 1) if modifiers & Qt.KeyboardModifier.ShiftModifier else Grip()
            across, down = _ARROWS[key]
            self._region = region_geometry.pulled(self._region, grip, (across * step, down * step))
        self._changed()

    def _answer(self) -> None:
        if self._region is not None:
            self.chosen.emit(self._region)

    # -- what is seen -----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dim what is not chosen; Qt override."""
        photo = self._box_of(Region(0.0, 0.0, 1.0, 1.0))
        region_painting.paint(QPainter(self), photo, self._box(), has_handles=not self._is_stroke)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew; Qt override."""
        super().resizeEvent(event)
        self._changed()

    def _changed(self) -> None:
        if self.isHidden():
            return
        self._hint.setVisible(self._region is None)
        width = min(self.width() - 2 * _GAP_PX, self._hint.sizeHint().width())
        self._hint.resize(max(width, 80), self._hint.heightForWidth(max(width, 80)))
        self._hint.move((self.width() - self._hint.width()) // 2, self.height() - self._hint.height() - 2 * _GAP_PX)
        box = self._box()
        self._search.setVisible(box is not None and not self._is_stroke)
        if box is not None:
            self._search.adjustSize()
            self._search.move(self._beside(box).toPoint())
        self.update()

    def _beside(self, box: QRectF) -> QPointF:
        """Below the rectangle where there is room, else in its lower right corner; always to be seen."""
        width, height = self._search.width(), self._search.height()
        below = box.bottom() + _GAP_PX
        top = (
            below if below + height <= self.height() - _GAP_PX else min(box.bottom(), self.height()) - height - _GAP_PX
        )
        left = min(max(box.right() - width, _GAP_PX), self.width() - width - _GAP_PX)
        return QPointF(left, max(top, _GAP_PX))

    def _box(self) -> QRectF | None:
        return None if self._region is None else self._box_of(self._region)

    def _box_of(self, region: Region) -> QRectF:
        ratio = self.devicePixelRatioF()
        left, top, width, height = region_geometry.box_of(self._canvas.placement, region)
        return QRectF(left / ratio, top / ratio, width / ratio, height / ratio)

    def _fraction(self, at: QPointF) -> Point:
        ratio = self.devicePixelRatioF()
        return region_geometry.fraction_at(self._canvas.placement, at.x() * ratio, at.y() * ratio)

    def _grip(self, at: QPointF) -> Grip | None:
        if self._region is None:
            return None
        ratio = self.devicePixelRatioF()
        return region_geometry.grip_at(
            self._canvas.placement, self._region, at.x() * ratio, at.y() * ratio, _REACH_PX * ratio
        )
