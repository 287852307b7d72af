"""Sidecar files on disk: written whole or not at all, beside the photo, never the photo itself. Any thread."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Iterable
from pathlib import Path

from core.errors import LibraryError
from core.file_words import SidecarStamp

_SUFFIX = ".recollect-new"
_LEFT_OVER_S = 60.0
"""Writing takes milliseconds: a file of that age is nobody's any more."""


class ReadOnlyFolder(LibraryError):
    """The folder, or the sidecar in it, may not be written."""


class ChangedMeanwhile(LibraryError):
    """Another program wrote the sidecar while Recollect was about to."""


def read(path: Path) -> tuple[bytes | None, SidecarStamp | None]:
    """Content and stamp of a sidecar; (None, None) without one. Raises LibraryError."""
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            content = stream.read()
    except FileNotFoundError:
        return None, None
    except OSError as error:
        raise LibraryError(f"{path.name} cannot be read: {error.strerror or type(error).__name__}.") from error
    return content, SidecarStamp(path.name, status.st_size, status.st_mtime_ns)


def write(path: Path, content: bytes, before: SidecarStamp | None) -> SidecarStamp:
    """Replace a sidecar in one step: a crash leaves the old one or the new one, and at most a hidden file beside it.

    `before`: what it was when it was read. Raises ReadOnlyFolder, ChangedMeanwhile, LibraryError.
    """
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    temporary = target.with_name(f".{target.name}.{os.getpid()}{_SUFFIX}")
    try:
        mode = stat.S_IMODE(target.stat().st_mode) if before is not None else None
        if mode is not None and not os.access(target, os.W_OK):
            raise PermissionError
        _write_new(temporary, content, mode)
        try:
            if _stamp(path) != before:
                raise ChangedMeanwhile(f"{path.name} was changed by another program just now.")
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except PermissionError as error:
        raise ReadOnlyFolder(f"{path.parent} may not be written.") from error
    except OSError as error:
        if error.errno == errno.EROFS:
            raise ReadOnlyFolder(f"{path.parent} may not be written.") from error
        raise LibraryError(f"{path.name} cannot be written: {error.strerror or type(error).__name__}.") from error
    written = _stamp(path)
    if written is None:
        raise ChangedMeanwhile(f"{path.name} was taken away by another program just now.")
    return written


def remove_leftovers(folder: Path, names: Iterable[str]) -> None:
    """Of a folder's files, remove those that a kill of Recollect left between writing and renaming."""
    for name in names:
        if name.startswith(".") and name.endswith(_SUFFIX):
            with contextlib.suppress(OSError):
                if time.time() - (folder / name).lstat().st_mtime > _LEFT_OVER_S:
                    (folder / name).unlink()


def _write_new(temporary: Path, content: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(temporary, flags, 0o666)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
    except PermissionError:
        raise
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """The rename is on the disk, too; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network file systems refuse it
        return
    finally:
        os.close(handle)


def _stamp(path: Path) -> SidecarStamp | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return SidecarStamp(path.name, status.st_size, status.st_mtime_ns)
