"""Where Recollect's files live, and what the person chose."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import places, settings
from core.errors import LibraryError
from core.settings import Settings


def test_one_variable_moves_everything(home: Path) -> None:
    own = places.places()
    for path in (own.catalog, own.settings, own.encoders, own.cache, own.logs, own.vocabulary):
        assert path.is_relative_to(home)
    assert not home.exists(), "asking creates nothing"


def test_the_library_file_is_named_by_hand_or_by_a_variable(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOLLECT_LIBRARY", str(tmp_path / "by variable.sqlite"))
    assert places.places().catalog == tmp_path / "by variable.sqlite"
    assert places.places(tmp_path / "by hand.sqlite").catalog == tmp_path / "by hand.sqlite"
    assert places.places(Path("relative.sqlite")).catalog.is_absolute()
    monkeypatch.setenv("RECOLLECT_LIBRARY", "")
    assert places.places().catalog.is_relative_to(home)


def test_without_variables_files_lie_where_the_system_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECOLLECT_HOME")
    own = places.places()
    assert "Recollect" in own.catalog.parts
    assert own.catalog.is_absolute()


def test_resources_are_found_and_a_missing_one_says_what_to_do() -> None:
    assert places.resource("vocabulary.toml").is_file()
    with pytest.raises(FileNotFoundError, match="reinstall"):
        places.resource("no such thing")


def test_settings_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    assert settings.load(path) == Settings()
    chosen = Settings(encoder="ViT-B-32/openai", next_encoder="starter", appearance="dark", is_indexing_paused=True)
    settings.save(chosen, path)
    assert settings.load(path) == chosen
    settings.save(Settings(), path)
    assert settings.load(path) == Settings()
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_settings_of_a_newer_version_are_no_error(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('appearance = "dark"\nfrom_the_future = 3\n')
    assert settings.load(path).appearance == "dark"


@pytest.mark.parametrize("text", ["appearance = ", 'appearance = "pink"', "thumbnail_size_px = 'big'", "\0"])
def test_broken_settings_are_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(LibraryError, match="delete it"):
        settings.load(path)
