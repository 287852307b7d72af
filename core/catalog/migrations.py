"""Brings a catalog file to the newest schema: numbered .sql files, each in one transaction with `user_version`.

Runs once, on the thread that opens the library, before any other connection exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from core.catalog import backups
from core.catalog.connection import APPLICATION_ID, Connection
from core.errors import LibraryError

_FILE_NAME = re.compile(r"^(\d{4})_\w+\.sql$")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of the schema."""

    version: int
    script: str


def migrations() -> list[Migration]:
    """All steps, in order."""
    folder = resources.files("core.catalog").joinpath("schema")
    named = [(matched, file) for file in folder.iterdir() if (matched := _FILE_NAME.match(file.name))]
    found = [Migration(int(matched[1]), file.read_text(encoding="utf-8")) for matched, file in named]
    return sorted(found, key=lambda step: step.version)


def migrate(connection: Connection, catalog: Path) -> None:
    """Apply the pending steps; keeps a copy of an existing file first. Raises LibraryError on a newer file."""
    steps = migrations()
    current = int(str(connection.pragma("user_version")))
    refuse_newer(current, catalog)
    pending = [step for step in steps if step.version > current]
    if pending and current > 0:
        backups.make(connection, catalog, label=f"before-{pending[0].version:04d}")
    for step in pending:
        _apply(connection, step)


def _apply(connection: Connection, step: Migration) -> None:
    """One step, unless another process that opened the file at the same moment was faster."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if int(str(connection.pragma("user_version"))) < step.version:
            connection.execute(step.script)
            connection.pragma("application_id", APPLICATION_ID)
            connection.pragma("user_version", step.version)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def refuse_newer(version: int, catalog: Path) -> None:
    """Raise LibraryError when a file of this format was written by a newer program."""
    newest = migrations()[-1].version
    if version > newest:
        raise LibraryError(
            "This photo library was made by a newer version of Recollect.",
            f"{catalog} has format {version}; this version reads up to {newest}.",
            "Update Recollect, or choose another library file.",
        )
