"""Keywords, stars, captions and faces of files and sidecars become tags and marks that follow the file."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from core.indexing import disk
from tests.support import exiftool
from tests.support.libraries import Shelf
from tests.support.pictures import make_xmp

FACES = (
    '<mwg:Regions xmlns:mwg="http://www.metadataworkinggroup.com/schemas/regions/" rdf:parseType="Resource">'
    '<mwg:RegionList><rdf:Bag><rdf:li><rdf:Description mwg:Name="Zoë" mwg:Type="Face"/></rdf:li>'
    '<rdf:li rdf:parseType="Resource"><mwg:Name>a bar code</mwg:Name><mwg:Type>BarCode</mwg:Type></rdf:li>'
    '<rdf:li rdf:parseType="Resource"><mwg:Name>Ann</mwg:Name><mwg:Type>Face</mwg:Type></rdf:li>'
    "</rdf:Bag></mwg:RegionList></mwg:Regions>"
)
MICROSOFT_FACES = (
    '<MP:RegionInfo xmlns:MP="http://ns.microsoft.com/photo/1.2/" rdf:parseType="Resource"'
    ' xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#"'
    ' xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#"><MPRI:Regions><rdf:Bag>'
    '<rdf:li MPReg:PersonDisplayName="Ola"/></rdf:Bag></MPRI:Regions></MP:RegionInfo>'
)
HIERARCHY = (
    '<lr:hierarchicalSubject xmlns:lr="http://ns.adobe.com/lightroom/1.0/"><rdf:Bag><rdf:li>People|Ann</rdf:li>'
    "<rdf:li>darktable|exported</rdf:li></rdf:Bag></lr:hierarchicalSubject>"
    '<digiKam:TagsList xmlns:digiKam="http://www.digikam.org/ns/1.0/"><rdf:Seq><rdf:li>Places/Lisbon</rdf:li>'
    "</rdf:Seq></digiKam:TagsList>"
)


def subject(*words: str) -> str:
    return "<dc:subject><rdf:Bag>" + "".join(f"<rdf:li>{one}</rdf:li>" for one in words) + "</rdf:Bag></dc:subject>"


def stars(rating: int) -> str:
    return f"<xmp:Rating>{rating}</xmp:Rating>"


def caption(text: str) -> str:
    return f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></dc:description>'


def jpeg(path: Path, xmp: str | None = None, colour: str = "red") -> Path:
    stored = io.BytesIO()
    Image.new("RGB", (32, 24), colour).save(stored, "JPEG", **({"xmp": make_xmp(xmp)} if xmp is not None else {}))
    path.write_bytes(stored.getvalue())
    return path


def sidecar(path: Path, properties: str) -> Path:
    path.write_bytes(make_xmp(properties))
    return path


def sources(shelf: Shelf, name: str) -> dict[str, str]:
    details = shelf.library.details(shelf.photo(name).id)
    return {tag.name: tag.source for tag in details.tags}


def said_caption(shelf: Shelf, name: str) -> str | None:
    return shelf.library.details(shelf.photo(name).id).caption


def test_a_files_words_become_tags_stars_and_caption(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg", subject("dog", "snow") + stars(4) + caption("In the park"))
    shelf.watch_root()
    assert sources(shelf, "one.jpg") == {"dog": "file", "snow": "file"}
    assert shelf.photo("one.jpg").rating == 4
    assert said_caption(shelf, "one.jpg") == "In the park"
    assert shelf.found("snow")[0] == "one.jpg"


@pytest.mark.parametrize("name", ["one.jpg.xmp", "one.xmp", "one.XMP"])
def test_a_sidecar_beside_the_photo_is_read(shelf: Shelf, name: str) -> None:
    jpeg(shelf.root / "one.jpg")
    sidecar(shelf.root / name, subject("dog") + stars(3) + caption("Rex"))
    shelf.watch_root()
    assert shelf.tags("one.jpg") == {"dog"}
    assert shelf.photo("one.jpg").rating == 3
    assert said_caption(shelf, "one.jpg") == "Rex"


def test_hierarchies_and_faces_become_plain_names(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg")
    sidecar(shelf.root / "one.jpg.xmp", HIERARCHY + FACES + MICROSOFT_FACES)
    shelf.watch_root()
    assert shelf.tags("one.jpg") == {"Ann", "Lisbon", "Zoë", "Ola"}


def test_a_short_named_sidecar_of_two_photos_is_the_raw_files_or_nobodys() -> None:
    from core.images.sidecar_names import Beside

    names = ["a.jpg", "a.cr2", "a.xmp", "b.jpg", "b.png", "b.xmp", "b.png.xmp", "c.jpg", "c.xmp"]
    beside = Beside(names)
    found = {name: beside.sidecar_of(name) for name in names if not name.endswith(".xmp")}
    assert found == {
        "a.jpg": None, "a.cr2": "a.xmp", "b.jpg": None, "b.png": "b.png.xmp", "c.jpg": "c.xmp",
    }  # fmt: skip


def test_a_sidecar_that_comes_changes_and_goes_is_followed(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg", subject("dog") + stars(1))
    shelf.watch_root()
    beside = sidecar(shelf.root / "one.jpg.xmp", subject("cat", "cushion") + stars(5))
    shelf.scan()
    assert shelf.tags("one.jpg") == {"cat", "cushion"}
    assert shelf.photo("one.jpg").rating == 5
    sidecar(beside, subject("cat") + stars(2) + caption("Asleep"))
    shelf.scan()
    assert shelf.tags("one.jpg") == {"cat"}
    assert (shelf.photo("one.jpg").rating, said_caption(shelf, "one.jpg")) == (2, "Asleep")
    beside.unlink()
    shelf.scan()
    assert shelf.tags("one.jpg") == {"dog"}
    assert (shelf.photo("one.jpg").rating, said_caption(shelf, "one.jpg")) == (1, None)


def test_a_photo_edited_by_another_program_brings_its_new_words(shelf: Shelf) -> None:
    path = jpeg(shelf.root / "one.jpg", subject("dog"))
    shelf.watch_root()
    shelf.library.add_tag("mine", shelf.ids("one.jpg"))
    jpeg(path, subject("cat"))
    shelf.scan()
    assert sources(shelf, "one.jpg") == {"cat": "file", "mine": "user"}


def test_what_a_person_tagged_stays_when_the_file_drops_it(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg")
    beside = sidecar(shelf.root / "one.jpg.xmp", subject("dog", "snow"))
    shelf.watch_root()
    shelf.library.add_tag("dog", shelf.ids("one.jpg"))
    sidecar(beside, subject("tree"))
    shelf.scan()
    assert sources(shelf, "one.jpg") == {"dog": "user", "tree": "file"}


def test_a_tag_taken_off_in_recollect_comes_back_only_when_the_file_says_it_anew(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg")
    beside = sidecar(shelf.root / "one.jpg.xmp", subject("dog", "snow"))
    shelf.watch_root()
    shelf.library.remove_tag("dog", shelf.ids("one.jpg"))
    sidecar(beside, subject("dog", "snow", "tree"))
    shelf.scan()
    assert shelf.tags("one.jpg") == {"snow", "tree"}
    sidecar(beside, subject("snow"))
    shelf.scan()
    sidecar(beside, subject("snow", "dog"))
    shelf.scan()
    assert shelf.tags("one.jpg") == {"snow", "dog"}


def test_a_renamed_tag_is_the_persons_and_survives_the_next_reading(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg")
    beside = sidecar(shelf.root / "one.jpg.xmp", subject("Anne"))
    shelf.watch_root()
    (tag,) = shelf.library.tags()
    shelf.library.rename_tag(tag.id, "Ann")
    sidecar(beside, subject("Anne") + stars(2))
    shelf.scan()
    assert shelf.tags("one.jpg") == {"Ann"}


@pytest.mark.parametrize("given", [0, 3])
def test_stars_given_in_recollect_stay_those_of_the_file_are_followed(shelf: Shelf, given: int) -> None:
    for name in ("mine.jpg", "other.jpg"):
        jpeg(shelf.root / name, colour="red" if name == "mine.jpg" else "blue")
        sidecar(shelf.root / f"{name}.xmp", stars(5))
    shelf.watch_root()
    shelf.library.set_rating(shelf.ids("mine.jpg"), given)
    for name in ("mine.jpg", "other.jpg"):
        sidecar(shelf.root / f"{name}.xmp", stars(4) + subject("x"))
    shelf.scan()
    assert (shelf.photo("mine.jpg").rating, shelf.photo("other.jpg").rating) == (given, 4)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"<x:xmpmeta", b"PK\x03\x04", b"\xff\xfe\x00", b"<html><body>no</body></html>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&a;</x:xmpmeta>',
    ],
)  # fmt: skip
def test_a_broken_sidecar_changes_nothing_is_said_and_read_again_once_whole(shelf: Shelf, content: bytes) -> None:
    jpeg(shelf.root / "one.jpg")
    beside = sidecar(shelf.root / "one.jpg.xmp", subject("dog"))
    shelf.watch_root()
    beside.write_bytes(content)
    shelf.scan()
    assert shelf.tags("one.jpg") == {"dog"}
    (problem,) = shelf.library.sidecar_status().problems
    assert problem.path == shelf.root / "one.jpg"
    assert problem.reason.endswith("it is left alone.")
    sidecar(beside, subject("cat", "tree"))
    shelf.scan()
    assert shelf.tags("one.jpg") == {"cat", "tree"}
    assert shelf.library.sidecar_status().problems == ()


def test_a_photo_that_moves_with_its_sidecar_keeps_its_words(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg")
    sidecar(shelf.root / "one.jpg.xmp", subject("dog"))
    shelf.watch_root()
    before = shelf.photo("one.jpg").id
    (shelf.root / "sub").mkdir()
    for name in ("one.jpg", "one.jpg.xmp"):
        (shelf.root / name).rename(shelf.root / "sub" / name)
    shelf.scan()
    assert shelf.photo("sub/one.jpg").id == before
    assert shelf.tags("sub/one.jpg") == {"dog"}


def test_a_photo_that_moves_without_its_sidecar_loses_nothing(shelf: Shelf) -> None:
    """Another program moved the picture only; what the sidecar said, also against the picture, stays with the photo."""
    jpeg(shelf.root / "one.jpg", subject("puppy") + stars(1))
    beside = sidecar(shelf.root / "one.jpg.xmp", subject("dog", "snow") + stars(4) + caption("Rex"))
    shelf.watch_root()
    (shelf.root / "sub").mkdir()
    (shelf.root / "one.jpg").rename(shelf.root / "sub" / "one.jpg")
    shelf.scan()
    assert sources(shelf, "sub/one.jpg") == {"dog": "user", "snow": "user"}
    assert (shelf.photo("sub/one.jpg").rating, said_caption(shelf, "sub/one.jpg")) == (4, "Rex")
    assert shelf.library.sidecar_status().waiting_count == 1, "it can have a sidecar of its own again"
    assert beside.exists()

    beside.rename(shelf.root / "sub" / "one.jpg.xmp")
    shelf.scan()
    assert shelf.tags("sub/one.jpg") == {"dog", "snow"}
    assert shelf.library.sidecar_status().waiting_count == 0


@pytest.mark.parametrize("looks_in_between", [True, False])
def test_a_slow_move_without_the_sidecar_loses_nothing(shelf: Shelf, looks_in_between: bool) -> None:
    """To another drive: the picture is copied, then deleted; its sidecar is forgotten."""
    jpeg(shelf.root / "one.jpg", subject("puppy"))
    sidecar(shelf.root / "one.jpg.xmp", subject("puppy", "snow") + stars(4) + caption("Rex"))
    shelf.watch_root()
    (shelf.root / "copy.jpg").write_bytes((shelf.root / "one.jpg").read_bytes())
    if looks_in_between:
        shelf.scan()
        assert sources(shelf, "copy.jpg") == {"puppy": "file", "snow": "user"}
    (shelf.root / "one.jpg").unlink()
    shelf.scan()
    os.utime(shelf.root / "copy.jpg")
    shelf.scan()
    assert shelf.tags("copy.jpg") == {"puppy", "snow"}
    assert (shelf.photo("copy.jpg").rating, said_caption(shelf, "copy.jpg")) == (4, "Rex")
    jpeg(shelf.root / "copy.jpg", subject("dog"))
    shelf.scan()
    assert shelf.tags("copy.jpg") == {"dog", "snow"}, "what the file says itself still follows the file"


def test_a_photo_that_takes_the_place_of_another_does_not_take_the_words_of_its_sidecar(shelf: Shelf) -> None:
    for name, word in (("sea.jpg", "sea"), ("dune.jpg", "dune"), ("wood.jpg", "wood")):
        jpeg(shelf.root / name, caption(name))
        sidecar(shelf.root / f"{name}.xmp", subject(word) + stars(len(word)))
    shelf.watch_root()
    (shelf.root / "sea.jpg").rename(shelf.root / "dune.jpg")  # over it; both sidecars stay where they are
    (shelf.root / "wood.jpg").write_bytes((shelf.root / "dune.jpg").read_bytes())
    shelf.scan()
    assert shelf.tags("dune.jpg") == {"sea"}
    assert shelf.tags("wood.jpg") == {"sea"}, "a copy has what its original has"
    assert [shelf.photo(name).rating for name in ("dune.jpg", "wood.jpg")] == [3, 3]
    assert shelf.scan().changed == 0
    assert shelf.tags("dune.jpg") == {"sea"}, "nor at the next look"

    shelf.library.write_sidecars()
    assert b"<rdf:li>dune" not in (shelf.root / "dune.jpg.xmp").read_bytes()
    shelf.scan()
    assert shelf.tags("dune.jpg") == {"sea"}
    sidecar(shelf.root / "dune.jpg.xmp", subject("sea", "new"))
    shelf.scan()
    assert shelf.tags("dune.jpg") == {"sea", "new"}, "another program's new words count"


def test_two_photos_that_change_names_with_their_sidecars_keep_their_words(shelf: Shelf) -> None:
    for name, word in (("sea.jpg", "sea"), ("dune.jpg", "a dune")):
        jpeg(shelf.root / name, caption(name))
        sidecar(shelf.root / f"{name}.xmp", subject(word))
    shelf.watch_root()
    for suffix in (".jpg", ".jpg.xmp"):
        (shelf.root / f"sea{suffix}").rename(shelf.root / "aside")
        (shelf.root / f"dune{suffix}").rename(shelf.root / f"sea{suffix}")
        (shelf.root / "aside").rename(shelf.root / f"dune{suffix}")
    shelf.scan()
    assert (sources(shelf, "sea.jpg"), sources(shelf, "dune.jpg")) == ({"a dune": "file"}, {"sea": "file"})


def test_a_changed_sidecar_costs_no_reading_of_its_photo(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    jpeg(shelf.root / "one.jpg")
    shelf.watch_root()
    sidecar(shelf.root / "one.jpg.xmp", subject("dog"))
    (shelf.root / "one.jpg").chmod(0)  # of no use to root: so its content goes, too
    status = (shelf.root / "one.jpg").stat()
    (shelf.root / "one.jpg").write_bytes(b"x" * status.st_size)
    os.utime(shelf.root / "one.jpg", ns=(status.st_mtime_ns, status.st_mtime_ns))
    report = shelf.scan()
    assert report.changed == 0
    assert report.unreadable == ()
    assert shelf.tags("one.jpg") == {"dog"}


def test_the_sidecars_photos_are_what_a_report_of_the_watcher_is_about(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.cr2", "b.jpg", "a.jpg.xmp"):
        (tmp_path / name).touch()
    found = disk.with_pictures_of_sidecars([tmp_path / "a.xmp", tmp_path / "b.jpg.xmp", tmp_path / "sub"])
    assert {path.name for path in found} >= {"a.jpg", "a.cr2", "b.jpg", "sub"}
    assert tmp_path / "a.jpg.xmp" not in found


@exiftool.needed
def test_what_exiftool_writes_into_a_jpeg_is_read(shelf: Shelf) -> None:
    path = jpeg(shelf.root / "one.jpg")
    names = ["Zoë", "a, b", "a/b", "x|y", "🐕 dog", "日本", "<&>"]
    exiftool.write(path, *(f"-XMP-dc:Subject={name}" for name in names), "-XMP-xmp:Rating=3", "-IPTC:Keywords=press")
    shelf.watch_root()
    assert shelf.tags("one.jpg") == {*names, "press"}
    assert shelf.photo("one.jpg").rating == 3


@exiftool.needed
def test_what_exiftool_writes_into_a_sidecar_is_read(shelf: Shelf) -> None:
    jpeg(shelf.root / "one.jpg")
    exiftool.write(
        shelf.root / "one.jpg.xmp", "-XMP-dc:Subject=Ann", "-XMP-lr:HierarchicalSubject=People|Ann",
        "-XMP-digiKam:TagsList=Places/Lisbon", "-XMP-dc:Description=Grüße", "-XMP-xmp:Rating=2",
        "-RegionInfo={RegionList=[{Name=Ola,Type=Face}]}",
    )  # fmt: skip
    shelf.watch_root()
    assert shelf.tags("one.jpg") == {"Ann", "Lisbon", "Ola"}
    assert (shelf.photo("one.jpg").rating, said_caption(shelf, "one.jpg")) == (2, "Grüße")
