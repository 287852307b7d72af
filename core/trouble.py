"""Tells what goes wrong in the background once, not with every new try. Any thread."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import LibraryError
from core.events import Notice


class Trouble:
    """The trouble of one kind of work, as last told."""

    def __init__(self, publish: Callable[[Notice], None]) -> None:
        self._publish = publish
        self._told: str | None = None

    def tell(self, error: LibraryError) -> None:
        """The work failed; the same sentence is not told again before the work went well."""
        if error.title != self._told:
            self._told = error.title
            self._publish(Notice("error", error.title, error.detail, error.hint))

    def is_over(self) -> None:
        """The work went well."""
        self._told = None
