"""Downloads one file so that nothing is lost when it is interrupted, and nothing wrong is kept. Blocks."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from core.embedding import hub, installation, web
from core.embedding.hub import HubFile
from core.errors import LibraryError
from core.jobs import JobControl

_CHUNK_BYTES = 1 << 18
_TRIES = 5
"""Repetitions without a single new byte before giving up."""
_TRIES_WITHOUT_ANSWER = 2
_SPARE_BYTES = 50_000_000


def fetch(source: HubFile, target: Path, job: JobControl, before: int, total: int, wait: web.Wait = web.wait) -> None:
    """Download `source` to `target`, going on where an earlier download of the same content stopped.

    Reports `before` plus this file's bytes, of `total`. Raises LibraryError (wrong checksum: the download is thrown
    away; everything else: it is kept for the next time) and Cancelled.
    """
    if target.exists() and target.stat().st_size == source.size:
        job.report(before + source.size, total)
        return
    part = target.with_name(f"{target.name}.{(source.sha256 or source.git_sha1 or '')[:16]}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _check_space(source, part)
        _complete(source, part, lambda size: job.report(before + size, total), job, wait)
        _verify(source, part, job)
        part.replace(target)
    except OSError as error:
        raise installation.disk_error(error, target.parent) from error


def _complete(source: HubFile, part: Path, report: Callable[[int], None], job: JobControl, wait: web.Wait) -> None:
    failures = 0
    ever_reached = False
    while (have := _size(part)) < source.size or not part.exists():
        try:
            _transfer(source, part, have, report)
            error = web.TransientError("the connection closed early")
        except web.TransientError as problem:
            error = problem
        if _size(part) >= source.size:
            break
        ever_reached = ever_reached or error.reached
        failures = 1 if _size(part) > have else failures + 1
        if failures >= (_TRIES if ever_reached else _TRIES_WITHOUT_ANSWER):
            raise hub.unreachable(error) from error
        wait(web.pause_s(failures, error.after_s), job)
    if _size(part) > source.size:
        part.unlink()
        raise _wrong(source, "it is longer than announced")


def _transfer(source: HubFile, part: Path, have: int, report: Callable[[int], None]) -> None:
    """Append what is missing. A server that ignores the range, or sends another one, makes us start over."""
    with web.get(source.url, {"Range": f"bytes={have}-"} if have else {}) as response:
        resumes = response.status == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        if response.status == 206 and not resumes:
            part.unlink(missing_ok=True)
            raise web.TransientError("the server sent another part of the file", 0.0)
        size = have if resumes else 0
        with part.open("ab" if resumes else "wb") as file:
            report(size)
            while piece := web.read(response, _CHUNK_BYTES):
                file.write(piece)
                size += len(piece)
                report(size)
                if size > source.size:
                    return


def _verify(source: HubFile, part: Path, job: JobControl) -> None:
    if source.sha256 is not None:
        correct = installation.sha256(part, lambda size: job.check()) == source.sha256.lower()
    else:
        content = part.read_bytes()  # only small files come with git's checksum
        git = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
        correct = git.hexdigest() == source.git_sha1
    if not correct:
        part.unlink()
        raise _wrong(source, "its checksum is wrong")


def _wrong(source: HubFile, what: str) -> LibraryError:
    return LibraryError(
        "The download arrived damaged and was thrown away.",
        f"{source.name}: {what}.",
        "Start again; if it happens twice, the server (HF_ENDPOINT) may be at fault.",
    )


def _check_space(source: HubFile, part: Path) -> None:
    missing = source.size - _size(part)
    free = shutil.disk_usage(part.parent).free
    if missing + _SPARE_BYTES > free:
        raise LibraryError(
            "There is not enough space on the disk for this encoder.",
            f"It needs {(missing + _SPARE_BYTES) // 1_000_000} MB; {part.parent} has {free // 1_000_000} MB.",
            "Free some space and start again.",
        )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
