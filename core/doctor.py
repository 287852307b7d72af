"""Examines the files of a library that nobody has open, and repairs them. Runs on the thread that asks; long.

A file that does not read is never thrown away: it is put aside, and what can be saved of it goes into a new one.
"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from core.catalog import backups, health, migrations, salvage
from core.catalog import connection as connections
from core.catalog.connection import Connection
from core.domain import Diagnosis, Finding
from core.errors import LibraryError


def examine(catalog: Path) -> Diagnosis:
    """Read everything and say what is wrong; changes nothing. Raises LibraryError when there is no library."""
    if not catalog.exists() and not backups.all_of_them(catalog):
        raise LibraryError("There is no photo library yet.", str(catalog), "Make one with: recollect index FOLDER")
    damage = _damage(catalog)
    if damage is not None:
        return _diagnosis(catalog, [damage])
    thumbnails = _damaged_thumbnails(catalog)
    has_thumbnails = connections.thumbnails_path(catalog).exists() and not thumbnails
    try:
        with closing((connections.open_reader if has_thumbnails else connections.open_copy)(catalog)) as connection:
            return _diagnosis(catalog, health.findings(connection) + thumbnails)
    except connections.Error as error:
        raise connections.disk_error(catalog, error) from error


def repair(catalog: Path) -> Diagnosis:
    """Mend what is wrong; a backup is kept first. Raises LibraryError when nothing can be saved."""
    damage = _damage(catalog) if catalog.exists() else Finding("file", "The library file is gone.", 1, True)
    if damage is not None:
        saved = recover(catalog)
        return _diagnosis(catalog, [Finding("file", f"{damage.sentence} {_in_words(saved)}", 1, True, True)])
    thumbnails = [replace(one, is_repaired=True) for one in _damaged_thumbnails(catalog)]
    if thumbnails:
        connections.remove(connections.thumbnails_path(catalog))
    try:
        with closing(connections.open_writer(catalog)) as connection:
            migrations.migrate(connection, catalog)
            if not health.findings(connection):
                return _diagnosis(catalog, thumbnails)
            backups.make(connection, catalog, label="before-repair")
            with connection:
                mended = health.mend(connection)
            connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)")
            return _diagnosis(catalog, mended + thumbnails)
    except connections.Error as error:
        raise connections.disk_error(catalog, error) from error


def recover(catalog: Path) -> salvage.Salvaged:
    """Put the damaged file aside and a new one, with what can be saved, in its place.

    Raises LibraryError when neither the file nor a backup gives anything; then everything is as it was.
    """
    fresh = catalog.with_name(catalog.name + ".recovered")
    _unlink(fresh)
    backup = backups.newest_sound(catalog)
    try:
        saved = salvage.salvage(catalog if catalog.exists() else None, backup.path if backup else None, fresh)
    except (connections.Error, OSError) as error:
        _unlink(fresh)
        raise connections.disk_error(catalog, error) from error
    if not saved.photos:
        _unlink(fresh)
        raise LibraryError(
            "Nothing of the photo library can be read any more.",
            f"{catalog}; there is no sound backup in {backups.folder_of(catalog)}.",
            "Move the file away; Recollect then begins a new library. Your photos are untouched.",
        )
    _put_aside(catalog)
    fresh.replace(catalog)
    _unlink(fresh)
    return saved


def _damage(catalog: Path) -> Finding | None:
    """What keeps the file from being read."""
    if not catalog.exists():
        return Finding("file", "The library file is gone; there are backups of it.", 1, is_repairable=True)
    try:
        version = connections.format_in_header(catalog)
    except LibraryError:
        if not backups.all_of_them(catalog):
            raise
        return Finding("file", "The library file is no database any more.", 1, is_repairable=True)
    migrations.refuse_newer(version, catalog)
    try:
        with closing(connections.open_copy(catalog)) as connection:
            lines = health.damage(connection) or _unreadable_tables(connection)
    except connections.DAMAGE as error:
        lines = [str(error)]
    except connections.Error as error:
        raise connections.disk_error(catalog, error) from error
    if not lines:
        return None
    return Finding("file", f"The library file is damaged ({lines[0]}).", len(lines), is_repairable=True)


def _damaged_thumbnails(catalog: Path) -> list[Finding]:
    """Whether the file of the thumbnails has damage; they are made again from the photos, as when it is gone."""
    path = connections.thumbnails_path(catalog)
    if not path.exists():
        return []
    try:
        with closing(connections.open_copy(path)) as connection:
            lines = health.damage(connection)
    except connections.DAMAGE as error:
        lines = [str(error)]
    except connections.Error as error:
        raise connections.disk_error(path, error) from error
    sentence = "The file of the thumbnails is damaged; they are made again."
    return [Finding("thumbnails", sentence, len(lines), is_repairable=True)] if lines else []


def _unreadable_tables(connection: Connection) -> list[str]:
    if connection.pragma("application_id") != connections.APPLICATION_ID:
        return ["its mark is gone"]
    return []


def _put_aside(catalog: Path) -> None:
    stamp = time.strftime("%Y-%m-%dT%H%M%S", time.gmtime())
    for old in connections.files_of(catalog):
        if old.exists():
            suffix = old.name.removeprefix(catalog.name)
            old.rename(catalog.with_name(f"{catalog.name}.damaged-{stamp}{suffix}"))


def _unlink(path: Path) -> None:
    """Remove a half-made catalog with its thumbnails."""
    connections.remove(path)
    connections.remove(connections.thumbnails_path(path))


def _in_words(saved: salvage.Salvaged) -> str:
    words = f"{saved.photos:,} photos and {saved.embeddings:,} embeddings were saved"
    return f"{words}, {saved.from_backup:,} entries from a backup." if saved.from_backup else f"{words}."


def _diagnosis(catalog: Path, found: list[Finding]) -> Diagnosis:
    copies = tuple((one.path, one.made_at, one.size_bytes) for one in backups.all_of_them(catalog))
    return Diagnosis(catalog, tuple(found), copies)
