"""exiftool (Debian: libimage-exiftool-perl) as the judge of what is in a file; tests that need it skip without it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

PROGRAM = shutil.which("exiftool")
needed = pytest.mark.skipif(PROGRAM is None, reason="exiftool is not installed (Debian: libimage-exiftool-perl)")


def write(path: Path, *arguments: str) -> None:
    """Change a file, or make a sidecar, with exiftool's own arguments: `-XMP-dc:Subject=dog`."""
    _run("-q", "-overwrite_original", "-charset", "utf8", *arguments, str(path))


def tags(path: Path) -> dict[str, Any]:
    """Everything exiftool reads, by `Group:Name`; lists stay lists."""
    answer = json.loads(_run("-json", "-G1", "-struct", "-charset", "utf8", str(path)))
    found: dict[str, Any] = answer[0]
    return found


def words(path: Path, name: str) -> list[str]:
    """A list of texts exactly as they are: as JSON, exiftool makes a number of 42 and a truth of FALSE."""
    found = _run("-b", "-charset", "utf8", f"-{name}", str(path))
    return found.split("\n") if found else []


def _run(*arguments: str) -> str:
    assert PROGRAM is not None
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8")
