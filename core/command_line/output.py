"""How the commands write: JSON, safe file names, and progress on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from core.events import Event, JobProgress, Notice
from core.library import Library

_PLAIN_INTERVAL_S = 5.0


def write_json(content: object) -> None:
    """One JSON value on stdout; ASCII, so that any file name survives any terminal."""
    print(json.dumps(content, indent=2))


def shown(path: Path) -> str:
    """A path on one line: control characters become `?`."""
    return "".join("?" if ord(character) < 32 or ord(character) == 127 else character for character in str(path))


def plural(count: int, noun: str) -> str:
    """`1 photo`, `2 photos`, `1,204 photos`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


@contextmanager
def progress(library: Library) -> Iterator[None]:
    """Show the library's jobs and notices on stderr while inside: bars on a terminal, a line now and then elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        unsubscribe = library.events.subscribe(_PlainLines())
        try:
            yield
        finally:
            unsubscribe()
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as bars:
        unsubscribe = library.events.subscribe(_Bars(bars))
        try:
            yield
        finally:
            unsubscribe()


class _PlainLines:
    def __init__(self) -> None:
        self._last_at = time.monotonic()

    def __call__(self, event: Event) -> None:
        if isinstance(event, Notice) and event.level != "info":
            print(f"recollect: {event.title} {event.detail} {event.hint}".rstrip(), file=sys.stderr)
        if isinstance(event, JobProgress) and time.monotonic() - self._last_at > _PLAIN_INTERVAL_S:
            self._last_at = time.monotonic()
            of_all = f" of {event.total:,}" if event.total is not None else ""
            rate = f", {event.rate_per_s:.0f}/s" if event.rate_per_s else ""
            print(f"{event.title}: {event.done:,}{of_all} {event.unit}{rate}", file=sys.stderr)


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, event: Event) -> None:
        if isinstance(event, Notice) and event.level != "info":
            self._bars.console.print(f"{event.title} {event.detail} {event.hint}", highlight=False, markup=False)
        if not isinstance(event, JobProgress):
            return
        task = self._tasks.get(event.job)
        if task is None:
            task = self._tasks[event.job] = self._bars.add_task(event.title, total=None, rate="")
        rate = f"{event.rate_per_s:.0f}/s" if event.rate_per_s else ""
        self._bars.update(task, completed=event.done, total=event.total, rate=rate, visible=not event.is_finished)
