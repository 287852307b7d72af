"""The `recollect` command with the colour encoder, as a process: `python -m tests.support.colour_command_line`.

With `--halt-after N` as first argument the process prints `halted` on stderr when N files were read (`read:N`) or N
batches were encoded (`encode:N`), and then waits to be interrupted or killed.
"""

from __future__ import annotations

import itertools
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from core.command_line import main
from core.indexing.reading_process import ReadingProcesses
from core.library import door
from tests.support.colour_encoder import ColourEncoder, colour_registry


def halting(original: Callable[..., Any], after: int) -> Callable[..., Any]:
    """The function, until it was called `after` times."""
    calls = itertools.count(1)

    def call(*given: Any) -> Any:
        if next(calls) > after:
            print("halted", file=sys.stderr, flush=True)
            threading.Event().wait()
        return original(*given)

    return call


def run(arguments: list[str]) -> int:
    """Run one command with colours."""
    door.EncoderRegistry = colour_registry  # type: ignore[assignment,attr-defined]
    if arguments[:1] == ["--halt-after"]:
        stage, _, count = arguments[1].partition(":")
        if stage == "read":
            read = halting(ReadingProcesses.read, int(count))
            ReadingProcesses.read = read  # type: ignore[method-assign]
        else:
            encode = halting(ColourEncoder.encode_prepared, int(count))
            ColourEncoder.encode_prepared = encode  # type: ignore[method-assign]
        arguments = arguments[2:]
    return main(arguments)


if __name__ == "__main__":
    # A shell ignores Ctrl+C for what it starts in the background, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(run(sys.argv[1:]))
