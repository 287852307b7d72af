"""`recollect doctor`: examine the library's files, and repair them."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict
from typing import Any

from core import library, places
from core.command_line import output
from core.domain import Diagnosis


def add_to(commands: Any, options: argparse.ArgumentParser) -> None:
    """Add the commands of this module."""
    command = commands.add_parser(
        "doctor",
        parents=[options],
        help="check the library's files and repair them",
        description="Reads the whole catalog and says what is wrong with it. With --repair, mends what can be mended"
        " and saves what can be saved of a damaged file; the damaged file is kept beside the new one.",
    )
    command.add_argument("--repair", action="store_true", help="mend what is wrong; a backup is kept first")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=_doctor)


def _doctor(arguments: argparse.Namespace) -> int:
    catalog = places.places(arguments.library).catalog
    diagnosis = library.repair(catalog) if arguments.repair else library.examine(catalog)
    if arguments.json:
        output.write_json(_as_json(diagnosis))
    else:
        _print(diagnosis)
    return 0 if diagnosis.is_sound else 1


def _as_json(diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "catalog": str(diagnosis.catalog),
        "is_sound": diagnosis.is_sound,
        "findings": [asdict(one) for one in diagnosis.findings],
        "backups": [
            {"path": str(path), "made_at": made_at, "size_bytes": size} for path, made_at, size in diagnosis.backups
        ],
    }


def _print(diagnosis: Diagnosis) -> None:
    for one in diagnosis.findings:
        print(f"{'repaired' if one.is_repaired else 'found':>8}  {one.sentence}")
    if not diagnosis.findings:
        print("Everything is in order.")
    elif not diagnosis.is_sound:
        print("Repair it with: recollect doctor --repair")
    if diagnosis.backups:
        path, made_at, _size = diagnosis.backups[0]
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(made_at))
        print(f"{output.plural(len(diagnosis.backups), 'backup')}, the newest of {when}: {output.shown(path)}")
    else:
        print("There is no backup yet; one is made when Recollect next indexes.")
