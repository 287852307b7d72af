"""`recollect why` and `--region`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.core.command_line.conftest import Recollect
from tests.core.search.test_explanation import halves


@pytest.fixture
def halved(photos: Path, recollect: Recollect) -> Path:
    halves(photos / "halves.jpg", "red", "blue")
    assert recollect("index", photos).code == 0
    return photos / "halves.jpg"


def test_why_says_where_and_paints_it(recollect: Recollect, halved: Path, tmp_path: Path) -> None:
    said = recollect("why", halved, "something", "red", "--out", tmp_path / "heat.png")
    assert said.code == 0
    assert '"something red"' in said.out
    with Image.open(tmp_path / "heat.png") as painted:
        pixels = np.asarray(painted.convert("L"), dtype=float)
    assert painted.size == (240, 160)
    assert pixels[:, :100].mean() > pixels[:, 140:].mean()


def test_why_in_json(recollect: Recollect, halved: Path) -> None:
    found = recollect("why", halved, "blue", "--json").json
    assert found["words"] == "blue"
    assert found["hottest"]["x"] > 0.5
    assert found["strength"] > 0.5
    assert found["path"] == str(halved)


def test_why_says_no(recollect: Recollect, halved: Path) -> None:
    assert "Nothing in this photo stands out" in recollect("why", halved, "green").out


def test_why_of_a_picture_that_is_no_photo_of_the_library(recollect: Recollect, halved: Path, tmp_path: Path) -> None:
    said = recollect("why", tmp_path / "other.jpg", "red")
    assert said.code == 1
    assert "not in the library" in said.err
    assert "recollect index" in said.err


def test_a_heat_map_that_cannot_be_written(recollect: Recollect, halved: Path, tmp_path: Path) -> None:
    said = recollect("why", halved, "red", "--out", tmp_path / "no folder" / "heat.png")
    assert said.code == 1
    assert "cannot be written" in said.err


@pytest.mark.parametrize("region", ["0.5,0,1,1", "50,0,100,100", "50%,0%,100%,100%"])
def test_a_part_of_a_picture(recollect: Recollect, halved: Path, region: str) -> None:
    for said in (
        recollect("similar", halved, "--region", region, "--json"),
        recollect("search", "--like", halved, "--region", region, "--json"),
    ):
        assert Path(said.json["hits"][0]["path"]).name == "blue one.png"


@pytest.mark.parametrize("region", ["0.5,0,0.5,1", "1,2,3", "a,b,c,d", "0,0,101,100", "-1,0,1,1"])
def test_what_is_no_region_is_wrong_use(recollect: Recollect, halved: Path, region: str) -> None:
    assert recollect("similar", halved, f"--region={region}").code == 2


def test_a_region_without_a_picture(recollect: Recollect, halved: Path) -> None:
    said = recollect("search", "red", "--region", "0,0,50,50")
    assert said.code == 1
    assert "more regions than pictures" in said.err
