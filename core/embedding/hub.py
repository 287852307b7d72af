"""What a repository on the hub holds: one question to its web interface gives names, sizes and checksums. Blocks."""

from __future__ import annotations

import http.client
import json
import os
import urllib.parse
from dataclasses import dataclass
from typing import Any

from core.embedding import web
from core.errors import LibraryError
from core.jobs import JobControl

_HUB = "https://huggingface.co"
_LARGEST_ANSWER = 20_000_000
_TRIES = 4


@dataclass(frozen=True, slots=True)
class HubFile:
    """One file of one commit. Exactly one of the checksums is known: git's for small files, SHA-256 for big ones."""

    name: str
    url: str
    size: int
    sha256: str | None
    git_sha1: str | None


def address(endpoint: str | None) -> str:
    """The hub's address: `endpoint`, else the environment's HF_ENDPOINT (a mirror), else the hub itself."""
    return (endpoint or os.environ.get("HF_ENDPOINT") or _HUB).rstrip("/")


def files(repository: str, job: JobControl, endpoint: str | None = None, wait: web.Wait = web.wait) -> list[HubFile]:
    """The files of a repository's current commit. Raises LibraryError, Cancelled."""
    hub = address(endpoint)
    content = _ask(f"{hub}/api/models/{repository}/revision/main?blobs=true", job, wait)
    try:
        found = json.loads(content)
        commit = str(found["sha"])
        return [_file(hub, repository, commit, entry) for entry in found["siblings"]]
    except (ValueError, KeyError, TypeError) as error:
        raise LibraryError(
            "The server gave an answer that Recollect does not understand.",
            f"{hub} on {repository}.",
            "Check HF_ENDPOINT, or import the encoder from a file.",
        ) from error


def _file(hub: str, repository: str, commit: str, entry: dict[str, Any]) -> HubFile:
    name = str(entry["rfilename"])
    big = entry.get("lfs") or {}
    return HubFile(
        name=name,
        url=f"{hub}/{repository}/resolve/{commit}/{urllib.parse.quote(name)}",
        size=int(big.get("size", entry.get("size", 0))),
        sha256=str(big["sha256"]) if big else None,
        git_sha1=None if big else str(entry["blobId"]),
    )


def _ask(url: str, job: JobControl, wait: web.Wait) -> bytes:
    for attempt in range(1, _TRIES + 1):
        try:
            with web.get(url) as response:
                return _whole(response)
        except web.TransientError as error:
            if attempt == _TRIES or (not error.reached and attempt > 1):
                raise unreachable(error) from error
            wait(web.pause_s(attempt, error.after_s), job)
    raise AssertionError("unreachable")


def _whole(response: http.client.HTTPResponse) -> bytes:
    content = bytearray()
    while piece := web.read(response, _LARGEST_ANSWER):
        content += piece
        if len(content) > _LARGEST_ANSWER:
            break
    return bytes(content)


def unreachable(error: web.TransientError) -> LibraryError:
    """The LibraryError for a server that did not answer, or not usefully, several times."""
    if not error.reached:
        return LibraryError(
            "There is no connection to the server that has the encoders.",
            f"{error.reason}.",
            "Check the network and start again, or import the encoder from a file.",
        )
    return LibraryError(
        "The download was interrupted.", f"{error.reason}.", "Start again later; it goes on where it stopped."
    )
