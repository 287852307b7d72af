"""A sidecar that belongs to one photo only goes to the trash with it; one that says something about others stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.images import sidecar_names
from core.sidecars import companions
from tests.core.sidecars.test_reading import jpeg, sidecar, subject
from tests.support.libraries import Shelf


@pytest.mark.parametrize(
    ("leaving", "names", "along"),
    [
        (["a.jpg"], ["a.jpg", "a.jpg.xmp", "b.jpg", "b.jpg.xmp"], {"a.jpg.xmp"}),
        (["a.jpg"], ["a.jpg", "a.xmp"], {"a.xmp"}),
        (["a.jpg"], ["a.jpg", "a.XMP"], {"a.XMP"}),
        (["a.cr2"], ["a.cr2", "a.jpg", "a.xmp"], set()),
        (["a.cr2", "a.jpg"], ["a.cr2", "a.jpg", "a.xmp"], {"a.xmp"}),
        (["a.jpg"], ["a.cr2", "a.jpg", "a.xmp"], set()),
        (["a.jpg", "a.png"], ["a.jpg", "a.png", "a.xmp"], set()),
        (["a.jpg"], ["a.jpg", "notes.xmp", ".a.jpg.xmp"], set()),
        (["gone.jpg"], ["a.jpg", "a.jpg.xmp"], set()),
    ],
)
def test_which_sidecars_are_only_theirs(leaving: list[str], names: list[str], along: set[str]) -> None:
    assert set(sidecar_names.only_of(leaving, names)) == along


def test_a_folder_that_is_away_has_no_sidecars(tmp_path: Path) -> None:
    assert companions.of_photos([tmp_path / "away" / "a.jpg"]) == {}


def test_the_sidecar_goes_along_and_comes_back_with_the_photo(shelf: Shelf) -> None:
    for name, word in (("one.jpg", "dog"), ("two.jpg", "cat")):
        jpeg(shelf.root / name, caption_of(name))
        sidecar(shelf.root / f"{name}.xmp", subject(word))
    shelf.watch_root()
    one = shelf.ids("one.jpg")
    assert shelf.library.count_sidecars_leaving(one) == 1
    kept = {name: (shelf.root / name).read_bytes() for name in ("one.jpg", "one.jpg.xmp")}

    assert list(shelf.library.trash(one)) == one

    assert sorted(path.name for path in shelf.root.iterdir()) == ["two.jpg", "two.jpg.xmp"]
    assert shelf.scan().gone == 0, "the library knows already"
    for name, content in kept.items():
        (shelf.root / name).write_bytes(content)
    shelf.scan()
    assert (shelf.tags("one.jpg"), shelf.tags("two.jpg")) == ({"dog"}, {"cat"})


def test_a_photo_restored_without_its_sidecar_keeps_what_that_said(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg")
    sidecar(shelf.root / "one.jpg.xmp", subject("dog"))
    shelf.watch_root()
    kept = (shelf.root / "one.jpg").read_bytes()
    shelf.library.trash(shelf.ids("one.jpg"))
    (shelf.root / "one.jpg").write_bytes(kept)
    shelf.scan()
    assert shelf.tags("one.jpg") == {"dog"}


def caption_of(name: str) -> str:
    """Makes each picture a content of its own."""
    return subject(f"picture {name}")
