"""`recollect evaluate --cut`, from files to figures, with an encoder whose embeddings are colours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.core.command_line.conftest import Recollect
from tests.support.colour_encoder import COLOURS


@pytest.fixture
def captioned(tmp_path: Path) -> tuple[Path, Path]:
    """A picture of each colour, with a caption."""
    folder = tmp_path / "coloured"
    folder.mkdir()
    lines = []
    for number, (name, colour) in enumerate(COLOURS.items()):
        Image.new("RGB", (32, 32), colour).save(folder / f"{number}.png")
        lines.append(json.dumps({"file": f"{number}.png", "captions": [f"all {name}"], "split": "val"}))
    captions = tmp_path / "captions.jsonl"
    captions.write_text("\n".join(lines), encoding="utf-8")
    return captions, folder


def test_the_figures_of_the_cut_as_json(recollect: Recollect, captioned: tuple[Path, Path]) -> None:
    said = recollect("evaluate", *captioned, "--cut", "--json")
    assert (said.code, said.json["encoder"]) == (0, "colours")
    figures = said.json["chosen_with"]["all"]
    assert figures["photos"] == len(COLOURS)
    assert figures["absent_words"] >= 100
    assert figures["absent_answered_with_nothing"] == 1.0  # no word of the list is a colour


def test_the_figures_of_the_cut_for_people(recollect: Recollect, captioned: tuple[Path, Path]) -> None:
    said = recollect("evaluate", *captioned, "--cut")
    assert said.code == 0
    assert "absent: nothing" in said.out
    assert "100.0% of" in said.out


def test_a_missing_photo_is_a_sentence(recollect: Recollect, captioned: tuple[Path, Path]) -> None:
    (captioned[1] / "3.png").unlink()
    said = recollect("evaluate", *captioned, "--cut")
    assert said.code != 0
    assert "3.png" in said.err
    assert "Traceback" not in said.err
