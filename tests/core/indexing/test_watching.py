"""Real watchdog on real folders: what happens on disk reaches the library by itself."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest

from core.indexing import disk, indexer, settling
from core.indexing import watcher as watcher_module
from core.indexing.watcher import Watcher
from tests.support.libraries import Shelf, add_picture, picture_bytes, wait_until


@pytest.fixture
def live(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A library that follows its folder, a little faster than people need."""
    monkeypatch.setattr(settling, "QUIET_S", 0.1)
    monkeypatch.setattr(indexer, "ROOT_CHECK_S", 0.3)
    shelf.picture("first.png")
    shelf.picture("sub/second.png", "green")
    shelf.library.add_folder(shelf.root)
    shelf.library.start()
    shows(shelf, "first.png", "sub/second.png")
    wait_until(lambda: shelf.library.status().embedded == 2, "embedding")
    return shelf


def shows(shelf: Shelf, *names: str) -> None:
    wait_until(lambda: shelf.names() == sorted(names), f"the library showing {names}")


def test_a_new_file_is_seen_and_becomes_searchable(live: Shelf) -> None:
    live.picture("new.png", "blue")
    shows(live, "first.png", "new.png", "sub/second.png")
    wait_until(lambda: live.found("blue")[0] == "new.png", "finding it")


def test_a_file_that_is_written_slowly_ends_up_readable(live: Shelf) -> None:
    content = picture_bytes("blue", "slow", size=(200, 200))
    with (live.root / "slow.png").open("wb") as file:
        for start in range(0, len(content), 50):
            file.write(content[start : start + 50])
            file.flush()
            if start == 100:
                wait_until(live.library.problems, "the half file being looked at")
    shows(live, "first.png", "slow.png", "sub/second.png")
    wait_until(lambda: live.library.problems() == [], "the problem going away")


def test_moves_keep_tags_and_embeddings(live: Shelf) -> None:
    live.library.add_tag("mine", live.ids("first.png"))
    (live.root / "first.png").rename(live.root / "sub" / "moved.png")
    shows(live, "sub/moved.png", "sub/second.png")
    (live.root / "sub").rename(live.root / "renamed")
    shows(live, "renamed/moved.png", "renamed/second.png")

    assert live.tags("renamed/moved.png") == {"mine"}
    assert live.encoder().images_encoded == 2


def test_deleted_files_and_folders_leave(live: Shelf) -> None:
    (live.root / "first.png").unlink()
    shows(live, "sub/second.png")
    live.picture("third.png")
    shows(live, "sub/second.png", "third.png")
    shutil.rmtree(live.root / "sub")
    shows(live, "third.png")


def test_a_new_sub_folder_with_files_and_what_comes_into_it_later(live: Shelf) -> None:
    add_picture(live.root.parent / "prepared" / "deep" / "a.png", seed="a")
    (live.root.parent / "prepared").rename(live.root / "arrived")
    shows(live, "arrived/deep/a.png", "first.png", "sub/second.png")
    live.picture("arrived/deep/b.png")
    shows(live, "arrived/deep/a.png", "arrived/deep/b.png", "first.png", "sub/second.png")
    live.picture("x/y/z/c.png")
    wait_until(lambda: "x/y/z/c.png" in live.names(), "a file some folders down")


def test_an_edit_is_embedded_again(live: Shelf) -> None:
    live.picture("first.png", "blue", seed="edited")
    wait_until(lambda: live.encoder().images_encoded == 3, "embedding the new content")
    wait_until(lambda: live.found("blue")[0] == "first.png", "finding the new content")


def test_hidden_folders_are_not_watched_either(live: Shelf) -> None:
    live.picture(".thumbnails/t.png")
    live.picture("@eaDir/t.png")
    live.picture("seen.png")
    shows(live, "first.png", "seen.png", "sub/second.png")
    (live.root / ".thumbnails" / "t.png").touch()
    live.picture("last.png")
    shows(live, "first.png", "last.png", "seen.png", "sub/second.png")


def test_the_folder_goes_away_and_comes_back(live: Shelf, tmp_path: Path) -> None:
    away = live.root.rename(tmp_path / "away")
    wait_until(lambda: live.folder.is_offline, "noticing that the folder is away")
    assert live.names() == ["first.png", "sub/second.png"]
    wait_until(lambda: any("offline" in notice.title for notice in live.heard.notices()), "the notice")

    add_picture(away / "meanwhile.png", seed="meanwhile")
    away.rename(live.root)
    wait_until(lambda: not live.folder.is_offline, "noticing that it is back")
    shows(live, "first.png", "meanwhile.png", "sub/second.png")
    live.picture("after.png")
    shows(live, "after.png", "first.png", "meanwhile.png", "sub/second.png")
    assert live.encoder().images_encoded >= 3


def test_a_folder_replaced_by_another_one_of_the_same_name_is_followed(live: Shelf, tmp_path: Path) -> None:
    """As a sync program does it; the operating system's watch belongs to the old folder."""
    add_picture(tmp_path / "fresh" / "fresh.png", seed="fresh")
    shutil.rmtree(live.root)
    (tmp_path / "fresh").rename(live.root)
    shows(live, "fresh.png")
    live.picture("after.png")
    shows(live, "after.png", "fresh.png")


def test_folders_come_and_go_while_the_library_is_open(live: Shelf, tmp_path: Path) -> None:
    other = add_picture(tmp_path / "other" / "o.png", seed="o").parent
    folder = live.library.add_folder(other)
    wait_until(lambda: len(live.all_photos()) == 3, "the new folder's photo")
    add_picture(other / "p.png", seed="p")
    wait_until(lambda: len(live.all_photos()) == 4, "watching the new folder")
    live.library.remove_folder(folder.id)
    add_picture(other / "q.png", seed="q")
    live.picture("marker.png")
    shows(live, "first.png", "marker.png", "sub/second.png")


def test_no_progress_is_shown_for_work_that_is_over(live: Shelf) -> None:
    """Pausing must not bring finished scans back into the progress strip."""
    for number in range(3):
        live.picture(f"{number}.png")
        wait_until(lambda number=number: f"{number}.png" in live.names(), "the file")  # type: ignore[misc]
    wait_until(lambda: live.library.status().embedded == 5, "embedding")
    wait_until(lambda: live.library._work._jobs.is_idle, "the jobs' end")
    live.heard.events.clear()
    live.library.pause_indexing()
    live.library.resume_indexing()

    assert live.heard.progress("scan") == []


def test_pausing_holds_everything_and_resuming_goes_on(live: Shelf) -> None:
    live.library.pause_indexing()
    live.picture("new.png", "blue")
    wait_until(lambda: any(one.is_paused for one in live.heard.progress("scan")), "a scan that waits")
    assert "new.png" not in live.names()
    assert live.library.is_indexing_paused
    live.library.resume_indexing()
    shows(live, "first.png", "new.png", "sub/second.png")
    wait_until(lambda: live.library.status().embedded == 3, "embedding")


def test_an_encoder_that_fails_is_told_and_does_not_end_the_work(live: Shelf) -> None:
    encoder = live.encoder()
    encode = encoder.encode_prepared

    def out_of_memory(images: object) -> object:
        encoder.encode_prepared = encode  # type: ignore[method-assign]
        raise RuntimeError("CUDA out of memory")

    encoder.encode_prepared = out_of_memory  # type: ignore[method-assign,assignment]
    live.picture("new.png", "blue")
    wait_until(lambda: any(one.level == "error" for one in live.heard.notices()), "the notice")
    live.picture("next.png", "blue")
    wait_until(lambda: live.library.status().embedded == 4, "going on with the next change")


def test_closing_in_the_middle_loses_nothing(live: Shelf) -> None:
    for number in range(100):
        live.picture(f"{number}.png")
    wait_until(lambda: len(live.all_photos()) > 5, "the first of many")
    live.reopen()
    live.library.start()
    wait_until(lambda: live.library.status().embedded == 102, "the rest")
    assert len(live.names()) == 102


def test_closing_while_paused_ends_at_once(live: Shelf) -> None:
    live.library.pause_indexing()
    live.picture("new.png")
    wait_until(lambda: any(one.is_paused for one in live.heard.progress("scan")), "a scan that waits")
    live.library.close()


def test_a_catalog_that_is_away_for_a_while_ends_nothing(live: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's own drive was pulled out: following the folders goes on when it is back."""
    monkeypatch.setattr(indexer, "TRY_AGAIN_S", 0.3)
    catalog = live.library._catalog
    wait_until(lambda: live.library._work._jobs.is_idle, "the jobs' end")
    home = live.places.catalog.parent
    with contextlib.ExitStack() as readers:
        for _ in range(8):  # whoever wants to read now has to open the file
            readers.enter_context(catalog.reading())
        away = home.rename(home.with_name("away"))
        live.picture("new.png", "blue")
        wait_until(lambda: any(one.level == "error" for one in live.heard.notices()), "the notice")
        away.rename(home)
    shows(live, "first.png", "new.png", "sub/second.png")
    wait_until(lambda: live.library.status().embedded == 3, "embedding")


# -- the parts -----------------------------------------------------------------------------------------------------


def test_the_watcher_reports_no_reading(tmp_path: Path) -> None:
    picture = add_picture(tmp_path / "a.png")
    heard: list[Path] = []
    watcher = Watcher(heard.append)
    watcher.watch(tmp_path)
    try:
        picture.read_bytes()
        (tmp_path / "notes.txt").write_text("no picture")
        add_picture(tmp_path / "b.png")
        wait_until(lambda: tmp_path / "b.png" in heard, "an event")
        assert set(heard) == {tmp_path / "b.png"}
    finally:
        watcher.close()


def test_looking_at_single_paths_finds_what_a_walk_finds(tmp_path: Path) -> None:
    for name in ("a.png", "sub/b.png", "sub/deep/c.png", ".hidden/d.png", "sub/.hidden/deep/e.png", "notes.txt"):
        add_picture(tmp_path / name)
    walked = {file.path for file in disk.walk(tmp_path)}
    every = list(tmp_path.rglob("*"))
    single = {file.path for path in every for file in disk.at(tmp_path, [path])}
    assert walked == single == {tmp_path / "a.png", tmp_path / "sub/b.png", tmp_path / "sub/deep/c.png"}
    assert {file.path for file in disk.at(tmp_path, [tmp_path])} == walked
    assert list(disk.at(tmp_path, [tmp_path / "missing" / "x.png"])) == []


class Mount(NamedTuple):
    mountpoint: str
    fstype: str


def test_a_folder_on_another_computer_is_polled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = [Mount("/", "ext4"), Mount(str(tmp_path), "nfs4")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_which: mounts)
    monkeypatch.setattr(watcher_module, "POLL_INTERVAL_S", 0.1)
    assert watcher_module.is_remote(tmp_path / "deep" / "inside")
    assert not watcher_module.is_remote(tmp_path.parent)
    seen: list[Path] = []
    watcher = Watcher(seen.append)
    assert not watcher.watch(tmp_path), "the system would promise events and give none"
    path = add_picture(tmp_path / "new.png")
    wait_until(lambda: path in seen)
    watcher.close()
