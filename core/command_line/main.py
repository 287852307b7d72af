"""Reads the arguments, opens the library, runs one command, and turns errors into one line and an exit code.

Exit codes: 0 the work was done, 2 wrong use, 1 otherwise.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from core.command_line import (
    albums,
    demo,
    doctoring,
    duplicates,
    encoders,
    evaluating,
    explaining,
    indexing,
    output,
    reading,
    searching,
    sidecars,
    status,
    tagging,
    vocabulary,
)
from core.errors import LibraryError
from core.jobs import Cancelled

_COMMANDS = (
    indexing,
    searching,
    explaining,
    tagging,
    vocabulary,
    albums,
    duplicates,
    sidecars,
    reading,
    encoders,
    status,
    evaluating,
    doctoring,
    demo,
)


def parser() -> argparse.ArgumentParser:
    """The whole command line, with the help of every command."""
    top = argparse.ArgumentParser(
        prog="recollect",
        description="Find your photos in your own words. Without a command, the window opens.",
        epilog="Everything stays on this computer. RECOLLECT_HOME moves all of Recollect's own files.",
    )
    top.add_argument("--version", action="version", version=f"Recollect {version()}")
    library = argparse.ArgumentParser(add_help=False)
    for one, default in ((top, None), (library, argparse.SUPPRESS)):
        one.add_argument(
            "--library",
            type=Path,
            metavar="FILE",
            default=default,
            help="the catalog file (default: RECOLLECT_LIBRARY, else this person's library)",
        )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in _COMMANDS:
        module.add_to(commands, library)
    return top


def version() -> str:
    """The installed version of Recollect."""
    from importlib import metadata

    try:
        return metadata.version("recollect")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="surrogateescape")  # file names need not be UTF-8
    try:
        arguments = parser().parse_args(searching.protected(sys.argv[1:] if argv is None else argv))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    logging.basicConfig(level=logging.ERROR, format="recollect: %(message)s")
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except (KeyboardInterrupt, Cancelled):
        print("recollect: Stopped. What was done is kept; run it again to go on.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # `recollect search ... | head`; Python would complain once more when it exits
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(arguments: argparse.Namespace) -> int:
    """Do the work; what is wrong in the world is said in one line, and as JSON too where that was asked for."""
    try:
        code: int = arguments.run(arguments)
        return code
    except LibraryError as error:
        print(f"recollect: {' '.join(str(error).split())}", file=sys.stderr)
        if getattr(arguments, "json", False):
            output.write_json({"error": {"title": error.title, "detail": error.detail, "hint": error.hint}})
        return 1
