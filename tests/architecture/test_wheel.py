"""`pip install .`, not editable: the wheel carries the resources and the same `recollect`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return next(target.glob("recollect-*.whl"))


def test_the_wheel_carries_every_resource_and_no_test(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for file in (ROOT / "resources").rglob("*"):
        if file.is_file():
            assert f"core/_resources/{file.relative_to(ROOT / 'resources').as_posix()}" in names
    assert "core/catalog/schema/0001_library.sql" in names
    assert not any(name.startswith(("tests/", "packaging/")) for name in names)


def test_the_installed_command_indexes_and_searches(wheel: Path, tmp_path: Path) -> None:
    site, photos = tmp_path / "site", tmp_path / "photos"
    photos.mkdir()
    for name, colour in (("grass", (40, 150, 40)), ("sky", (90, 150, 240))):
        Image.new("RGB", (320, 240), colour).save(photos / f"{name}.jpg")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-compile",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run([*pip, "--disable-pip-version-check"], check=True)
    environment = {**os.environ, "PYTHONPATH": str(site), "RECOLLECT_HOME": str(tmp_path / "home")}

    def recollect(*arguments: str) -> str:
        code = "import sys, core; assert core.__file__.startswith(sys.argv[1]); from app.__main__ import main;"
        command = [sys.executable, "-c", code + "sys.exit(main(sys.argv[2:]))", str(site), *arguments]
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout

    assert json.loads(recollect("index", str(photos), "--json"))["added"] == 2
    hits = json.loads(recollect("search", "a blue sky", "--json"))["hits"]
    assert {Path(hit["path"]).name for hit in hits} == {"grass.jpg", "sky.jpg"}
