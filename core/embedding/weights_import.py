"""Installs an encoder from a checkpoint file or a folder already on disk. Blocks; the original stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.embedding import installation, known_encoders, weights
from core.embedding.installation import Installed
from core.embedding.spec import EncoderSpec
from core.errors import LibraryError
from core.jobs import JobControl

if TYPE_CHECKING:
    from core.embedding.open_clip_config import Architecture

_SUFFIXES = (".safetensors", ".bin", ".pt", ".pth")
_FOLDER_NAMES = (*weights.WEIGHT_NAMES, "open_clip_pytorch_model.safetensors", "model.safetensors", "pytorch_model.bin")
_CHUNK_BYTES = 1 << 20


def import_from(
    path: Path, encoders_folder: Path, job: JobControl, name: str | None = None, reserved: Collection[str] = ()
) -> Installed:
    """Copy, check and install the checkpoint at `path`; see `EncoderRegistry.import_from`."""
    checkpoint_file = _checkpoint_file(path)
    name = name.strip() if name else _recognised(path, checkpoint_file)
    if not name or name in reserved:
        raise LibraryError(
            f"An imported encoder cannot be called {name!r}.", hint="Give its open_clip name, such as ViT-B-32/openai."
        )
    architecture = _architecture(checkpoint_file.parent, name)
    spec = _spec(name, architecture, checkpoint_file)
    return installation.install(
        encoders_folder,
        spec,
        architecture.preprocessing,
        lambda staging: _fill(staging, checkpoint_file, architecture, job),
    )


def _checkpoint_file(path: Path) -> Path:
    if path.is_file():
        if path.suffix.lower() not in _SUFFIXES:
            raise LibraryError(
                "This is not an encoder's checkpoint.", f"{path}.", f"Checkpoints end in {', '.join(_SUFFIXES)}."
            )
        return path
    if not path.is_dir():
        raise LibraryError("There is no such file or folder.", f"{path}.")
    for name in _FOLDER_NAMES:
        if (path / name).is_file():
            return path / name
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES and file.is_file())
    if len(found) != 1:
        count = "several" if found else "no"
        raise LibraryError(
            f"This folder has {count} checkpoints in it.",
            f"{path}.",
            f"It should hold one, such as {_FOLDER_NAMES[0]}.",
        )
    return found[0]


def _recognised(path: Path, checkpoint_file: Path) -> str:
    """The name a file or folder shows: a repository of ours in its path, or an open_clip architecture."""
    from core.embedding import open_clip_config  # imports torch

    parts = [part.removeprefix("models--").replace("--", "/") for part in path.resolve().parts]
    for spec in known_encoders.KNOWN:
        if spec.hub_repository in parts or (spec.hub_repository or "").partition("/")[2] in parts:
            return spec.name
        if installation.folder_name(spec.name) in (*path.resolve().parts, path.stem):
            return spec.name
    if (checkpoint_file.parent / installation.CONFIG).is_file():
        return checkpoint_file.resolve().parent.name if path.is_file() else path.resolve().name
    if open_clip_config.known(path.stem, None) is not None:
        return path.stem
    raise LibraryError(
        "Recollect cannot tell which encoder this file holds.",
        f"{path}.",
        "Say its open_clip name, such as ViT-B-32-256/datacomp_s34b_b86k.",
    )


def _architecture(folder: Path, name: str) -> Architecture:
    """From the configuration beside the weights, else from open_clip's own list."""
    from core.embedding import open_clip_config  # imports torch

    is_known = any(spec.name == name for spec in known_encoders.KNOWN)
    if (folder / installation.CONFIG).is_file() and not is_known:
        return open_clip_config.read(folder / installation.CONFIG)
    return open_clip_config.architecture_of(name)


def _spec(name: str, architecture: Architecture, checkpoint_file: Path) -> EncoderSpec:
    size_mb = round(checkpoint_file.stat().st_size / 1_000_000)
    for spec in known_encoders.KNOWN:
        if spec.name == name:
            return replace(spec, size_mb=size_mb)
    return EncoderSpec(
        name=name,
        title=name,
        license="unknown",
        languages="unknown",
        size_mb=size_mb,
        dimension=architecture.dimension,
        description=f"Imported from {checkpoint_file.name}.",
        recommended_for=None,
    )


def _fill(staging: Path, checkpoint_file: Path, architecture: Architecture, job: JobControl) -> None:
    from core.embedding import checkpoint, open_clip_towers  # import torch

    target = staging / installation.WEIGHTS
    if checkpoint_file.suffix.lower() == ".safetensors":
        checkpoint.check_fits(checkpoint_file, architecture)  # before gigabytes are copied
        _copy(checkpoint_file, target, job)
    else:
        job.report(0, None)
        checkpoint.convert(checkpoint_file, target)
    job.check()
    checkpoint.check_fits(target, architecture)
    (staging / installation.CONFIG).write_text(architecture.as_json(), encoding="utf-8")
    for name in (*weights.TOKENIZER_NAMES, "config.json"):
        beside = checkpoint_file.parent / name
        if beside.is_file() and (architecture.tokenizer_repository or architecture.has_library_text_tower):
            _copy(beside, staging / name, None)
    open_clip_towers.tokenizer(architecture, staging)  # raises when its files are missing


def _copy(source: Path, target: Path, job: JobControl | None) -> None:
    total = source.stat().st_size
    done = 0
    with source.open("rb") as read, target.open("wb") as write:
        while piece := read.read(_CHUNK_BYTES):
            write.write(piece)
            done += len(piece)
            if job is not None:
                job.report(done, total)
