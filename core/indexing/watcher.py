"""Turns watchdog's events into changed paths, and nothing else. The only importer of watchdog.

Events are hints; the scan is the truth. Callbacks come on watchdog's threads.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from pathlib import Path

import psutil
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from core.images import formats, sidecar_names

log = logging.getLogger(__name__)

POLL_INTERVAL_S = 20
# Linux also reports our own reads (opened, closed_no_write): only these mean that something changed.
_TELLING = {"created", "closed", "moved", "deleted", "modified"}


_REMOTE = {
    *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p"),
    *("fuse.sshfs", "fuse.rclone"),
}
"""File systems of other computers: a watch on them succeeds, and then reports only what this computer changes."""


def is_remote(folder: Path) -> bool:
    """Whether a folder lies on another computer, as far as the system says."""
    if str(folder).startswith("\\\\"):  # a Windows share
        return True
    try:
        mounts = [one for one in psutil.disk_partitions(all=True) if folder.is_relative_to(one.mountpoint)]
    except (OSError, RuntimeError):
        return False
    nearest = max(mounts, key=lambda one: len(one.mountpoint), default=None)
    return nearest is not None and nearest.fstype.lower() in _REMOTE


class _Forwarder(FileSystemEventHandler):
    def __init__(self, on_path: Callable[[Path], None]) -> None:
        self._on_path = on_path

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _TELLING or (event.is_directory and event.event_type == "modified"):
            return
        # A folder that was deleted is reported as a file on Windows.
        is_folder_or_gone = event.is_directory or event.event_type in ("deleted", "moved")
        for name in (event.src_path, event.dest_path):
            path = Path(os.fsdecode(name)) if name else None
            if path is not None and (is_folder_or_gone or _is_of_interest(path.name)):
                self._on_path(path)


def _is_of_interest(name: str) -> bool:
    return formats.is_picture_name(name) or sidecar_names.is_sidecar_name(name)


class Watcher:
    """Watches folders with everything below them; `on_path` is called for each path that changed."""

    def __init__(self, on_path: Callable[[Path], None]) -> None:
        self._forwarder = _Forwarder(on_path)
        self._observers: dict[Path, BaseObserver] = {}

    def watch(self, folder: Path) -> bool:
        """Start watching; falls back to polling. Returns False when the system gives no events for this folder."""
        if folder in self._observers:
            return True
        try:
            if is_remote(folder):
                raise OSError(errno.ENOTSUP, "other computers' changes are not reported")
            self._observers[folder] = self._started(Observer(), folder)
            return True
        except OSError:
            log.warning("no file events for %s: polling every %d s", folder, POLL_INTERVAL_S)
        try:
            self._observers[folder] = self._started(PollingObserver(timeout=POLL_INTERVAL_S), folder)
        except OSError:
            log.warning("%s cannot be watched", folder)
        return False

    def keep_only(self, folders: set[Path]) -> None:
        """Stop watching folders that are not in `folders`, and those whose watching ended (a drive was removed)."""
        for folder in list(self._observers):
            is_there = os.path.isdir(folder)  # noqa: PTH112  (Path.is_dir may raise)
            if folder not in folders or not is_there or not self._observers[folder].is_alive():
                self.unwatch(folder)

    def unwatch(self, folder: Path) -> None:
        """Stop watching one folder."""
        observer = self._observers.pop(folder, None)
        if observer is not None:
            observer.stop()
            observer.join()

    def close(self) -> None:
        """Stop watching everything."""
        for folder in list(self._observers):
            self.unwatch(folder)

    def _started(self, observer: BaseObserver, folder: Path) -> BaseObserver:
        observer.schedule(self._forwarder, str(folder), recursive=True)
        observer.start()
        return observer
