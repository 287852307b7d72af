"""The three things that cross to a front end, and the bus that carries them.

Events are published by the thread that did the work; subscribers must return at once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from core.domain import AlbumId, PhotoId

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CatalogChanged:
    """A transaction was committed. Photo ids are complete; the flags say which lists changed."""

    added: frozenset[PhotoId] = field(default_factory=frozenset)
    changed: frozenset[PhotoId] = field(default_factory=frozenset)
    """Photos whose row, thumbnail, rating, favourite or file changed."""
    removed: frozenset[PhotoId] = field(default_factory=frozenset)
    embedded: frozenset[PhotoId] = field(default_factory=frozenset)
    texts: frozenset[PhotoId] = field(default_factory=frozenset)
    """Photos in which text was read (or forgotten); nothing else of them changed."""
    folders: bool = False
    albums: bool = False
    tags: bool = False
    problems: bool = False
    encoders: bool = False
    filled: frozenset[AlbumId] = field(default_factory=frozenset)
    """Smart albums whose automatic members changed; such a transaction changes nothing else."""
    suggestions: bool = False
    """What waits for a review."""
    sensitive: bool = False
    """Which photos are marked as sensitive."""
    duplicates: bool = False
    """Same pictures were found, or a decision about them was made."""
    places: bool = False


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How a piece of long work stands; the last one of a job has `is_finished`."""

    job: str
    """Stable key: "index", "scan", "fetch:<encoder>", "tag", "duplicates", "places", "text"."""
    title: str
    done: int
    total: int | None
    """None while it is not known yet."""
    unit: str
    rate_per_s: float | None
    remaining_s: float | None
    is_paused: bool = False
    is_finished: bool = False
    can_pause: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know, in one sentence, with the way out."""

    level: str
    """info, warning or error."""
    title: str
    detail: str = ""
    hint: str = ""
    about: Path | None = None
    """The folder it is about, for a front end that says the same in its own way."""


Event = CatalogChanged | JobProgress | Notice
Subscriber = Callable[[Event], None]


class EventBus:
    """Hands each event to every subscriber, on the publishing thread."""

    def __init__(self) -> None:
        self._subscribers: list[Subscriber] = []
        self._lock = threading.Lock()

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Register `subscriber`; returns the function that unsubscribes it."""
        with self._lock:
            self._subscribers.append(subscriber)

        def unsubscribe() -> None:
            with self._lock:
                if subscriber in self._subscribers:
                    self._subscribers.remove(subscriber)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Tell every subscriber; one that raises is logged and does not stop the others."""
        with self._lock:
            subscribers = tuple(self._subscribers)
        for subscriber in subscribers:
            try:
                subscriber(event)
            except Exception:
                log.exception("a subscriber failed on %s", type(event).__name__)
