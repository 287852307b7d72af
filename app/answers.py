"""Gets from the library what a view shows: a listing or a search result. GUI thread; the library call is a task."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app import query_pieces
from app.browsing import Order, Place, View
from app.stacks import Groups
from app.tasks import Tasks
from core.domain import Hits, Listing, PhotoId, Query, Scope, SearchResult
from core.errors import LibraryError, QueryError
from core.events import CatalogChanged
from core.library import Library

_CALM_MS = 400
"""After a change of the catalog the list is asked for again, but not more often than this."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a view holds, ready for the grid."""

    view: View
    place: Place | None
    listing: Listing
    """The photos of the scope, in the order wished."""
    result: SearchResult | None
    hits: Hits
    """Good matches in the order wished, then the weaker ones likewise."""
    copies: Groups = ()
    """Those of the hits that show the same picture, where one can be a better match than another."""


class Answers(QObject):
    """Answers views, newest first: an older answer that comes late is dropped."""

    ready = Signal(object)
    """Answer"""
    refused = Signal(object)
    """QueryError: one line for under the search field"""
    failed = Signal(object)
    """LibraryError"""
    busy_changed = Signal(bool)

    def __init__(self, library: Library, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._listings: dict[Scope, Listing] = {}
        self._edition = 0
        self._calm = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._calm.timeout.connect(self._ask_again)
        self._wanted: tuple[View, Place | None] | None = None
        self._search_runs = False
        self._hidden: frozenset[PhotoId] = frozenset()
        tasks.broken.connect(self._give_up)

    def ask(self, view: View, place: Place | None) -> None:
        """Have `view` answered; `place` comes back with the answer.

        Only one search runs at a time, so that typing while the encoder loads does not occupy every
        thread; the newest one asked meanwhile follows. A listing never waits for a search.
        """
        self._wanted = (view, place)
        self.busy_changed.emit(True)
        if view.is_search:
            self._ask_words_first(view, place)
        if view.is_search and self._search_runs:
            return
        self._start(view, place)

    def _start(self, view: View, place: Place | None) -> None:
        edition, known, hidden = self._edition, self._listings.get(view.scope), self._hidden
        ticket = (view, place)

        def work() -> tuple[int, Answer]:
            listing = known if known is not None else without(self._library.listing(view.scope), hidden)
            result = self._library.search(asked(view, len(listing))) if view.is_search else None
            if result is not None and hidden:
                result = result_without(result, hidden)
            return edition, self._with_copies(arranged(view, place, listing, result))

        self._search_runs = self._search_runs or view.is_search
        key = "answer: search" if view.is_search else "answer: listing"
        self._tasks.run(
            key, work, lambda found: self._answered(ticket, found), lambda error: self._refused(ticket, error)
        )

    def _with_copies(self, answer: Answer) -> Answer:
        """Which hits are the same picture; a list that only filters made shows all of them. Not for the GUI thread."""
        if not query_pieces.is_ranked(answer.view.text, answer.view.examples):
            return answer
        ids = [PhotoId(one) for one in answer.hits.ids.tolist()]
        return replace(answer, copies=tuple(self._library.copies_among(ids)))

    def _ask_words_first(self, view: View, place: Place | None) -> None:
        """While the encoder loads, show at once what matches by its words."""
        known, hidden = self._listings.get(view.scope), self._hidden

        def work() -> Answer | None:
            query = replace(view.query(), is_exact_only=True)
            if self._library.is_warm or not query.text:
                return None
            result = result_without(self._library.search(query), hidden)
            listing = known if known is not None else without(self._library.listing(view.scope), hidden)
            return self._with_copies(arranged(view, place, listing, result)) if result.hits else None

        def show(found: Answer | None) -> None:
            if found is not None and self._search_runs and self._wanted == (view, place):
                self.ready.emit(found)

        self._tasks.run("answer: words", work, show, lambda _error: None)

    def hide_photos(self, hidden: frozenset[PhotoId]) -> None:
        """Leave these photos out of every answer from now on."""
        if hidden != self._hidden:
            self._hidden = hidden
            self._edition += 1
            self._listings.clear()
            self._ask_again()

    def catalog_changed(self, event: CatalogChanged) -> None:
        """Slot: what is on screen may be out of date; ask again soon, without losing the place."""
        if self._concerns(event):
            self._edition += 1
            self._listings.clear()
            if not self._calm.isActive():
                self._calm.start()

    def _concerns(self, event: CatalogChanged) -> bool:
        if event.added or event.removed or event.changed or event.folders or event.albums or event.tags:
            return True
        return bool(event.embedded or event.texts) and self._wanted is not None and self._wanted[0].is_search

    def _ask_again(self) -> None:
        if self._wanted is not None:
            self.ask(self._wanted[0], None)

    def _answered(self, ticket: tuple[View, Place | None], found: tuple[int, Answer]) -> None:
        edition, answer = found
        if edition == self._edition and (answer.result is not None or answer.view.order is not Order.OLDEST):
            self._listings = {answer.view.scope: answer.listing}
        if self._is_newest(ticket):
            self.ready.emit(answer)

    def _refused(self, ticket: tuple[View, Place | None], error: LibraryError) -> None:
        if self._is_newest(ticket):
            (self.refused if isinstance(error, QueryError) else self.failed).emit(error)

    def _give_up(self, _bug: object) -> None:
        # A bug was reported; if it was in a search, nobody will say that the search has ended.
        self._search_runs = False

    def _is_newest(self, ticket: tuple[View, Place | None]) -> bool:
        """Whether nobody asked for anything else meanwhile; if somebody did, that is started now."""
        if ticket[0].is_search:
            self._search_runs = False
        if ticket is self._wanted or ticket == self._wanted:
            self.busy_changed.emit(False)
            return True
        if self._wanted is not None and self._wanted[0].is_search and not self._search_runs:
            self._start(*self._wanted)
        return False


def asked(view: View, count: int) -> Query:
    """The question for the library; where filters alone are asked for, it is for all of `count` photos."""
    query = view.query()
    is_wish = any(example.weight > 0 for example in view.examples)
    is_wish = is_wish or any(wish.weight > 0 for wish in Library.read_query(query.text).wishes)
    return query if is_wish else replace(query, limit=max(count, query.limit))


def shown_order(view: View) -> Order:
    """The order of a view; where filters alone are asked for there is no best match, and the newest come first."""
    is_unranked = view.order is Order.RELEVANCE and not query_pieces.is_ranked(view.text, view.examples)
    return Order.NEWEST if is_unranked else view.order


def arranged(view: View, place: Place | None, listing: Listing, result: SearchResult | None) -> Answer:
    """Put photos in the order of the view. The cut comes first: weaker matches stay behind the good ones."""
    if result is None:
        return Answer(
            view, place, reversed_listing(listing) if view.order is Order.OLDEST else listing, None, Hits.of(())
        )
    hits = result.hits
    order = shown_order(view)
    if order is not Order.RELEVANCE:
        dates = _places_in(listing, hits) if order is Order.NEWEST else -_places_in(listing, hits)
        hits = hits.take(np.lexsort((dates, np.arange(len(hits)) >= result.strong_count)))
    return Answer(view, place, listing, result, hits)


def without(listing: Listing, hidden: frozenset[PhotoId]) -> Listing:
    """A listing that leaves photos out."""
    if not hidden:
        return listing
    kept = ~np.isin(listing.ids, np.array(sorted(hidden), dtype=np.int64))
    return Listing(listing.ids[kept], listing.taken_at[kept], listing.average_color[kept])


def result_without(result: SearchResult, hidden: frozenset[PhotoId]) -> SearchResult:
    """A result that leaves photos out."""
    if not hidden:
        return result
    kept = ~np.isin(result.hits.ids, np.array(sorted(hidden), dtype=np.int64))
    strong = int(np.count_nonzero(kept[: result.strong_count]))
    return replace(result, hits=result.hits.take(kept), strong_count=strong)


def reversed_listing(listing: Listing) -> Listing:
    """The same photos, oldest first."""
    return Listing(
        np.ascontiguousarray(listing.ids[::-1]),
        np.ascontiguousarray(listing.taken_at[::-1]),
        np.ascontiguousarray(listing.average_color[::-1]),
    )


def _places_in(listing: Listing, hits: Hits) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Where the hits (n,) stand in a listing; those that do not, behind its end."""
    order = np.argsort(listing.ids)
    if not len(order):
        return np.zeros(len(hits), np.intp)
    spots = order[np.searchsorted(listing.ids, hits.ids, sorter=order).clip(max=len(order) - 1)]
    return np.where(listing.ids[spots] == hits.ids, spots, len(order))
