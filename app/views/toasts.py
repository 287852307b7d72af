"""Notices that float over the lower edge and go away by themselves. GUI thread only."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app import theme
from app.notices import Toast
from app.views.icon_button import IconButton

_SHORT_MS = 5000
_LONG_MS = 12000
_MOST_SHOWN = 3
_WIDEST_PX = 460
_ICONS = {"warning": ("warning", "warning"), "error": ("error", "danger")}


class ToastCard(QFrame):
    """One notice; the pointer on it makes it stay."""

    def __init__(self, toast: Toast, parent: QWidget) -> None:
        super().__init__(parent)
        self.toast = toast
        self.setObjectName("toast")
        self.setProperty("level", toast.level)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shadow.setColor(Qt.GlobalColor.black if theme.is_dark() else Qt.GlobalColor.gray)
        self.setGraphicsEffect(shadow)
        self._life = QTimer(self, singleShot=True)
        self._life.setInterval(_SHORT_MS if toast.level == "info" else _LONG_MS)
        self._life.timeout.connect(self.dismiss)
        self._stays = toast.level != "info" and toast.action is not None
        """What is wrong and can be helped waits for the person; everything else goes by itself."""
        self._build(toast)
        self._live()

    def _build(self, toast: Toast) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(theme.SPACING_PX)
        if toast.level in _ICONS:
            icon, tint = _ICONS[toast.level]
            picture = QLabel(self)
            picture.setPixmap(theme.pixmap(icon, theme.ICON_PX, str(getattr(theme.colors(), tint))))
            row.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(2)
        row.addLayout(words, 1)
        if toast.action is not None:
            button = QPushButton(toast.action_text, self)
            button.setObjectName("linkButton")
            button.setFlat(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the photos
            button.clicked.connect(self._act)
            row.addWidget(button)
        close = IconButton("close", self.tr("Dismiss"), self)
        close.clicked.connect(self.dismiss)
        row.addWidget(close)
        room_px = _WIDEST_PX - row.minimumSize().width() - theme.SPACING_PX
        for text, name in ((toast.text, "toastText"), (toast.detail, "muted")):
            if text:
                label = QLabel(text, self)
                label.setObjectName(name)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setWordWrap(label.fontMetrics().horizontalAdvance(text) > room_px)
                label.setMinimumWidth(min(room_px, label.fontMetrics().horizontalAdvance(text)))
                words.addWidget(label)
        self.setAccessibleName(f"{toast.text} {toast.detail}".strip())
        self.setMaximumWidth(_WIDEST_PX)
        self.fit()

    def fit(self) -> None:
        """As wide as the words want, and as high as they need when they are wrapped at that width."""
        width = min(self.sizeHint().width(), _WIDEST_PX)
        self.resize(width, max(self.sizeHint().height(), self.heightForWidth(width)))

    def _live(self) -> None:
        if not self._stays:
            self._life.start()

    def dismiss(self) -> None:
        """Go away."""
        self._life.stop()
        self.hide()
        self.deleteLater()

    def _act(self) -> None:
        action = self.toast.action
        self.dismiss()
        if action is not None:
            action()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt override."""
        self._life.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt override."""
        self._live()
        super().leaveEvent(event)


class Toasts(QObject):
    """Stacks notices above the lower edge of a window."""

    def __init__(self, host: QWidget, bottom_px: int) -> None:
        super().__init__(host)
        self._host = host
        self._bottom_px = bottom_px
        self._cards: list[ToastCard] = []
        host.installEventFilter(self)

    @property
    def shown(self) -> list[Toast]:
        """What is on screen, oldest first."""
        return [card.toast for card in self._cards]

    def show(self, toast: Toast) -> None:
        """Slot: show a notice; it takes the place of an older one with the same key or text."""
        for card in list(self._cards):
            if (toast.key and card.toast.key == toast.key) or card.toast.text == toast.text:
                card.dismiss()
                self._forget(card)
        while len(self._cards) >= _MOST_SHOWN:
            oldest = self._cards[0]
            oldest.dismiss()
            self._forget(oldest)
        card = ToastCard(toast, self._host)
        self._cards.append(card)
        card.destroyed.connect(lambda _gone=None, card=card: self._forget(card))
        card.installEventFilter(self)
        card.show()
        self._arrange()

    def dismiss(self, key: str) -> None:
        """What a notice said is no longer true."""
        for card in [one for one in self._cards if one.toast.key == key]:
            card.dismiss()

    def _forget(self, card: ToastCard) -> None:
        if card in self._cards:
            self._cards.remove(card)

    def _arrange(self) -> None:
        bottom = self._host.height() - self._bottom_px
        for card in reversed(self._cards):
            card.fit()
            card.move((self._host.width() - card.width()) // 2, bottom - card.height())
            bottom -= card.height() + theme.SPACING_PX
            card.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place when the window changes size; Qt override."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self._arrange()
        elif isinstance(watched, ToastCard) and event.type() == QEvent.Type.Hide:
            self._forget(watched)
            self._arrange()
        return super().eventFilter(watched, event)
