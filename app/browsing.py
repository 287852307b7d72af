"""What is on screen: which part of the library, searched for what; and the way back. GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from core.domain import AlbumDefinition, AlbumId, ExamplePicture, PhotoId, Query, Scope

_LONGEST_HISTORY = 100


class Order(StrEnum):
    """In which order photos are shown."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class View:
    """A part of the library, and what it is searched for (nothing: it is listed)."""

    scope: Scope = Scope()  # noqa: RUF009  frozen
    text: str = ""
    examples: tuple[ExamplePicture, ...] = ()
    order: Order = Order.NEWEST
    edits: AlbumId | None = None
    """The smart album whose search this is, to be changed and saved again."""

    @property
    def is_search(self) -> bool:
        """Whether there is anything to search for."""
        return bool(self.text.strip() or self.examples)

    def query(self) -> Query:
        """The question for the library."""
        return Query(text=self.text.strip(), examples=self.examples, scope=self.scope)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person was in a view: what the grid says to come back to it."""

    position: object = None
    selected: tuple[PhotoId, ...] = ()
    current: PhotoId | None = None
    viewed: PhotoId | None = None
    """The photo that filled the window, if one did."""


@dataclass(frozen=True, slots=True)
class _Visit:
    view: View
    place: Place


class Browsing(QObject):
    """The view on screen and those before and after it.

    `place_now` is asked for the place that is being left.
    """

    changed = Signal(object, object)
    """View, Place to go to in it (None: stay as near as possible to where we are)"""
    history_changed = Signal()

    def __init__(self, place_now: Callable[[], Place], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place_now = place_now
        self._view = View()
        self._past: list[_Visit] = []
        self._future: list[_Visit] = []

    @property
    def view(self) -> View:
        """What is on screen now."""
        return self._view

    @property
    def can_go_back(self) -> bool:
        """Whether `go_back` leads anywhere."""
        return bool(self._past)

    @property
    def can_go_forward(self) -> bool:
        """Whether `go_forward` leads anywhere."""
        return bool(self._future)

    def go_to(self, view: View) -> None:
        """Show another view; Back leads to the one of now."""
        if view == self._view:
            return
        self._past.append(_Visit(self._view, self._place_now()))
        del self._past[:-_LONGEST_HISTORY]
        self._future.clear()
        self._show(view, Place())

    def browse(self, scope: Scope) -> None:
        """List a part of the library by date."""
        self.go_to(View(scope))

    def type_text(self, text: str) -> None:
        """The words in the search field changed. Going on typing is one step for Back, not one per letter."""
        view = self._view
        if text == view.text:
            return
        if not text.strip() and not view.examples:
            self.go_to(View(view.scope, edits=view.edits))
        elif view.is_search and view.text and text.strip():
            self._show(replace(view, text=text), Place())
        else:
            order = view.order if view.is_search else Order.RELEVANCE
            self.go_to(replace(view, text=text, order=order))

    def find_similar(self, example: ExamplePicture) -> None:
        """Search the whole library for what looks like `example`."""
        self.go_to(View(examples=(example,), order=Order.RELEVANCE))

    def edit_album(self, album_id: AlbumId, definition: AlbumDefinition) -> None:
        """Search for what a smart album searches for, to change it."""
        self.go_to(View(definition.scope, definition.text, definition.examples, Order.RELEVANCE, album_id))

    def remove_example(self, index: int) -> None:
        """Search without one of the example pictures."""
        view = self._view
        examples = view.examples[:index] + view.examples[index + 1 :]
        rest = replace(view, examples=examples)
        self.go_to(rest if rest.is_search else View(view.scope))

    def add_examples(self, examples: Sequence[ExamplePicture]) -> None:
        """Search for what looks like these too."""
        view = self._view
        fresh = tuple(one for one in examples if one not in view.examples)
        if fresh:
            order = view.order if view.is_search else Order.RELEVANCE
            self.go_to(replace(view, examples=view.examples + fresh, order=order))

    def reverse_example(self, index: int) -> None:
        """Search for less of an example picture instead of more, or the other way round."""
        view = self._view
        examples = list(view.examples)
        examples[index] = replace(examples[index], weight=-examples[index].weight)
        self.go_to(replace(view, examples=tuple(examples)))

    def clear_search(self) -> None:
        """Back to the whole of the scope, by date."""
        self.go_to(View(self._view.scope))

    def sort(self, order: Order) -> None:
        """Show the same photos in another order."""
        if order != self._view.order:
            self._show(replace(self._view, order=order), Place())

    def refresh(self) -> None:
        """The catalog changed: ask again, and stay where we are."""
        self.changed.emit(self._view, None)

    def go_back(self) -> None:
        """Return to the view before, as it was left."""
        self._travel(self._past, self._future)

    def go_forward(self) -> None:
        """Undo `go_back`."""
        self._travel(self._future, self._past)

    def _travel(self, source: list[_Visit], target: list[_Visit]) -> None:
        if source:
            target.append(_Visit(self._view, self._place_now()))
            visit = source.pop()
            self._show(visit.view, visit.place)

    def _show(self, view: View, place: Place) -> None:
        self._view = view
        self.changed.emit(view, place)
        self.history_changed.emit()
