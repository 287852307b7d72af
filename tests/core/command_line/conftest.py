"""The command line in this process, with the colour encoder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core import command_line, places, settings
from core.library import door
from core.settings import Settings
from tests.support.colour_encoder import colour_registry
from tests.support.libraries import add_picture


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Recollect = Callable[..., Said]


@pytest.fixture
def recollect(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Recollect:
    """Runs `recollect ARGUMENTS` and returns what it said."""
    monkeypatch.setattr(door, "EncoderRegistry", colour_registry)
    settings.save(Settings(encoder="colours"), places.places().settings)

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        code = command_line.main([str(one) for one in arguments])
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with a red, a green and a blue picture."""
    for colour in ("red", "green", "blue"):
        add_picture(tmp_path / "photos" / f"{colour} one.png", colour, colour)
    return tmp_path / "photos"
