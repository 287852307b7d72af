"""Fetches an encoder from the hub: find its files, download, verify, install. Blocks; never runs unasked."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from core.embedding import download, hub, installation, web
from core.embedding.hub import HubFile
from core.embedding.installation import Installed
from core.embedding.spec import EncoderSpec
from core.errors import LibraryError
from core.jobs import JobControl

WEIGHT_NAMES = (installation.WEIGHTS, "open_clip_pytorch_model.bin")
"""As on the hub; the first one there is taken."""
TOKENIZER_NAMES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "tokenizer.model",
    "spiece.model",
    "sentencepiece.bpe.model",
    "vocab.json",
    "vocab.txt",
    "merges.txt",
)
_TOKENIZERS = frozenset({"tokenizer.json", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "vocab.txt"})
"""Any of these holds a whole vocabulary."""


def fetch(
    spec: EncoderSpec,
    encoders_folder: Path,
    cache: Path,
    job: JobControl,
    endpoint: str | None = None,
    wait: web.Wait = web.wait,
) -> Installed:
    """Download `spec`, verify it and install it so that loading never needs the network. Reports bytes.

    Raises LibraryError and Cancelled; what arrived is kept below `cache` and the next call goes on from there.
    """
    if spec.hub_repository is None:
        raise LibraryError(f"{spec.title} cannot be fetched.", hint="Import it from a file.")
    job.report(0, None)
    wanted = _wanted(spec, spec.hub_repository, job, endpoint, wait)
    folder = download_folder(cache, spec.name)
    total = sum(file.size for file in wanted)
    before = 0
    for file in wanted:
        download.fetch(file, folder / file.name, job, before, total, wait)
        before += file.size
    installed = _install(spec, folder, [file.name for file in wanted], encoders_folder, job)
    forget_download(cache, spec.name)
    return installed


def download_folder(cache: Path, name: str) -> Path:
    """Where an encoder's files arrive before they are installed."""
    return cache / "downloads" / installation.folder_name(name)


def forget_download(cache: Path, name: str) -> None:
    """Throw away what a fetch left behind."""
    shutil.rmtree(download_folder(cache, name), ignore_errors=True)


def has_tokenizer(names: Sequence[str]) -> bool:
    """Whether these files hold a tokenizer's vocabulary."""
    return not _TOKENIZERS.isdisjoint(names) or {"vocab.json", "merges.txt"} <= set(names)


def _wanted(spec: EncoderSpec, repository: str, job: JobControl, endpoint: str | None, wait: web.Wait) -> list[HubFile]:
    from core.embedding import open_clip_config  # imports torch

    there = {file.name: file for file in hub.files(repository, job, endpoint, wait)}
    weights = next((there[name] for name in WEIGHT_NAMES if name in there), None)
    if weights is None:
        raise LibraryError("The server has no weights for this encoder.", repository)
    if spec.weights_sha256 is not None and spec.weights_sha256 != weights.sha256:
        raise LibraryError("The server has other weights than expected.", repository, "Update Recollect.")
    wanted = [weights]
    tokenizer = open_clip_config.architecture_of(spec.name).tokenizer_repository
    if tokenizer is not None:
        if not has_tokenizer(list(there)):
            there = {file.name: file for file in hub.files(tokenizer, job, endpoint, wait)}
        wanted += [there[name] for name in TOKENIZER_NAMES if name in there]
        if not has_tokenizer(list(there)):
            raise LibraryError("The server has no tokenizer for this encoder.", tokenizer)
    return wanted


def _install(
    spec: EncoderSpec, folder: Path, names: Sequence[str], encoders_folder: Path, job: JobControl
) -> Installed:
    from core.embedding import checkpoint, open_clip_config, open_clip_towers  # import torch

    architecture = open_clip_config.architecture_of(spec.name)
    weights, *others = names

    def fill(staging: Path) -> None:
        (staging / installation.CONFIG).write_text(architecture.as_json(), encoding="utf-8")
        for name in others:
            shutil.copyfile(folder / name, staging / name)
        open_clip_towers.tokenizer(architecture, staging)  # raises when it cannot be used
        job.check()
        target = staging / installation.WEIGHTS
        if weights == installation.WEIGHTS:
            checkpoint.check_fits(folder / weights, architecture)
            shutil.move(folder / weights, target)  # last: whatever failed before, the download is still there
        else:
            checkpoint.convert(folder / weights, target)
            checkpoint.check_fits(target, architecture)

    return installation.install(encoders_folder, spec, architecture.preprocessing, fill)
