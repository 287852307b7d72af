"""The search field: words, filters, example pictures and the part of the library, all in one box. GUI thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app import query_pieces, theme
from app.browsing import View
from app.views import photo_drag
from app.views.chip import HEIGHT_PX
from app.views.flow_layout import FlowLayout
from app.views.icon_button import IconButton
from app.views.search_chips import SearchChips
from app.views.search_completions import SearchCompletions
from app.views.search_hints import SearchHints
from app.views.search_line import SearchLine

DEBOUNCE_MS = 120
_GAP_PX = 4
_FRAME_PX = 2
"""Border and padding of the style sheet."""


class SearchBar(QFrame):
    """What is typed comes out as `text_changed` once the person pauses, or at once on Enter.

    Filters become chips when they are finished; the text that comes out has them all. Where chips and text do not fit
    side by side, the box grows by another line: what is asked for can always be read.
    """

    text_changed = Signal(str)
    example_removed = Signal(int)
    example_reversed = Signal(int)
    """Search for less of it instead of more, or the other way round."""
    example_opened = Signal(int)
    """The person wants to search by a part of an example."""
    scope_removed = Signal()
    clear_requested = Signal()
    left = Signal()
    picture_pasted = Signal(QMimeData)
    photos_dropped = Signal(list)
    """PhotoIds of photos of the library, to search by"""
    searched = Signal(str)
    """A query was confirmed with Enter: worth remembering."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchBar")
        self.setAcceptDrops(True)
        self.line = SearchLine(self)
        self.line.setObjectName("searchLine")
        self.line.setMinimumWidth(110)
        self.line.setAccessibleName(self.tr("Search your photos"))
        self._filters: list[str] = []
        """As typed; each is a chip."""
        self._shown: tuple[object, ...] | None = None
        self._view = View()
        self._scope_name: str | None = None
        self._pause = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._pause.timeout.connect(self._tell)
        self._hints = SearchHints(self.line)
        self._build()

    def _build(self) -> None:
        self._lens = QLabel(self)
        self._clear = IconButton("close", self.tr("Clear the search"), self, shortcut="Esc")
        self._clear.clicked.connect(self.clear_requested)
        self._clear.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pieces = QWidget(self)
        self._flow = FlowLayout(self._pieces, _GAP_PX)
        self._flow.addWidget(self.line)
        self._flow.let_grow(self.line)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACING_PX, 2, 4, 2)
        row.setSpacing(_GAP_PX)
        row.addWidget(self._lens, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._pieces, 1)
        row.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignTop)
        for part in (self._lens, self._clear, self.line):
            part.setFixedHeight(HEIGHT_PX)
        self._paint_lens()
        self._chips = SearchChips(self._pieces, self._flow, self.line)
        self._grow()
        self._chips.scope_removed.connect(self.scope_removed)
        self._chips.example_removed.connect(self.example_removed)
        self._chips.example_reversed.connect(self.example_reversed)
        self._chips.example_opened.connect(self.example_opened)
        self._chips.filter_removed.connect(self._remove_filter)
        self._chips.filter_edited.connect(self._edit_filter)
        self.completions = SearchCompletions(self.line, self)
        self.completions.accepted.connect(self._completed)
        self.line.textEdited.connect(lambda _text: self._edited())
        self.line.textChanged.connect(self._text_is_now)
        self.line.returnPressed.connect(self._confirm)
        self.line.leave_requested.connect(self._escape)
        self.line.down_pressed.connect(self.left)
        self.line.remove_last_requested.connect(self._chips.remove_last)
        self.line.picture_pasted.connect(self.picture_pasted)
        self.line.installEventFilter(self)

    # -- what is shown ----------------------------------------------------------------------------------------

    def text(self) -> str:
        """The whole query: the filters, and what is in the line."""
        return query_pieces.joined(self._filters, self.line.text())

    def show_view(self, view: View, scope_name: str | None) -> None:
        """Show the words, pictures and scope of a view, unless the person is just typing something newer."""
        self._view, self._scope_name = view, scope_name
        if not self._pause.isActive() and self.text().strip() != view.text.strip():
            pieces = query_pieces.split(view.text)
            self._filters = list(pieces.chips)
            self.line.setText(pieces.line.strip())
            self.completions.hide()
        self._show_chips()
        self._clear.setVisible(view.is_search)
        self._grow()

    def show_example(self, index: int, picture: QPixmap) -> None:
        """The picture of an example, when it is known."""
        self._chips.show_picture(index, picture)

    def chip_texts(self) -> list[str]:
        """What the chips say."""
        return self._chips.texts

    def history(self) -> list[str]:
        """Confirmed queries, newest first."""
        return self.completions.history

    def set_history(self, queries: Sequence[str]) -> None:
        """What is offered while typing."""
        self.completions.set_history(queries)

    def focus(self) -> None:
        """Start typing a new query."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    # -- inside -----------------------------------------------------------------------------------------------

    def _grow(self) -> None:
        """Be as high as the lines of chips and text need."""
        self._flow.invalidate()
        self._row.invalidate()
        self.setFixedHeight(self._row.heightForWidth(self.width() - 2 * _FRAME_PX) + 2 * _FRAME_PX)

    def _show_chips(self) -> None:
        shown = (self._scope_name, self._view.scope, self._view.examples, tuple(self._filters))
        if shown != self._shown:
            self._shown = shown
            self._chips.show_all(self._view.scope, self._scope_name, self._view.examples, self._filters)
            self._grow()

    def _edited(self) -> None:
        """A filter that the cursor has left becomes a chip."""
        self._pause.start()
        self._take_filters(self.line.cursorPosition())
        self.completions.ask()

    def _take_filters(self, cursor: int | None) -> None:
        pieces = query_pieces.split(self.line.text(), cursor)
        if pieces.chips:
            self._filters += [one for one in dict.fromkeys(pieces.chips) if one not in self._filters]
            is_typing = self._pause.isActive()
            self.line.setText(pieces.line)
            self.line.setCursorPosition(pieces.cursor)
            self._show_chips()
            if is_typing:
                self._pause.start()

    def _completed(self, text: str, cursor: int) -> None:
        self.line.setText(text)
        self.line.setCursorPosition(cursor)
        self._edited()

    def _remove_filter(self, index: int) -> None:
        del self._filters[index]
        self._show_chips()
        self._tell()

    def _edit_filter(self, index: int) -> None:
        source = self._filters.pop(index)
        rest = self.line.text().strip()
        self.line.setText(f"{rest} {source}" if rest else source)
        self.line.setFocus()
        self._show_chips()
        self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        self.text_changed.emit(self.text())

    def _text_is_now(self, text: str) -> None:
        if not text:  # cleared: show the library at once
            self.completions.hide()
            self._tell()

    def _confirm(self) -> None:
        if self.completions.accept_chosen():
            return
        self.completions.hide()
        self._take_filters(None)
        self._tell()
        text = self.text().strip()
        if text:
            self.completions.remember(text)
            self.searched.emit(text)

    def _escape(self) -> None:
        if self._chips.has_examples() or self._filters:
            self.clear_requested.emit()
        else:
            self.left.emit()

    def _paint_lens(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = theme.pixmap("search", round(theme.ICON_PX * ratio), theme.colors().text_muted)
        picture.setDevicePixelRatio(ratio)
        self._lens.setPixmap(picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos of the library can be dropped to search by them; others are for the window. Qt override."""
        if photo_drag.photo_ids(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt override."""
        ids = photo_drag.photo_ids(event.mimeData())
        if ids:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.photos_dropped.emit(ids)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of lines; Qt override."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._grow()

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
            if event.gotFocus():
                self._hints.stop()
            else:
                self._hints.start()
                self.completions.hide()
        return super().eventFilter(watched, event)
