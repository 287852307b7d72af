"""Every command: what it prints, in words and as JSON, and its exit code."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from core import command_line
from core.library import Library
from core.places import places
from tests.core.command_line.conftest import Recollect, Said
from tests.support.libraries import add_picture


def failed(said: Said, *words: str) -> None:
    """One line on stderr, in words, and exit code 1; where JSON was asked for, the same as JSON."""
    assert said.code == 1
    assert said.out == "" or said.json["error"]["title"] in said.err
    assert re.fullmatch(r"recollect: [^\n]+\n", said.err)
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err


# -- index -------------------------------------------------------------------------------------------------------


def test_index_counts_in_json(recollect: Recollect, photos: Path) -> None:
    (photos / "bad.jpg").write_bytes(b"")
    said = recollect("index", photos, "--json")
    assert said.code == 0
    answer = said.json
    assert set(answer) == {"photos", "added", "changed", "moved", "gone", "unreadable", "offline", "elapsed_s"}
    assert [answer[key] for key in ("photos", "added", "changed", "moved", "gone", "offline")] == [3, 3, 0, 0, 0, []]
    assert answer["unreadable"] == [{"path": str(photos / "bad.jpg"), "reason": "The file is empty."}]


def test_index_again_sees_what_happened(recollect: Recollect, photos: Path, tmp_path: Path) -> None:
    recollect("index", photos)
    (photos / "red one.png").rename(photos / "renamed.png")
    (photos / "blue one.png").unlink()
    add_picture(photos / "green one.png", "green", "edited")
    add_picture(photos / "new.png", "white", "new")
    answer = recollect("index", photos, "--json").json
    assert [answer[key] for key in ("photos", "added", "changed", "moved", "gone")] == [3, 1, 1, 1, 1]
    answer = recollect("index", "--json").json
    assert [answer[key] for key in ("photos", "added", "changed", "moved", "gone")] == [3, 0, 0, 0, 0]


def test_index_in_words(recollect: Recollect, photos: Path) -> None:
    (photos / "bad\nname.jpg").write_bytes(b"")
    said = recollect("index", photos)
    assert said.code == 0
    assert said.out == (
        "3 added, 0 changed, 0 moved, 0 gone, 1 unreadable; the library has 3 photos.\n"
        f"  could not read {photos}/bad?name.jpg: The file is empty.\n"
    )


def test_index_several_folders_one_inside_the_other(recollect: Recollect, photos: Path) -> None:
    add_picture(photos / "inner" / "a.png", "white", "inner")
    answer = recollect("index", photos / "inner", photos, "--json").json
    assert (answer["photos"], answer["added"]) == (4, 4)


def test_index_of_a_folder_that_is_watched_with_its_parent(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    (photos / "inside").mkdir()
    add_picture(photos / "inside" / "new.png", "white", "new")
    assert recollect("index", photos / "inside", "--json").json["added"] == 1
    assert len(recollect("status", "--json").json["watched"]) == 1
    failed(recollect("index", photos / "nowhere"), "There is no folder")


def test_index_says_that_a_drive_is_away(recollect: Recollect, photos: Path, tmp_path: Path) -> None:
    recollect("index", photos)
    photos.rename(tmp_path / "away")
    said = recollect("index", "--json")
    assert (said.code, said.json["offline"], said.json["photos"]) == (0, [str(photos)], 3)


@pytest.mark.parametrize("name", ["missing", "x" * 300, "file.txt"])
def test_index_needs_a_folder(recollect: Recollect, tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("")
    failed(recollect("index", tmp_path / name), name[:20])


def test_index_fails_when_photos_cannot_be_embedded(
    recollect: Recollect, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work was not done: exit code 1, not 0."""
    from core.errors import LibraryError
    from tests.support.colour_encoder import ColourEncoder

    def broken(self: object, images: object) -> None:
        raise LibraryError("The encoder is damaged.", hint="Fetch it again.")

    monkeypatch.setattr(ColourEncoder, "encode_prepared", broken)
    said = recollect("index", photos)
    assert (said.code, said.err) == (1, "recollect: The encoder is damaged. Fetch it again.\n")


def test_a_failure_is_json_too_where_json_was_asked_for(recollect: Recollect, tmp_path: Path) -> None:
    said = recollect("index", tmp_path / "nowhere", "--json")
    assert said.code == 1
    assert set(said.json["error"]) == {"title", "detail", "hint"}
    assert said.json["error"]["title"] in said.err
    assert recollect("index", tmp_path / "nowhere").out == ""


class ClosedPipe(io.StringIO):
    """What `| head` leaves behind."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError

    def fileno(self) -> int:
        return os.open(os.devnull, os.O_WRONLY)


def test_a_failure_as_json_that_nobody_reads_any_more_ends_quietly(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", ClosedPipe())
    assert command_line.main(["index", str(tmp_path / "nowhere"), "--json"]) == 1


# -- search and similar ------------------------------------------------------------------------------------------


def test_search_in_json(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    said = recollect("search", "something green", "--json")
    assert said.code == 0
    answer = said.json
    assert set(answer) == {"query", "encoder", "elapsed_ms", "strong", "mistakes", "hits"}
    assert (answer["query"], answer["encoder"]) == ("something green", "colours")
    assert isinstance(answer["elapsed_ms"], float)
    assert [set(hit) for hit in answer["hits"]] == [{"path", "score", "reasons"}] * 3
    assert answer["hits"][0]["path"] == str(photos / "green one.png")
    assert Path(answer["hits"][0]["path"]).is_absolute()
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert set(answer["hits"][0]["reasons"][0]) == {"kind", "words", "strength"}


def test_search_words_need_no_quotes_and_the_limit_holds(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    answer = recollect("search", "something", "blue", "--limit", 1, "--json").json
    assert answer["query"] == "something blue"
    assert [hit["path"] for hit in answer["hits"]] == [str(photos / "blue one.png")]


def test_search_like_a_picture_and_words(recollect: Recollect, photos: Path, tmp_path: Path) -> None:
    recollect("index", photos)
    outside = add_picture(tmp_path / "outside.png", "blue", "outside")
    answer = recollect("search", "--like", outside, "--json").json
    assert answer["hits"][0]["path"] == str(photos / "blue one.png")
    assert answer["query"] == "outside.png"
    answer = recollect("search", "blue", "--like", outside, "--like", photos / "red one.png", "--json").json
    assert [Path(hit["path"]).name for hit in answer["hits"]] == ["blue one.png", "green one.png"]


def test_similar(recollect: Recollect, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_picture(photos / "red two.png", "red", "two")
    recollect("index", photos)
    monkeypatch.chdir(photos)
    answer = recollect("similar", "red one.png", "--json").json
    assert set(answer) == {"query", "encoder", "elapsed_ms", "strong", "mistakes", "hits"}
    paths = [hit["path"] for hit in answer["hits"]]
    assert paths[0] == str(photos / "red two.png")
    assert str(photos / "red one.png") not in paths


def test_search_in_words_says_what_is_good_and_what_is_weaker(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    said = recollect("search", "something red")
    assert said.code == 0
    assert str(photos / "red one.png") in said.out.splitlines()[0]
    assert re.search(r"\d+ good match(es)?, \d+ ms\.", said.out)


def test_searching_an_empty_library_says_what_to_do(recollect: Recollect) -> None:
    said = recollect("search", "red")
    assert said.code == 0
    assert "recollect index FOLDER" in said.out
    assert recollect("search", "red", "--json").json["hits"] == []


def test_searches_that_cannot_be(recollect: Recollect, photos: Path, tmp_path: Path) -> None:
    recollect("index", photos)
    failed(recollect("search"), "Nothing to search for")
    failed(recollect("search", "  "), "Nothing to search for")
    failed(
        recollect("similar", tmp_path / "missing.png"),
        "missing.png cannot be opened. No such file or directory. Choose",
    )
    (tmp_path / "text.png").write_text("text")
    failed(recollect("search", "--like", tmp_path / "text.png"), "text.png cannot be searched by")


def test_the_rest_of_a_query_with_a_mistake_is_answered(recollect: Recollect, photos: Path, tmp_path: Path) -> None:
    recollect("index", photos)
    (tmp_path / "text.png").write_text("text")
    said = recollect("search", "red", "albun:x", "--like", tmp_path / "text.png")
    assert said.code == 0
    assert "Did you mean “album:”?" in said.err
    assert "cannot be searched by" in said.err
    assert "red one.png" in said.out.splitlines()[0]
    assert recollect("search", "red", "albun:x", "--json").json["mistakes"] == [
        "“albun:” is not a filter. Did you mean “album:”?"
    ]


def test_words_with_a_minus_are_no_options(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    for words in (["something", "-horse"], ["-horse", "something", "--limit", 2], ["--", "-horse", "something"]):
        answer = recollect("search", "--json", *words).json
        assert answer["query"] == " ".join(str(word) for word in words[:3] if word not in ("--", "--limit", 2))
    answer = recollect("search", "--json", "-red").json
    assert answer["strong"] == 2
    assert recollect("search", "-h").out.startswith("usage:")


def test_a_filter_needs_no_quotes_inside_those_of_the_shell(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    said = recollect("search", "--json", "album:Summer 2023").json
    assert said["mistakes"] == ["No album is called “Summer 2023”."]
    found = recollect("search", "--json", "folder:photos", "red").json["hits"]
    assert Path(found[0]["path"]).name == "red one.png"


def test_a_whole_query_in_one_pair_of_quotation_marks_is_understood(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    for words in ("folder:photos red", "date:2000.. red", "has:gps red"):
        answer = recollect("search", "--json", words).json
        assert answer["query"] == words
        assert not any("red" in mistake for mistake in answer["mistakes"])
    assert Path(recollect("search", "--json", "folder:photos red").json["hits"][0]["path"]).name == "red one.png"


def test_the_order_is_by_date_within_the_good_and_the_weaker(recollect: Recollect, photos: Path) -> None:
    for number, name in enumerate(("green one.png", "blue one.png", "red one.png")):
        os.utime(photos / name, (1_000_000_000 + number,) * 2)
    recollect("index", photos)

    def names(order: str, words: str) -> list[str]:
        found = recollect("search", "--json", "--sort", order, words).json["hits"]
        return [Path(hit["path"]).name for hit in found]

    assert names("newest", "type:png") == ["red one.png", "blue one.png", "green one.png"]
    assert names("oldest", "type:png") == ["green one.png", "blue one.png", "red one.png"]
    assert names("newest", "green")[0] == "green one.png", "the cut comes first"


@pytest.mark.parametrize("words", ["x" * 10_000, "красный", "\udcff red", "--", "'; DROP TABLE photos"])
def test_odd_words_are_no_error(recollect: Recollect, photos: Path, words: str) -> None:
    recollect("index", photos)
    assert recollect("search", "--json", "--", words).code == 0
    assert recollect("status", "--json").json["photos"] == 3


# -- the other commands --------------------------------------------------------------------------------------------


def test_status(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    answer = recollect("status", "--json").json
    assert answer["watched"] == [{"path": str(photos), "photos": 3, "is_offline": False}]
    expected = {"photos": 3, "embedded": 3, "unreadable": 0, "folders": 1, "offline_folders": 0, "albums": 0, "tags": 0}
    assert {key: answer[key] for key in expected} == expected
    assert (answer["encoder"], answer["catalog"]) == ("colours", str(places().catalog))
    assert "3 photos, 3 of them searchable with colours." in recollect("status").out


def test_albums(recollect: Recollect, photos: Path) -> None:
    assert recollect("albums").out == "No album yet.\n"
    assert recollect("albums", "--json").json == []
    recollect("index", photos)
    with Library(places()) as library:
        ids = [int(one) for one in library.listing().ids]
        library.create_album("Été 🏖", ids[:2])  # type: ignore[arg-type]
    assert recollect("albums", "--json").json == [{"name": "Été 🏖", "photos": 2}]
    assert "2  Été 🏖" in recollect("albums").out


def test_albums_that_fill_themselves(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    made = recollect("albums", "create", "Reds", "--query", "red", "--json")
    assert made.code == 0
    assert made.json == {"name": "Reds", "photos": 1, "search": "red", "automatic": 1, "trouble": None}
    assert recollect("albums", "create", "Plain", "--json").json == {"name": "Plain", "photos": 0}
    like = recollect("albums", "create", "Like", "--like", photos / "blue one.png", "--json").json
    assert like["search"] == "like blue one.png"
    assert str(photos / "blue one.png") in recollect("albums", "show", "Like", "--json").json["paths"]

    add_picture(photos / "new.png", "red", "new")
    recollect("index", photos)
    shown = recollect("albums", "show", "reds", "--json").json
    assert sorted(Path(one).name for one in shown["paths"]) == ["new.png", "red one.png"]
    assert recollect("albums", "fill", "Reds", "--json").json == [
        {"name": "Reds", "added": [], "removed": [], "trouble": None}
    ]
    assert "Reds: 0 photos entered, 0 left." in recollect("albums", "fill").out
    assert "2  Reds  [red]" in recollect("albums", "list").out


def test_albums_that_cannot_be_made_or_filled(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    recollect("albums", "create", "Reds", "--query", "red")
    failed(recollect("albums", "create", "reds", "--query", "red"), "already an album called reds")
    failed(recollect("albums", "create", " "), "needs a name")
    failed(recollect("albums", "create", "Like", "--like", photos / "none.png"), "none.png")
    failed(recollect("albums", "fill", "Blues"), "no smart album Blues", "Reds")
    failed(recollect("albums", "show", "Blues"), "no album Blues")
    for query, sentence in (("tag:wall red", "No tag is called “wall”."), ('"red', "is not closed")):
        failed(recollect("albums", "create", "Walls", "--query", query, "--json"), sentence, "No album was made")
    assert [one["name"] for one in recollect("albums", "--json").json] == ["Reds"]


def test_albums_suggest(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    assert recollect("albums", "suggest").out == "No album stands out.\n"
    assert recollect("albums", "suggest", "--json").json == []


def test_tag_suggests_and_writes_nothing(recollect: Recollect, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recollect("index", photos)
    with Library(places()) as library:
        library.create_album("Holiday", [int(one) for one in library.listing().ids])  # type: ignore[misc]
        library.save_vocabulary('[groups.colours]\nwords = ["red", "green", "blue"]')
    for target in ("Holiday", "holiday", str(photos), photos.name):
        monkeypatch.chdir(photos.parent)
        answer = recollect("tag", target, "--suggest", "--json").json
        assert set(answer) == {"title", "suggestions"}
        pairs = {(Path(one["path"]).name, one["tag"]) for one in answer["suggestions"]}
        assert {("red one.png", "red"), ("green one.png", "green"), ("blue one.png", "blue")} <= pairs
        assert all(set(one) == {"path", "tag", "confidence", "source"} for one in answer["suggestions"])
    assert recollect("status", "--json").json["tags"] == 0
    assert re.search(r"\d+%  red +.*red one.png", recollect("tag", "Holiday", "--suggest").out)
    failed(recollect("tag", "Nowhere", "--suggest"), "Nowhere", "Holiday", str(photos))
    assert recollect("tag", "Holiday").code == 2


def test_tag_accepts_lists_and_undoes(recollect: Recollect, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(places()) as library:
        library.save_vocabulary('templates = ["{}"]\n[groups.colours]\nwords = ["red", "green", "blue"]\n')
    recollect("index", photos)
    accepted = recollect("tag", "--accept", "--only", "RED", "--above", "0.5", "--json").json
    assert accepted["tags_added"] == 1
    assert recollect("status", "--json").json["tags"] == 1
    (run,) = recollect("tag", "--runs", "--json").json
    assert (run["run"], run["tags"], run["is_undone"]) == (accepted["run"], 1, False)
    assert recollect("tag", "--suggest", "--like", "red", "--json").json["title"] == "red"
    failed(recollect("tag", "--undo", "404"), "no run 404", str(accepted["run"]))
    assert recollect("tag", "--undo", "--json").json["tags_removed"] == 1
    assert recollect("status", "--json").json["tags"] == 0
    failed(recollect("tag", "--undo"), "no run to take back")
    failed(recollect("tag", "--suggest", "--like", "our cat"), "our cat")
    assert recollect("tag", "--accept", "--above", "2").code == 2


def test_vocabulary_is_listed_changed_and_checked(recollect: Recollect, tmp_path: Path) -> None:
    said = recollect("vocabulary", "add", "our cabin", "--group", "family places", "--synonym", "hut", "--json")
    assert said.json == {"added": "our cabin", "group": "family places"}
    (group,) = recollect("vocabulary", "list", "Family places", "--json").json
    assert group["words"] == [{"word": "our cabin", "synonyms": ["hut"], "prompts": [], "is_enabled": True}]
    assert "    our cabin = hut\n" in recollect("vocabulary", "list").out
    failed(recollect("vocabulary", "add", "dog"), "already a word of animals")
    failed(recollect("vocabulary", "add", "cats, dogs"), "comma")
    assert recollect("vocabulary", "remove", "OUR cabin", "--json").json["removed"] == "our cabin"
    failed(recollect("vocabulary", "remove", "our cabin"), "no word our cabin")
    failed(recollect("vocabulary", "list", "nothing"), "no group nothing", "animals")
    broken = tmp_path / "broken.toml"
    broken.write_text('[groups.a]\nwords = ["x"\n\n[groups.b]\n', encoding="utf-8")
    failed(recollect("vocabulary", "check", broken), "Line 4")
    failed(recollect("vocabulary", "check", tmp_path / "nowhere.toml"), "nowhere.toml cannot be read")
    assert recollect("vocabulary", "check", "--json").json["words"] > 350


def test_encoders(recollect: Recollect, photos: Path) -> None:
    recollect("index", photos)
    answer = {one["name"]: one for one in recollect("encoders", "list", "--json").json}
    assert answer["colours"]["state"] == "active"
    assert answer["colours"]["embedded"] == 3
    assert answer["colours-2"]["state"] == "installed"
    assert answer["ViT-B-32-SigLIP2-256/webli"]["state"] == "available"
    assert "Apache-2.0" in recollect("encoders", "list").out
    assert recollect("encoders", "use", "colours-2").out == "colours-2 answers queries now.\n"
    assert recollect("search", "green", "--json").json["encoder"] == "colours-2"
    failed(recollect("encoders", "use", "colour"), "colours")
    failed(recollect("encoders", "import", photos / "red one.png"))
    assert recollect("encoders").code == 2


def test_watch_without_folders_says_what_to_do(recollect: Recollect) -> None:
    failed(recollect("watch"), "recollect index FOLDER")


# -- wrong use, --library, places ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["search", "red", "--limit", "0"], ["search", "red", "--limit", "many"], ["similar"], ["--what"],
     ["tag"], ["encoders", "fetch"], ["index", "--jsn"], ["albums", "surplus"]],
)  # fmt: skip
def test_wrong_use_is_exit_code_2_and_said_on_stderr(recollect: Recollect, arguments: list[str]) -> None:
    said = recollect(*arguments)
    assert (said.code, said.out) == (2, "")
    assert "usage: recollect" in said.err
    assert "_" not in said.err.splitlines()[-1], "no name of the code in a message"


@pytest.mark.parametrize(
    "command",
    ["", "index", "search", "similar", "tag", "albums", "albums list", "albums create",
     "albums fill", "albums show", "albums suggest", "encoders", "encoders list", "encoders fetch",
     "encoders import", "encoders use", "status", "watch", "demo"],
)  # fmt: skip
def test_every_command_has_help(recollect: Recollect, command: str) -> None:
    said = recollect(*command.split(), "--help")
    assert said.code == 0
    assert "--library FILE" in said.out


def test_the_library_can_be_named_anywhere(
    recollect: Recollect, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert recollect("--library", "mine.sqlite", "index", "photos").code == 0
    assert (tmp_path / "mine.sqlite").is_file()
    for arguments in (
        ["--library", "mine.sqlite", "status", "--json"],
        ["status", "--library", "mine.sqlite", "--json"],
        ["status", "--json", "--library=mine.sqlite"],
        ["--library", "other.sqlite", "status", "--library", tmp_path / "mine.sqlite", "--json"],
    ):
        answer = recollect(*arguments).json
        assert (answer["photos"], answer["catalog"]) == (3, str(tmp_path / "mine.sqlite"))
    assert recollect("encoders", "--library", "mine.sqlite", "list", "--json").json
    assert recollect("status", "--json").json["photos"] == 0
    monkeypatch.setenv("RECOLLECT_LIBRARY", str(tmp_path / "mine.sqlite"))
    assert recollect("status", "--json").json["photos"] == 3


def test_files_that_are_no_library_are_refused(recollect: Recollect, photos: Path, tmp_path: Path) -> None:
    picture = photos / "red one.png"
    before = picture.read_bytes()
    failed(recollect("--library", picture, "status"), "not a Recollect library")
    assert picture.read_bytes() == before
    failed(recollect("--library", tmp_path, "status"))


def test_two_homes_are_two_libraries(
    recollect: Recollect, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recollect("index", photos)
    monkeypatch.setenv("RECOLLECT_HOME", str(tmp_path / "another home"))
    assert recollect("status", "--json").json["photos"] == 0
    assert (tmp_path / "another home" / "data" / "library.sqlite").is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file names are always Unicode")
def test_file_names_that_are_not_utf8_come_through(recollect: Recollect, photos: Path) -> None:
    shutil.copyfile(photos / "red one.png", os.fsencode(photos) + b"/\xff\xe9.png")
    recollect("index", photos)
    answer = recollect("search", "red", "--json").json
    assert os.fsencode(photos) + b"/\xff\xe9.png" in {os.fsencode(hit["path"]) for hit in answer["hits"]}


def test_the_version(recollect: Recollect) -> None:
    said = recollect("--version")
    assert said.code == 0
    assert said.out.startswith("Recollect ")


def test_paths_are_shown_on_one_line() -> None:
    from core.command_line import output

    assert output.shown(Path("a\nb\tc\x7f.png")) == "a?b?c?.png"
    assert [output.plural(count, "photo") for count in (0, 1, 2, 1204)] == [
        "0 photos",
        "1 photo",
        "2 photos",
        "1,204 photos",
    ]


def test_doctor_finds_and_repairs(recollect: Recollect, photos: Path) -> None:
    assert recollect("doctor").code == 1, "there is no library yet"
    recollect("index", photos)
    sound = recollect("doctor", "--json")
    assert sound.code == 0
    assert sound.json["findings"] == []
    assert len(sound.json["backups"]) == 1
    catalog = Path(sound.json["catalog"])
    catalog.write_bytes(b"\0" * 50_000)
    failed(recollect("search", "red"), "damaged", "doctor --repair")
    assert recollect("doctor").code == 1
    repaired = recollect("doctor", "--repair")
    assert repaired.code == 0
    assert "3 photos" in repaired.out
    assert recollect("doctor").code == 0
