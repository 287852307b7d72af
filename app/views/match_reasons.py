"""Why a photo is in the result, in words. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app import photo_facts, theme
from core.domain import Hit, Reason, ReasonKind

_SENTENCES: dict[str, str] = {
    ReasonKind.LOOKS_LIKE: str(QT_TRANSLATE_NOOP("match_reasons", "Looks like {words}")),
    ReasonKind.NAME: str(QT_TRANSLATE_NOOP("match_reasons", "Its name has {words}")),
    ReasonKind.FOLDER: str(QT_TRANSLATE_NOOP("match_reasons", "Its folder has {words}")),
    ReasonKind.CAPTION: str(QT_TRANSLATE_NOOP("match_reasons", "Its caption has {words}")),
    ReasonKind.TAG: str(QT_TRANSLATE_NOOP("match_reasons", "Tagged {words}")),
    ReasonKind.ALBUM: str(QT_TRANSLATE_NOOP("match_reasons", "In the album {words}")),
    ReasonKind.CAMERA: str(QT_TRANSLATE_NOOP("match_reasons", "Taken with {words}")),
    ReasonKind.PLACE: str(QT_TRANSLATE_NOOP("match_reasons", "Taken in {words}")),
    ReasonKind.PICTURE_TEXT: str(QT_TRANSLATE_NOOP("match_reasons", "The picture says {words}")),
}
"""By the value of `ReasonKind`: one line for each kind of reason."""
_BAR_WIDTH_PX = 36
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def sentence(reason: Reason) -> str:
    """One reason as a short sentence."""
    words = QCoreApplication.translate("match_reasons", "“{words}”").format(words=reason.words)
    known = _SENTENCES.get(reason.kind.value)
    if known is None:  # a kind that nobody has put into words yet
        return f"{reason.kind.value}: {words}"
    return QCoreApplication.translate("match_reasons", known).format(words=words)


class MatchReasons(QWidget):
    """One line per reason: the sentence, and how strong it is as a thin bar and a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._hit: Hit | None = None
        self._lines: list[QWidget] = []

    @property
    def texts(self) -> list[str]:
        """The sentences, strongest first."""
        return [line.text() for line in self._lines[::3] if isinstance(line, QLabel)]

    def show_hit(self, hit: Hit | None) -> None:
        """Show the reasons of a hit; None shows nothing."""
        if hit == self._hit:
            return
        self._hit = hit
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for row, reason in enumerate(sorted(hit.reasons if hit else (), key=lambda one: -one.strength)):
            self._add(row, reason)

    def _add(self, row: int, reason: Reason) -> None:
        words, bar, strength = QLabel(sentence(reason), self), _Bar(reason.strength, self), QLabel(self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        # A file name cannot be wrapped: it must not ask for more than the inspector's width.
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        strength.setText(photo_facts.strength(reason.strength))
        strength.setProperty("role", "muted")
        for column, widget in enumerate((words, bar, strength)):
            self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop if column == 0 else _MIDDLE)
            self._lines.append(widget)
            widget.show()
        words.setAccessibleName(f"{words.text()}: {strength.text()}")


class _Bar(QWidget):
    """A strength from 0 to 1 as a thin bar."""

    def __init__(self, share: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = min(max(share, 0.0), 1.0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size wished for; Qt override."""
        return QSize(_BAR_WIDTH_PX, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; Qt override."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        whole = QRectF(self.rect())
        painter.setBrush(QColor(theme.colors().border))
        painter.drawRoundedRect(whole, 2, 2)
        filled = QRectF(whole)
        filled.setWidth(max(4.0, whole.width() * self._share))
        if self.isRightToLeft():
            filled.moveRight(whole.right())
        painter.setBrush(QColor(theme.colors().accent))
        painter.drawRoundedRect(filled, 2, 2)
