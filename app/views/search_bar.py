"""The search field: words, example pictures and the part of the library, all in one box. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPixmap
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app import theme
from app.browsing import View
from app.views import sidebar_rows
from app.views.chip import Chip
from app.views.icon_button import IconButton
from app.views.search_line import SearchLine
from core.domain import ExamplePicture, Scope

DEBOUNCE_MS = 120
_HINT_MS = 7000
_LONGEST_HISTORY = 50


class SearchBar(QFrame):
    """What is typed comes out as `text_changed` once the person pauses, or at once on Enter."""

    text_changed = Signal(str)
    example_removed = Signal(int)
    example_opened = Signal(int)
    """The person wants to search by a part of an example."""
    scope_removed = Signal()
    clear_requested = Signal()
    left = Signal()
    picture_pasted = Signal(QMimeData)
    searched = Signal(str)
    """A query was confirmed with Enter: worth remembering."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBar")
        self.line = SearchLine(self)
        self.line.setObjectName("searchLine")
        self.line.setMinimumWidth(72)
        self.line.setAccessibleName(self.tr("Search your photos"))
        self._chips: list[Chip] = []
        self._shown: tuple[str | None, tuple[ExamplePicture, ...]] | None = None
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self._tell)
        self._hints = QTimer(self, interval=_HINT_MS)
        self._hints.timeout.connect(self._next_hint)
        self._hint = 0
        self._history = QStringListModel(self)
        self._build()
        self._next_hint()

    def _build(self) -> None:
        self._lens = QLabel(self)
        self._clear = IconButton("close", self.tr("Clear the search"), self, shortcut="Esc")
        self._clear.clicked.connect(self.clear_requested)
        self._clear.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACING_PX, 2, 4, 2)
        row.setSpacing(theme.SPACING_PX // 2)
        row.addWidget(self._lens)
        row.addWidget(self.line, 1)
        row.addWidget(self._clear)
        self.setFixedHeight(36)
        self._paint_lens()
        completer = QCompleter(self._history, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(6)
        self.line.setCompleter(completer)
        self.line.textEdited.connect(lambda _text: self._pause.start())
        self.line.textChanged.connect(self._text_is_now)
        self.line.returnPressed.connect(self._confirm)
        self.line.leave_requested.connect(self._escape)
        self.line.remove_last_requested.connect(self._remove_last)
        self.line.picture_pasted.connect(self.picture_pasted)
        self.line.installEventFilter(self)

    # -- what is shown ----------------------------------------------------------------------------------------

    def show_view(self, view: View, scope_name: str | None) -> None:
        """Show the words, pictures and scope of a view, unless the person is just typing something newer."""
        if not self._pause.isActive() and self.line.text().strip() != view.text.strip():
            self.line.setText(view.text)
        if (scope_name, view.examples) != self._shown:
            self._shown = (scope_name, view.examples)
            self._show_chips(view.scope, scope_name, view.examples)
        self._clear.setVisible(view.is_search)

    def show_example(self, index: int, picture: QPixmap) -> None:
        """The picture of an example, when it is known."""
        chips = [chip for chip in self._chips if chip.property("example") is not None]
        if index < len(chips) and not picture.isNull():
            chips[index].show_picture(picture)

    def chip_texts(self) -> list[str]:
        """What the chips say, from the left."""
        return [chip.text for chip in self._chips]

    def history(self) -> list[str]:
        """Confirmed queries, newest first."""
        return self._history.stringList()

    def set_history(self, queries: Sequence[str]) -> None:
        """What is offered while typing."""
        self._history.setStringList(list(queries)[:_LONGEST_HISTORY])

    def focus(self) -> None:
        """Start typing a new query."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    # -- inside -----------------------------------------------------------------------------------------------

    def _show_chips(self, scope: Scope, scope_name: str | None, examples: Sequence[ExamplePicture]) -> None:
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        if scope_name is not None:
            chip = Chip(self.tr("in {0}").format(scope_name), sidebar_rows.ICONS[scope.kind], self)
            chip.removal_requested.connect(self.scope_removed)
            self._add(chip)
        for index, example in enumerate(examples):
            text = self.tr("like this part of {0}") if example.region else self.tr("like {0}")
            chip = Chip(text.format(example.title or self.tr("this")), "photos", self)
            chip.offer_opening(self.tr("Search by a part of it…"))
            chip.opened.connect(lambda index=index: self.example_opened.emit(index))
            chip.setProperty("example", index)
            chip.removal_requested.connect(lambda index=index: self._remove_example(index))
            self._add(chip)

    def _add(self, chip: Chip) -> None:
        self._row.insertWidget(1 + len(self._chips), chip)
        self._chips.append(chip)
        self.setTabOrder(chip, self.line)

    def _remove_example(self, index: int) -> None:
        self.line.setFocus()
        self.example_removed.emit(index)

    def _remove_last(self) -> None:
        if self._chips:
            self._chips[-1].removal_requested.emit()

    def _tell(self) -> None:
        self._pause.stop()
        self.text_changed.emit(self.line.text())

    def _text_is_now(self, text: str) -> None:
        if not text:  # cleared: show the library at once
            self._tell()

    def _confirm(self) -> None:
        self._tell()
        text = self.line.text().strip()
        if text:
            rest = [one for one in self.history() if one != text]
            self.set_history([text, *rest])
            self.searched.emit(text)

    def _escape(self) -> None:
        if any(chip.property("example") is not None for chip in self._chips):
            self.clear_requested.emit()
        else:
            self.left.emit()

    def _next_hint(self) -> None:
        hints = (
            self.tr("Search your photos"),
            self.tr("Try “children playing on the beach”"),
            self.tr("Try “sunset over the water”"),
            self.tr("Try “a dog running in the snow”"),
            self.tr("Drop a picture here to find photos like it"),
        )
        self.line.setPlaceholderText(hints[self._hint % len(hints)])
        self._hint += 1

    def _paint_lens(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = theme.pixmap("search", round(theme.ICON_PX * ratio), theme.colors().text_muted)
        picture.setDevicePixelRatio(ratio)
        self._lens.setPixmap(picture)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of appearance; Qt override."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_lens"):
            self._paint_lens()
            self._shown = None  # chips are made anew, in the new colours, with the next view

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The whole box shows that the line has the keyboard; Qt override."""
        if watched is self.line and isinstance(event, QFocusEvent):
            self.setProperty("focused", event.gotFocus())
            self.style().unpolish(self)
            self.style().polish(self)
            self._hints.stop() if event.gotFocus() else self._hints.start()
        return super().eventFilter(watched, event)
