"""Installed encoders on disk: one folder each, written whole or not at all. Any thread; torch-free.

A folder holds `open_clip_config.json`, `open_clip_model.safetensors`, the tokenizer's files where there are any, and
`recollect.json`, which records what the encoder is and the size and SHA-256 of every other file.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.embedding.preprocessing import Preprocessing
from core.embedding.spec import EncoderSpec
from core.errors import LibraryError

MANIFEST = "recollect.json"
CONFIG = "open_clip_config.json"
WEIGHTS = "open_clip_model.safetensors"
_STAGING = ".installing-"
_LONGEST_NAME = 100
_CHUNK_BYTES = 1 << 20
_SMALL_BYTES = 1 << 20
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Installed:
    """An installed encoder as its manifest describes it."""

    folder: Path
    spec: EncoderSpec
    fingerprint: str
    preprocessing: Preprocessing
    files: Mapping[str, tuple[int, str]]
    """Size in bytes and SHA-256 of each file."""


def folder_name(name: str) -> str:
    """A folder name for an encoder's name that is safe on every system and differs for differing names."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "-", name.replace("/", "--", 1)).strip(".-") or "encoder"
    if name in (plain, plain.replace("--", "/", 1)) and "--" not in name and len(plain) <= _LONGEST_NAME:
        return plain
    return f"{plain[:80]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def find(encoders_folder: Path, name: str) -> Installed | None:
    """The installed encoder of that name, or None (also when its manifest cannot be read)."""
    installed = read(encoders_folder / folder_name(name))
    return installed if installed is not None and installed.spec.name == name else None


def find_all(encoders_folder: Path) -> list[Installed]:
    """Everything installed, by name."""
    try:
        folders = sorted(path for path in encoders_folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []
    return [installed for folder in folders if (installed := read(folder)) is not None]


def read(folder: Path) -> Installed | None:
    """The manifest of one folder, or None where there is no readable one."""
    try:
        return _read(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _read(folder: Path) -> Installed:
    kept = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if kept["format"] != _FORMAT:
        raise ValueError(f"made by another edition of Recollect ({kept['format']})")
    pixels = kept["preprocessing"]
    return Installed(
        folder=folder,
        spec=EncoderSpec(**kept["spec"]),
        fingerprint=str(kept["fingerprint"]),
        preprocessing=Preprocessing(**{**pixels, "mean": tuple(pixels["mean"]), "std": tuple(pixels["std"])}),
        files={str(name): (int(size), str(digest)) for name, (size, digest) in kept["files"].items()},
    )


def problem(installed: Installed) -> str | None:
    """What is wrong with an installed encoder's files, in one sentence, or None. Cheap: big files by size only."""
    for name, (size, digest) in installed.files.items():
        path = installed.folder / name
        try:
            if path.stat().st_size != size:
                return f"{path} has {path.stat().st_size} bytes instead of {size}."
            if size <= _SMALL_BYTES and sha256(path) != digest:
                return f"{path} was changed."
        except OSError as error:
            return f"{path} cannot be read: {error.strerror}."
    return None


def sha256(path: Path, step: Callable[[int], None] = lambda size: None) -> str:
    """The SHA-256 of a file in hex; `step` is told the bytes of each piece and may raise to stop."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK_BYTES):
            digest.update(piece)
            step(len(piece))
    return digest.hexdigest()


def install(
    encoders_folder: Path, spec: EncoderSpec, preprocessing: Preprocessing, fill: Callable[[Path], None]
) -> Installed:
    """Let `fill` put the files into a new folder, record them and move the folder into place in one step.

    If anything fails nothing of it stays, and an earlier installation of the same encoder is left as it was.
    """
    target = encoders_folder / folder_name(spec.name)
    staging: Path | None = None
    try:
        encoders_folder.mkdir(parents=True, exist_ok=True)
        _sweep(encoders_folder, target.name)
        staging = Path(tempfile.mkdtemp(dir=encoders_folder, prefix=f"{_STAGING}{target.name}@"))
        staging.chmod(0o755)
        fill(staging)
        _write_manifest(staging, spec, preprocessing)
        _swap(staging, target)
    except OSError as error:
        raise disk_error(error, encoders_folder) from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)
    return _read(target)


def remove(encoders_folder: Path, name: str) -> None:
    """Delete an installed encoder. Raises LibraryError when the disk refuses."""
    folder = encoders_folder / folder_name(name)
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise disk_error(error, folder) from error


def disk_error(error: OSError, place: Path) -> LibraryError:
    """The LibraryError for a disk that refuses: full, read-only or otherwise."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return LibraryError(
            "The disk is full.",
            f"The encoder did not fit into {place}.",
            "Free some space and start again.",
        )
    return LibraryError(
        "The encoder's files cannot be written or read.", f"{error.filename or place}: {error.strerror or error}."
    )


def _write_manifest(staging: Path, spec: EncoderSpec, preprocessing: Preprocessing) -> None:
    files = {path.name: (path.stat().st_size, sha256(path)) for path in sorted(staging.iterdir()) if path.is_file()}
    manifest: dict[str, Any] = {
        "format": _FORMAT,
        "spec": {field: getattr(spec, field) for field in EncoderSpec.__dataclass_fields__},
        "preprocessing": {field: getattr(preprocessing, field) for field in Preprocessing.__dataclass_fields__},
        "fingerprint": fingerprint({name: digest for name, (_, digest) in files.items()}),
        "files": files,
    }
    (staging / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def fingerprint(digests: Mapping[str, str]) -> str:
    """Identity of an encoder made of files with these SHA-256 digests: weights, configuration and tokenizer."""
    lines = "\n".join(f"{name} {digests[name]}" for name in sorted(digests))
    return hashlib.sha256(lines.encode()).hexdigest()[:32]


def _swap(staging: Path, target: Path) -> None:
    old = target.with_name(f"{_STAGING}{target.name}@old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    try:
        staging.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sweep(encoders_folder: Path, name: str) -> None:
    """Remove what a crash in the middle of an earlier installation of this encoder left behind."""
    with contextlib.suppress(OSError):
        for leftover in encoders_folder.glob(f"{_STAGING}{name}@*"):
            shutil.rmtree(leftover, ignore_errors=True)
