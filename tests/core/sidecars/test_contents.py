"""What is written into a sidecar: exactly what was meant, and nothing of others is lost. No disk, no library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from core.file_words import FileWords
from core.images.metadata import xmp
from core.sidecars import contents
from core.sidecars.contents import Wanted
from core.sidecars.document import ForeignDocument
from tests.core.sidecars import foreign
from tests.support import exiftool

SUBJECT, HIERARCHY, LIST = "XMP-dc:Subject", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList"
HARD_NAMES = ("Zoë", "a, b", "a/b", "x|y", "🐕 dog", "日本", "<&>", '"quoted"', "ﬁ", "שלום", "it's", "42", "a; b")


def wanted(
    *names: str,
    paths: Mapping[str, tuple[str, ...]] | None = None,
    rating: int = 0,
    caption: str | None = None,
    embedded: FileWords | None = None,
) -> Wanted:
    return Wanted(names, paths or {}, rating, caption, embedded or FileWords())


def updated(content: bytes | None, what: Wanted) -> bytes:
    result = contents.update(content, what)
    assert result is not None
    return result


def said(content: bytes) -> FileWords:
    words = xmp.sidecar_words(content)
    assert words is not None
    return words


def everything_else(content: bytes) -> list[tuple[str, str | None, str]]:
    """Every element, attribute and comment that is not of our own properties, in order."""
    found: list[tuple[str, str | None, str]] = []
    root = etree.fromstring(content)
    ours = [one for name in ("subject", "hierarchicalSubject", "TagsList", "Rating", "description")
            for one in root.iter(f"{{*}}{name}")]  # fmt: skip
    skipped = {inner for one in ours for inner in one.iter()}
    for element in root.iter():
        if element in skipped:
            continue
        text = (element.text or "").strip()
        found.append((str(element.tag) if not callable(element.tag) else "comment", None, text))
        found += [
            (str(element.tag), str(name), str(value))
            for name, value in element.attrib.items()
            if not str(name).endswith("}Rating")
        ]
    return found


def test_nothing_to_say_makes_no_sidecar() -> None:
    assert contents.update(None, wanted()) is None


def test_a_new_sidecar_says_it_all() -> None:
    words = said(updated(None, wanted("Ann", "dog", paths={"ann": ("People", "Ann")}, rating=4, caption="Im Park")))
    assert set(words.keywords) == {"Ann", "dog"}
    assert words.paths == (("People", "Ann"),)
    assert (words.rating, words.caption) == (4, "Im Park")


def test_saying_it_twice_changes_nothing() -> None:
    what = wanted("Ann", "x|y", "a/b", paths={"ann": ("People", "Ann")}, rating=4, caption="Im Park")
    assert contents.update(updated(None, what), what) is None


@pytest.mark.parametrize("text", [foreign.DARKTABLE, foreign.LIGHTROOM])
def test_what_others_wrote_stays(text: str) -> None:
    before = text.encode()
    after = updated(before, wanted("kept", "new", rating=5, caption="mine"))
    assert everything_else(after) == everything_else(before)
    assert set(said(after).keywords) == {"kept", "new"}
    assert said(after).rating == 5
    assert after.startswith(b"<?xml") == before.startswith(b"<?xml")


def test_darktables_own_entries_and_the_kind_of_its_lists_stay() -> None:
    after = updated(foreign.DARKTABLE.encode(), wanted("kept", "new"))
    assert b"darktable|format|jpg" in after
    assert b"things|kept" in after
    assert b"things|old" not in after
    assert after.count(b"<rdf:Seq>") == 3
    assert b'xmp:Rating="0"' in after
    assert b"<!-- a comment that somebody needs -->" in after


def test_a_caption_in_two_languages_stays_as_it_is() -> None:
    after = updated(foreign.LIGHTROOM.encode(), wanted("new", caption="Caption"))
    assert said(after).caption == "Caption"
    assert b'xml:lang="de-DE">Text<' in after
    assert b"<![CDATA[x < y]]>" in after
    assert b'<?xpacket end="w"?>' in after


def test_taking_off_the_last_tag_of_a_picture_file_is_said() -> None:
    embedded = FileWords(keywords=("dog",), rating=3, states_keywords=True)
    words = said(updated(None, wanted(embedded=embedded)))
    assert words.states_keywords
    assert words.keywords == ()
    assert words.rating == 0


def test_a_rejected_picture_stays_rejected() -> None:
    before = updated(None, wanted("dog", rating=3)).replace(b">3<", b">-1<")
    assert b">-1<" in updated(before, wanted("dog", "cat"))


@pytest.mark.parametrize(
    "content",
    [b"", b"<x", b"no", b"<html/>", foreign.DARKTABLE.encode()[:900], foreign.DARKTABLE.encode("utf-16")[:-3],
     b"<!DOCTYPE x []>" + foreign.LIGHTROOM.encode(),
     b'<?xml version="1.0" encoding="EBCDIC-CP-US"?>' + foreign.LIGHTROOM.encode()],
)  # fmt: skip
def test_what_is_not_understood_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(ForeignDocument) as refused:
        contents.update(content, wanted("dog"))
    assert refused.value.title.endswith("it is left alone.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_the_encoding_stays(encoding: str) -> None:
    text = foreign.DARKTABLE.replace("UTF-8", encoding.upper().removesuffix("-SIG"))
    after = updated(text.encode(encoding), wanted("kept", "Zoë"))
    assert after[:3] == text.encode(encoding)[:3]
    assert set(said(after).keywords) == {"kept", "Zoë"}


@given(
    names=st.lists(st.text(min_size=1, max_size=40), max_size=8),
    before=st.lists(st.text(min_size=1, max_size=40), max_size=4),
    rating=st.integers(0, 5),
)
def test_any_tag_names_are_read_back_as_they_were(names: list[str], before: list[str], rating: int) -> None:
    def tidy(words: list[str]) -> dict[str, str]:
        clean = (" ".join(contents.writable(one).split()) for one in words)
        return {one.casefold(): one for one in reversed(list(clean)) if one}

    first = contents.update(None, wanted(*tidy(before).values(), rating=1))
    wished = tidy(names)
    after = contents.update(first, wanted(*wished.values(), rating=rating)) or first
    assert after is not None
    words = said(after)
    assert {one.casefold() for one in words.keywords} == set(wished)
    assert {one for one in words.keywords if one.casefold() not in tidy(before)} == {
        one for key, one in wished.items() if key not in tidy(before)
    }
    assert words.rating == rating


@exiftool.needed
def test_exiftool_reads_every_hard_name_exactly(tmp_path: Path) -> None:
    path = tmp_path / "one.jpg.xmp"
    what = wanted(*HARD_NAMES, "Ann", paths={"ann": ("People", "Ann")}, rating=4, caption="Grüße, <b> & 🐕")
    path.write_bytes(updated(None, what))
    assert exiftool.words(path, SUBJECT) == [*HARD_NAMES, "Ann"]
    assert exiftool.words(path, HIERARCHY) == [*(one for one in HARD_NAMES if "|" not in one), "People|Ann"]
    assert exiftool.words(path, LIST) == [*(one for one in HARD_NAMES if "/" not in one), "People/Ann"]
    found = exiftool.tags(path)
    assert found["XMP-xmp:Rating"] == 4
    assert found["XMP-dc:Description"] == "Grüße, <b> & 🐕"


@exiftool.needed
@pytest.mark.parametrize("text", [foreign.DARKTABLE, foreign.LIGHTROOM])
def test_exiftool_finds_all_that_others_wrote(tmp_path: Path, text: str) -> None:
    path = tmp_path / "one.jpg.xmp"
    path.write_text(text, encoding="utf-8")
    before = exiftool.tags(path)
    path.write_bytes(updated(path.read_bytes(), wanted("kept", "new", rating=5, caption="Caption")))
    after = exiftool.tags(path)
    ours = (SUBJECT, HIERARCHY, "XMP-xmp:Rating", "XMP-dc:Description")
    system = ("System:", "File:")
    assert {name: value for name, value in before.items() if name not in ours and not name.startswith(system)} == {
        name: value for name, value in after.items() if name not in ours and not name.startswith(system)
    }
    assert exiftool.words(path, SUBJECT) == ["kept", "new"]


@exiftool.needed
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Z"]),
                              min_size=1, max_size=30), min_size=1, max_size=20, unique_by=str.casefold))  # fmt: skip
def test_exiftool_reads_any_names(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "one.xmp"
    path.write_bytes(updated(None, wanted(*names)))
    assert exiftool.words(path, SUBJECT) == [contents.writable(one) for one in names]
