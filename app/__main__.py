"""The `recollect` command. Without a subcommand it opens the window, or says why it cannot. No Qt until then."""

from __future__ import annotations

import importlib.util
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run Recollect; returns the exit code (0 done, 1 failed, 2 wrong use)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    catalog = window_wish(arguments)
    from core import command_line

    if catalog is None:
        return command_line.main(arguments)
    if catalog:
        os.environ["RECOLLECT_LIBRARY"] = str(Path(catalog).expanduser().absolute())
    from app import display_check

    obstacle = display_check.obstacle() if importlib.util.find_spec("PySide6") else "PySide6 is not installed."
    if obstacle is None:
        from app import application

        return application.run()
    print(f"Recollect cannot open its window: {obstacle}", file=sys.stderr)
    print("Going on in the terminal.", file=sys.stderr, flush=True)
    return command_line.main(terminal_arguments(catalog, os.environ))


def terminal_arguments(catalog: str, environment: Mapping[str, str]) -> list[str]:
    """What does the main job without a window: PHOTOS and QUERY come from `make run`."""
    arguments = ["demo"]
    for option, value in (
        ("--library", catalog),
        ("--photos", environment.get("PHOTOS")),
        ("--query", environment.get("QUERY")),
    ):
        if value:
            arguments += [option, value]
    return arguments


def window_wish(arguments: Sequence[str]) -> str | None:
    """The catalog file named if the arguments ask for the window ("" for the usual one), None for a command."""
    match list(arguments):
        case []:
            return ""
        case ["--library", file]:
            return file
        case [one] if one.startswith("--library="):
            return one.partition("=")[2]
        case _:
            return None


if __name__ == "__main__":
    multiprocessing.freeze_support()  # in a frozen program, children start here
    sys.exit(main())
