"""What the documents promise is there: every command is documented, and every documented command exists."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from core.command_line.main import parser

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands() -> set[str]:
    action = next(one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    return set(action.choices)


def test_every_command_is_in_the_readme() -> None:
    documented = set(re.findall(r"recollect ([a-z-]+)\b", README))
    assert _commands() <= documented


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    named = re.findall(r"^\s*recollect ([a-z-]+)", README, flags=re.MULTILINE)
    assert named
    assert set(named) <= _commands()


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_every_make_target_named_in_the_documents_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    text = (ROOT / document).read_text(encoding="utf-8")
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets


@pytest.mark.parametrize("document", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=str)
def test_links_and_pictures_of_the_documents_exist(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (document.parent / target).exists(), f"{document.name} points to {target}"


@pytest.mark.parametrize("package", ["core", "app"])
def test_the_architecture_page_names_every_part(package: str) -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    parts = [one for one in (ROOT / package).iterdir() if one.suffix == ".py" or (one / "__init__.py").exists()]
    missing = [one.stem for one in parts if not one.name.startswith("_") and f"`{one.stem}" not in page]
    assert not missing
