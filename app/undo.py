"""Undo and redo of everything the catalog holds. GUI thread; the changes themselves run on the edit thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLocale, QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.catalog_edits import Change
from app.notices import Notices
from app.tasks import Tasks

_UNDO_LIMIT = 200


def sentence(change: Change) -> str:
    """What was done, in one short sentence."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Undo", text)

    count = QLocale().toString(change.count)
    photos = tr("1 photo") if change.count == 1 else tr("{count} photos").format(count=count)
    match change.kind:
        case "favourite":
            text = tr("{photos} added to favourites")
        case "unfavourite":
            text = tr("{photos} removed from favourites")
        case "rate" if change.name == "0":
            text = tr("Rating removed from {photos}")
        case "rate":
            text = tr("{photos} rated {stars}")
        case "tag":
            text = tr("Tagged {photos} “{name}”")
        case "untag":
            text = tr("Removed “{name}” from {photos}")
        case "rename":
            text = tr("Renamed to “{name}”")
        case "delete_tag":
            text = tr("Deleted tag “{name}”")
        case "create_album":
            text = tr("Created album “{name}”")
        case "create_smart_album":
            text = tr("Created album “{name}” with {photos}")
        case "define_album":
            text = tr("Saved the search of “{name}”")
        case "make_plain":
            text = tr("“{name}” is a plain album now")
        case "dismiss_album":
            text = tr("“{name}” will not be suggested again")
        case "delete_album":
            text = tr("Deleted album “{name}”")
        case "add_to_album":
            text = tr("Added {photos} to “{name}”")
        case "remove_from_album":
            text = tr("Removed {photos} from “{name}”")
        case "throw_out":
            text = tr("Removed {photos} from “{name}” for good")
        case "remove_missing":
            text = tr("Removed {photos} from the library")
        case "not_duplicates":
            text = tr("{photos} are no duplicates")
        case "accept":
            text = tr("Added 1 tag") if change.count == 1 else tr("Added {count} tags")
        case "take_back":
            text = tr("Took back {count} tags of “{name}”")
        case _:
            text = tr("Put back {count} tags of “{name}”")
    stars = "★" * int(change.name) if change.kind == "rate" else ""
    return text.format(photos=photos, name=change.name, count=count, stars=stars)


class _Step(QUndoCommand):
    """A change that has already been made: the first redo, which Qt asks for on push, does nothing."""

    def __init__(self, change: Change, run: Callable[[Callable[[], object]], None]) -> None:
        super().__init__(sentence(change))
        self._change = change
        self._run = run
        self._is_fresh = True

    def undo(self) -> None:
        """Take it back."""
        self._run(self._change.undo)

    def redo(self) -> None:
        """Do it again."""
        if self._is_fresh:
            self._is_fresh = False
        else:
            self._run(self._change.redo)


class Undo(QObject):
    """Makes changes, remembers how to take them back, and offers that in a toast."""

    def __init__(self, tasks: Tasks, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._notices = notices
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(_UNDO_LIMIT)

    def make(self, work: Callable[[], Change | None], done: Callable[[], None] | None = None) -> None:
        """Make a change on the edit thread; `done` is called once it is in the catalog."""

        def finished(change: Change | None) -> None:
            if change is not None:
                self.remember(change)
            if done is not None:
                done()

        self._tasks.edit(work, finished)

    def remember(self, change: Change) -> None:
        """A change was made: let it be taken back, and say so."""
        self.stack.push(_Step(change, self._run))
        position = self.stack.index()

        def take_back() -> None:
            # The toast speaks of this change: if the person did something else since, undo down to it.
            if self.stack.index() >= position:
                self.stack.setIndex(position - 1)

        self._notices.say(sentence(change), action=(self.tr("Undo"), take_back), key="undo")

    def undo(self) -> None:
        """Take the last change back."""
        if self.stack.canUndo():
            text = self.stack.undoText()
            self.stack.undo()
            self._notices.say(self.tr("Undone: {0}").format(text), action=(self.tr("Redo"), self.redo), key="undo")

    def redo(self) -> None:
        """Make the last undone change again."""
        if self.stack.canRedo():
            text = self.stack.redoText()
            self.stack.redo()
            self._notices.say(self.tr("Redone: {0}").format(text), action=(self.tr("Undo"), self.undo), key="undo")

    def _run(self, deed: Callable[[], object]) -> None:
        self._tasks.edit(deed, lambda _result: None)
