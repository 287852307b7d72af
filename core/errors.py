"""Errors a person can meet: one clear sentence each, with the way out."""

from __future__ import annotations

import errno
from pathlib import Path


class LibraryError(Exception):
    """Something is wrong in the world (not in the code); shown as a notice, never as a traceback.

    `title` is one plain sentence, `detail` what exactly happened, `hint` what to do about it.
    """

    def __init__(self, title: str, detail: str = "", hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.detail, self.hint) if part)


class DamagedCatalog(LibraryError):
    """The catalog file does not read; what can be saved can be brought into a new one."""

    def __init__(self, catalog: Path, detail: str) -> None:
        super().__init__(
            "The photo library file is damaged.",
            f"{catalog}: {detail}",
            "Save what can be saved with: recollect doctor --repair",
        )
        self.catalog = catalog


def cannot_save(what: str, path: Path, error: OSError) -> LibraryError:
    """One of Recollect's own files cannot be written; `what` begins the sentence: "The settings"."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full_disk(path)
    detail = f"{path}: {error.strerror or type(error).__name__}."
    return LibraryError(f"{what} cannot be saved.", detail, "Check that the folder is there and that you may write it.")


def full_disk(path: Path) -> LibraryError:
    """There is no room left for a file."""
    return LibraryError(
        "The disk is full.", f"{path} cannot grow.", "Free some space; nothing that was saved before is lost."
    )


class QueryError(LibraryError):
    """A query or an example picture cannot be understood; shown under the search box."""


class UnreadableImage(Exception):
    """One file cannot be read as a picture; the message is the reason, in one sentence."""
