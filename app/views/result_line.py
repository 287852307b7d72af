"""Above the photos: what is shown, how many, how fast, in which order; below that, mistakes of the query.

GUI thread only.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app import theme
from app.browsing import Order
from app.views.elided_label import ElidedLabel

_MOST_SAVE_PX = 180


class ResultLine(QFrame):
    """Title and facts at the left, the order at the right."""

    order_chosen = Signal(object)
    """Order"""
    save_requested = Signal()
    """Keep this search as an album"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultLine")
        self._title = QLabel(self)
        self._title.setObjectName("resultTitle")
        self._facts = ElidedLabel(self, Qt.TextElideMode.ElideRight)
        self._facts.setProperty("role", "muted")
        self._order = QComboBox(self)
        self._order.setObjectName("orderBox")
        self._order.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._order.setAccessibleName(self.tr("Order"))
        self._order.setToolTip(self.tr("Order of the photos"))
        self._order.activated.connect(lambda row: self.order_chosen.emit(Order(self._order.itemData(row))))
        self._save = QPushButton(self)
        self._save.setObjectName("saveSearch")
        self._save.setAutoDefault(False)
        self._save.clicked.connect(lambda _checked=False: self.save_requested.emit())
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._facts, 1)
        row.addWidget(self._save)
        row.addWidget(self._order)
        self._mistake = ElidedLabel(self, Qt.TextElideMode.ElideRight)
        self._mistake.setObjectName("queryMistake")
        self._mistake.setProperty("role", "warning")
        self._mistake.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACING_PX, 4, theme.SPACING_PX, 4)
        column.setSpacing(2)
        column.addWidget(self._mistake)  # nearest to the field it is about
        column.addLayout(row)
        self.setMinimumHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_facts("")
        self.offer_saving(is_search=False, album=None)

    def show_title(self, title: str) -> None:
        """What is shown."""
        self._title.setText(title)

    def show_facts(self, facts: str) -> None:
        """Count and time, quietly."""
        self._facts.show_text(facts)

    def show_mistakes(self, sentences: Sequence[str]) -> None:
        """What is wrong with the query, in one line; none: nothing."""
        self._mistake.show_text(" ".join(sentences))
        self._mistake.setVisible(bool(sentences))

    def show_order(self, order: Order, is_ranked: bool) -> None:
        """Which orders there are (the best match first only where there is one), and the one of now."""
        names = {
            Order.RELEVANCE: self.tr("Best match"),
            Order.NEWEST: self.tr("Newest first"),
            Order.OLDEST: self.tr("Oldest first"),
        }
        wanted = [one for one in names if is_ranked or one is not Order.RELEVANCE]
        if self._order.count() != len(wanted):
            self._order.clear()
            for one in wanted:
                self._order.addItem(names[one], one.value)
        self._order.setCurrentIndex(self._order.findData(order.value))

    def offer_saving(self, *, is_search: bool, album: str | None) -> None:
        """Offer to keep the search: in the album of this name, or (None) in a new one."""
        text = self.tr("Save in “{0}”").format(album) if album is not None else self.tr("Save as album")
        self._save.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _MOST_SAVE_PX))
        self._save.setAccessibleName(text)
        self._save.setToolTip(self.tr("New photos that match this search enter the album by themselves  (Ctrl+S)"))
        self._save.setVisible(is_search)

    def orders(self) -> list[str]:
        """The orders that are offered."""
        return [self._order.itemText(row) for row in range(self._order.count())]

    @property
    def title(self) -> str:
        """What is said to be shown."""
        return self._title.text()

    @property
    def mistake(self) -> str:
        """What is said to be wrong with the query."""
        return self._mistake.whole_text

    @property
    def facts(self) -> str:
        """What is said about it."""
        return self._facts.whole_text
