"""Writing sidecars from a library: what is written when, what is left alone, and that no photo is touched."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.images.metadata import xmp
from core.indexing import settling
from core.sidecars import files
from tests.core.sidecars import foreign
from tests.core.sidecars.test_reading import jpeg, sidecar, sources, stars, subject
from tests.support import exiftool
from tests.support.libraries import Shelf, wait_until

as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere, Windows has other permissions"
)


def keywords(path: Path) -> set[str]:
    words = xmp.sidecar_words(path.read_bytes())
    assert words is not None
    return set(words.keywords)


def fingerprints(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*.jpg")
    }


@pytest.fixture
def tagged(shelf: Shelf) -> Shelf:
    """Two photos, one of them tagged and rated."""
    jpeg(shelf.root / "one.jpg")
    jpeg(shelf.root / "two.jpg", colour="blue")
    shelf.watch_root()
    ids = shelf.ids("one.jpg")
    shelf.library.add_tag("dog", ids)
    shelf.library.add_tag("Zoë", ids)
    shelf.library.set_rating(ids, 4)
    return shelf


def test_only_what_differs_is_written_and_photos_stay_as_they_are(tagged: Shelf) -> None:
    before = fingerprints(tagged.root)
    assert tagged.library.sidecar_status().waiting_count == 1
    report = tagged.library.write_sidecars()
    assert report.written == tuple(tagged.ids("one.jpg"))
    assert sorted(path.name for path in tagged.root.iterdir()) == ["one.jpg", "one.jpg.xmp", "two.jpg"]
    assert fingerprints(tagged.root) == before
    words = xmp.sidecar_words((tagged.root / "one.jpg.xmp").read_bytes())
    assert words is not None
    assert (set(words.keywords), words.rating) == ({"dog", "Zoë"}, 4)
    status = tagged.library.sidecar_status()
    assert (status.waiting_count, status.sidecar_count) == (0, 1)


def test_nothing_is_written_by_itself_unless_it_is_wished(tagged: Shelf) -> None:
    tagged.scan()
    assert not (tagged.root / "one.jpg.xmp").exists()
    tagged.library.change_settings(writes_sidecars=True)
    tagged.scan()
    assert keywords(tagged.root / "one.jpg.xmp") == {"dog", "Zoë"}


def test_our_own_sidecars_are_no_news(tagged: Shelf) -> None:
    tagged.library.write_sidecars()
    tagged.heard.events.clear()
    tagged.scan()
    assert not [change for change in tagged.heard.changes() if change.tags or change.changed]
    assert sources(tagged, "one.jpg") == {"dog": "user", "Zoë": "user"}
    stamp = (tagged.root / "one.jpg.xmp").stat().st_mtime_ns
    assert tagged.library.write_sidecars().written == ()
    assert (tagged.root / "one.jpg.xmp").stat().st_mtime_ns == stamp


def test_with_the_wish_on_a_tag_reaches_the_file_and_a_files_tag_the_library(
    tagged: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "QUIET_S", 0.1)
    tagged.library.change_settings(writes_sidecars=True)
    tagged.library.start()
    path = tagged.root / "two.jpg.xmp"
    tagged.library.add_tag("sea", tagged.ids("two.jpg"))
    wait_until(lambda: path.exists() and keywords(path) == {"sea"}, "the sidecar")
    sidecar(path, subject("sea", "from elsewhere"))
    wait_until(lambda: tagged.tags("two.jpg") == {"sea", "from elsewhere"}, "the tag of another program")
    wait_until(lambda: tagged.library.sidecar_status().waiting_count == 0, "peace")
    assert keywords(path) == {"sea", "from elsewhere"}


def test_every_way_a_tag_changes_reaches_the_sidecar(tagged: Shelf) -> None:
    path, ids = tagged.root / "one.jpg.xmp", tagged.ids("one.jpg")
    tagged.library.write_sidecars()
    tag = next(one for one in tagged.library.tags() if one.name == "dog")
    tagged.library.rename_tag(tag.id, "Rex")
    tagged.library.write_sidecars()
    assert keywords(path) == {"Rex", "Zoë"}
    tagged.library.delete_tag(tag.id)
    tagged.library.write_sidecars()
    assert keywords(path) == {"Zoë"}
    tagged.library.remove_tag("Zoë", ids)
    tagged.library.set_rating(ids, 0)
    tagged.library.write_sidecars()
    assert keywords(path) == set()
    assert tagged.library.sidecar_status().waiting_count == 0
    tagged.scan()
    assert tagged.tags("one.jpg") == set()


def test_a_tag_of_the_picture_file_that_was_taken_off_stays_off(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg", subject("dog") + stars(5))
    shelf.watch_root()
    shelf.library.remove_tag("dog", shelf.ids("one.jpg"))
    shelf.library.set_rating(shelf.ids("one.jpg"), 0)
    shelf.library.write_sidecars()
    assert shelf.library.sidecar_status().waiting_count == 0
    (shelf.root / "one.jpg.xmp").touch()
    shelf.scan()
    assert shelf.tags("one.jpg") == set()
    assert shelf.photo("one.jpg").rating == 0


def test_a_short_named_sidecar_is_used_when_it_is_there(tagged: Shelf) -> None:
    sidecar(tagged.root / "one.xmp", subject("theirs"))
    tagged.library.write_sidecars()
    assert keywords(tagged.root / "one.xmp") == {"theirs", "dog", "Zoë"}
    assert not (tagged.root / "one.jpg.xmp").exists()
    assert tagged.tags("one.jpg") == {"theirs", "dog", "Zoë"}


def test_what_another_program_wrote_a_moment_ago_is_taken_in_first(tagged: Shelf) -> None:
    path = tagged.root / "one.jpg.xmp"
    path.write_text(foreign.DARKTABLE, encoding="utf-8")
    tagged.library.write_sidecars()
    assert keywords(path) == {"old", "kept", "dog", "Zoë"}
    assert 'darktable:operation="exposure"' in path.read_text(encoding="utf-8")
    assert sources(tagged, "one.jpg") == {"old": "file", "kept": "file", "dog": "user", "Zoë": "user"}
    assert tagged.photo("one.jpg").rating == 4


def test_a_hierarchy_known_from_one_photo_is_used_for_the_others(tagged: Shelf) -> None:
    exact = (
        '<lr:hierarchicalSubject xmlns:lr="http://ns.adobe.com/lightroom/1.0/"><rdf:Bag><rdf:li>Animals|dog</rdf:li>'
    )
    sidecar(tagged.root / "two.jpg.xmp", exact + "</rdf:Bag></lr:hierarchicalSubject>")
    tagged.scan()
    tagged.library.write_sidecars()
    words = xmp.sidecar_words((tagged.root / "one.jpg.xmp").read_bytes())
    assert words is not None
    assert words.paths == (("Animals", "dog"),)


def test_chosen_photos_get_a_sidecar_though_nothing_differs(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg", subject("dog"))
    jpeg(shelf.root / "plain.jpg", colour="blue")
    shelf.watch_root()
    ids = shelf.ids("one.jpg", "plain.jpg")
    assert shelf.library.sidecar_status().waiting_count == 0
    assert shelf.library.count_sidecars_to_write(ids) == 1
    shelf.library.write_sidecars(ids)
    assert keywords(shelf.root / "one.jpg.xmp") == {"dog"}
    assert not (shelf.root / "plain.jpg.xmp").exists()


def test_a_face_taken_off_in_recollect_waits_for_nothing(shelf: Shelf) -> None:
    from tests.core.sidecars.test_reading import FACES

    jpeg(shelf.root / "one.jpg")
    beside = sidecar(shelf.root / "one.jpg.xmp", FACES)
    shelf.watch_root()
    shelf.library.remove_tag("Ann", shelf.ids("one.jpg"))
    assert shelf.library.sidecar_status().waiting_count == 0
    shelf.library.add_tag("dog", shelf.ids("one.jpg"))
    shelf.library.write_sidecars()
    assert shelf.library.sidecar_status().waiting_count == 0
    assert b"<mwg:Name>Ann</mwg:Name>" in beside.read_bytes()
    assert keywords(beside) == {"Zoë", "dog"}


@pytest.mark.parametrize("content", [b"", b"<x:xmpmeta", b"\x89PNG", foreign.DARKTABLE.encode()[:700]])
def test_a_broken_sidecar_is_left_alone_and_said(tagged: Shelf, content: bytes) -> None:
    path = tagged.root / "one.jpg.xmp"
    path.write_bytes(content)
    report = tagged.library.write_sidecars()
    assert path.read_bytes() == content
    assert report.written == ()
    (problem,) = report.problems
    assert problem.path == tagged.root / "one.jpg"
    assert problem.reason.endswith("it is left alone.")
    assert tagged.library.write_sidecars().problems == report.problems
    assert len([one for one in tagged.heard.notices() if "one.jpg" in one.title]) == 1
    assert tagged.tags("one.jpg") == {"dog", "Zoë"}
    path.unlink()
    tagged.library.write_sidecars()
    assert keywords(path) == {"dog", "Zoë"}
    assert tagged.library.sidecar_status().problems == ()


@as_root
def test_a_read_only_folder_is_said_once_and_written_when_it_can_be(tagged: Shelf) -> None:
    tagged.library.add_tag("sea", tagged.ids("two.jpg"))
    tagged.root.chmod(0o555)
    try:
        for _ in range(2):
            report = tagged.library.write_sidecars()
            assert report.read_only == (tagged.root,)
            assert len(report.problems) == 2
    finally:
        tagged.root.chmod(0o755)
    assert len([one for one in tagged.heard.notices() if str(tagged.root) in one.detail]) == 1
    assert tagged.library.sidecar_status().waiting_count == 2
    tagged.library.write_sidecars()
    assert keywords(tagged.root / "two.jpg.xmp") == {"sea"}


@as_root
def test_a_sidecar_that_may_not_be_written_stays(tagged: Shelf) -> None:
    path = sidecar(tagged.root / "one.jpg.xmp", subject("theirs"))
    path.chmod(0o444)
    assert tagged.library.write_sidecars().read_only == (tagged.root,)
    assert keywords(path) == {"theirs"}


def test_a_sidecar_keeps_its_permissions_and_a_link_stays_a_link(tagged: Shelf, tmp_path: Path) -> None:
    elsewhere = sidecar(tmp_path / "real.xmp", subject("theirs"))
    elsewhere.chmod(0o640)
    (tagged.root / "one.jpg.xmp").symlink_to(elsewhere)
    tagged.library.write_sidecars()
    assert (tagged.root / "one.jpg.xmp").is_symlink()
    assert keywords(elsewhere) == {"theirs", "dog", "Zoë"}
    if os.name != "nt":
        assert elsewhere.stat().st_mode & 0o777 == 0o640


def test_a_photo_that_is_away_gets_no_sidecar(tagged: Shelf) -> None:
    (tagged.root / "one.jpg").unlink()
    assert tagged.library.write_sidecars().written == ()
    assert not (tagged.root / "one.jpg.xmp").exists()


def test_what_another_program_writes_in_the_same_moment_wins(tmp_path: Path) -> None:
    path = tmp_path / "one.xmp"
    path.write_bytes(b"theirs")
    _, stamp = files.read(path)
    path.write_bytes(b"theirs, newer")
    with pytest.raises(files.ChangedMeanwhile):
        files.write(path, b"ours", stamp)
    assert path.read_bytes() == b"theirs, newer"
    with pytest.raises(files.ChangedMeanwhile):
        files.write(path, b"ours", None)
    assert [one.name for one in tmp_path.glob("*.xmp")] == ["one.xmp"]
    assert not list(tmp_path.glob(".*new"))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_kill_before_the_rename_leaves_the_old_sidecar_whole(tagged: Shelf) -> None:
    path = sidecar(tagged.root / "one.jpg.xmp", subject("theirs"))
    before = path.read_bytes()
    script = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom core.sidecars import files\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "path = Path(sys.argv[1])\nfiles.write(path, b'x' * 100_000, files.read(path)[1])\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False, cwd=Path(files.__file__).parents[2])
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    (left,) = [one for one in tagged.root.iterdir() if one.name.endswith("recollect-new")]
    os.utime(left, (0, 0))
    tagged.scan()
    tagged.library.write_sidecars()
    assert keywords(path) == {"theirs", "dog", "Zoë"}
    assert sorted(one.name for one in tagged.root.iterdir()) == ["one.jpg", "one.jpg.xmp", "two.jpg"]


@exiftool.needed
def test_a_round_trip_through_exiftool(tagged: Shelf) -> None:
    names = ["a, b", "a/b", "x|y", "🐕 dog", "<&>"]
    for name in names:
        tagged.library.add_tag(name, tagged.ids("two.jpg"))
    tagged.library.write_sidecars()
    path = tagged.root / "two.jpg.xmp"
    assert set(exiftool.words(path, "XMP-dc:Subject")) == set(names)
    exiftool.write(
        path, "-XMP-dc:Subject+=von exiftool", "-XMP-xmp:Rating=2", "-XMP-dc:Subject-=a/b",
        "-XMP-lr:HierarchicalSubject-=a/b",
    )  # fmt: skip
    tagged.scan()
    assert tagged.tags("two.jpg") == {*names, "von exiftool"}
    assert tagged.photo("two.jpg").rating == 2
    before = (tagged.root / "two.jpg").read_bytes()
    tagged.library.write_sidecars()
    assert set(exiftool.words(path, "XMP-dc:Subject")) == {*names, "von exiftool"}
    assert exiftool.tags(path)["XMP-xmp:Rating"] == 2
    assert (tagged.root / "two.jpg").read_bytes() == before
