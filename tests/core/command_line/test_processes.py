"""Real processes: killed, interrupted, ended, piped; whatever happens, the library stays good."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
import sqlite_vec

from core import places, settings
from core.settings import Settings
from tests.support.libraries import PATIENCE_S, Shelf, add_picture, wait_until

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are different there")


@pytest.fixture
def photos(home: Path, tmp_path: Path) -> Path:
    """150 pictures, three times the files of one transaction."""
    settings.save(Settings(encoder="colours"), places.places().settings)
    for number in range(150):
        add_picture(tmp_path / "photos" / f"{number:03}.png", ("red", "green", "blue")[number % 3], number)
    return tmp_path / "photos"


@pytest.fixture
def processes() -> Iterator[list[subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []
    yield started
    for process in started:
        process.kill()
        process.communicate()


def start(processes: list[subprocess.Popen[str]], *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.support.colour_command_line", *map(str, arguments)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="surrogateescape"
    )
    processes.append(process)
    return process


def wait_for_line(process: subprocess.Popen[str], stream: str, words: str) -> None:
    """Read a stream until a line holds `words`; pytest-timeout ends a test that waits in vain."""
    for line in getattr(process, stream):
        if words in line:
            return
    raise AssertionError(f"{words!r} was never said; {process.communicate()}")


def check_integrity() -> None:
    """The catalog is sound, and nothing is left that only a running program needs."""
    connection = apsw.Connection(str(places.places().catalog), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.enable_load_extension(True)
    connection.load_extension(sqlite_vec.loadable_path())
    assert connection.pragma("integrity_check") == "ok"
    assert list(connection.execute("PRAGMA foreign_key_check")) == []
    doubled = "SELECT count(*) - count(DISTINCT relative_path) FROM photos"
    assert list(connection.execute(doubled)) == [(0,)]
    connection.close()


def wal_files() -> list[str]:
    return [file.name for file in places.places().catalog.parent.iterdir() if file.name.endswith(("-wal", "-shm"))]


@pytest.mark.parametrize("stage", ["read:0", "read:60", "encode:0", "encode:3", "encode:9"])
def test_a_killed_index_is_finished_by_the_next_one(
    photos: Path, processes: list[subprocess.Popen[str]], stage: str
) -> None:
    process = start(processes, "--halt-after", stage, "index", photos)
    wait_for_line(process, "stderr", "halted")
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE_S)

    check_integrity()
    shelf = Shelf(photos)
    try:
        before = shelf.library.status()
        shelf.scan()
        after = shelf.library.status()
        assert (after.photos, after.embedded, after.unreadable) == (150, 150, 0)
        assert shelf.encoder().images_encoded == 150 - before.embedded, "nothing is encoded twice"
        assert len(shelf.found("red")) == 150
        assert {int(name[:3]) % 3 for name in shelf.found("red", limit=50)} == {0}
    finally:
        shelf.library.close()
    check_integrity()


def test_ctrl_c_ends_indexing_and_keeps_what_was_done(photos: Path, processes: list[subprocess.Popen[str]]) -> None:
    process = start(processes, "--halt-after", "encode:5", "index", photos)
    wait_for_line(process, "stderr", "halted")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE_S)

    assert process.returncode == 1
    assert out == ""
    assert err == "recollect: Stopped. What was done is kept; run it again to go on.\n"
    assert wal_files() == []
    check_integrity()
    again = start(processes, "index", "--json")
    out, _ = again.communicate(timeout=PATIENCE_S)
    assert (again.returncode, json.loads(out)["photos"]) == (0, 150)
    status = start(processes, "status", "--json")
    assert json.loads(status.communicate(timeout=PATIENCE_S)[0])["embedded"] == 150


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_watch_follows_the_folder_until_it_is_ended(
    photos: Path, processes: list[subprocess.Popen[str]], number: signal.Signals
) -> None:
    assert start(processes, "index", photos).wait(PATIENCE_S) == 0
    process = start(processes, "watch")
    wait_for_line(process, "stdout", f"Following {photos}")
    add_picture(photos / "live.png", "white", "live")
    wait_for_line(process, "stdout", "1 added")
    wait_for_line(process, "stdout", "1 searchable")
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE_S)

    assert (process.returncode, err) == (0, "")
    assert wal_files() == []
    check_integrity()


def test_two_processes_share_a_library(photos: Path, processes: list[subprocess.Popen[str]]) -> None:
    both = [start(processes, "index", photos, "--json") for _ in range(2)]
    for process in both:
        out, err = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, err) == (0, "")
        assert json.loads(out)["photos"] == 150
    check_integrity()


def test_a_reader_that_goes_away_is_no_error(photos: Path, processes: list[subprocess.Popen[str]]) -> None:
    """`recollect search red | head -1`."""
    assert start(processes, "index", photos).wait(PATIENCE_S) == 0
    process = start(processes, "search", "red", "--limit", 150)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == ""
    assert process.wait(PATIENCE_S) == 1


def test_file_names_that_are_not_utf8_are_printed_as_they_are(
    photos: Path, processes: list[subprocess.Popen[str]]
) -> None:
    if sys.platform != "linux":
        pytest.skip("elsewhere file names are always Unicode")
    (photos / "000.png").rename(photos / os.fsdecode(b"\xff.png"))
    (photos / os.fsdecode(b"bad\xfe.png")).write_bytes(b"")
    process = start(processes, "index", photos)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    assert os.fsencode(out).count(b"bad\xfe.png") == 1
    found = start(processes, "search", "red", "--limit", 150)
    assert b"/\xff.png" in os.fsencode(found.communicate(timeout=PATIENCE_S)[0])


def test_reading_commands_do_not_import_what_is_heavy(photos: Path) -> None:
    code = (
        "import sys\nfrom tests.support import colour_command_line as c\n"
        "assert c.run(['status', '--json']) == 0\n"
        "heavy = {'torch', 'open_clip', 'transformers', 'PySide6'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE_S)
    wait_until(lambda: wal_files() == [], "the library being closed")
