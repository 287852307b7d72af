"""What the window tells the person: short notices with at most one thing to press. GUI thread only."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, qVersion

from core.errors import LibraryError
from core.events import Notice


@dataclass(frozen=True, slots=True)
class Toast:
    """One notice on its way to the screen."""

    text: str
    detail: str = ""
    level: str = "info"
    """info, warning or error"""
    action_text: str = ""
    action: Callable[[], object] | None = None
    key: str = ""
    """A later toast with the same key takes the place of this one."""


class Notices(QObject):
    """Where everything that has something to say says it; the window shows it."""

    posted = Signal(object)
    """Toast"""
    bug_found = Signal(str)
    """Text to copy into a report."""

    def say(
        self,
        text: str,
        *,
        detail: str = "",
        level: str = "info",
        action: tuple[str, Callable[[], object]] | None = None,
        key: str = "",
    ) -> None:
        """Show one sentence, with at most one thing to press."""
        action_text, deed = action if action else ("", None)
        self.posted.emit(Toast(text, detail, level, action_text, deed, key))

    def show_error(self, error: LibraryError) -> None:
        """Something is wrong in the world."""
        self.say(error.title, detail=" ".join(filter(None, (error.detail, error.hint))), level="error")

    def show_notice(self, notice: Notice) -> None:
        """Something core wants known."""
        self.say(notice.title, detail=" ".join(filter(None, (notice.detail, notice.hint))), level=notice.level)

    def show_bug(self, error: BaseException) -> None:
        """Something is wrong in the code: offer the details for a report."""
        self.bug_found.emit(report_of(error))


def report_of(error: BaseException) -> str:
    """What a bug report needs: versions, system and the traceback; no photo, no query."""
    lines = [
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
        "".join(traceback.format_exception(error)).rstrip(),
    ]
    return "\n\n".join(lines)


def catch_bugs(notices: Notices) -> Callable[[], None]:
    """Send what nobody catches to the dialog instead of the terminal; returns what restores the former hook."""
    former = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: object) -> None:
        if issubclass(kind, KeyboardInterrupt):
            former(kind, error, error.__traceback__)
            return
        notices.show_bug(error)

    sys.excepthook = hook

    def restore() -> None:
        sys.excepthook = former

    return restore
