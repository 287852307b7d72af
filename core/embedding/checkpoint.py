"""Checkpoint files, opened so that they cannot run code: safetensors, or pickles with `weights_only`. Imports torch.

The shape check builds the architecture on torch's meta device, which costs no memory.
"""

from __future__ import annotations

import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import open_clip
import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from core.embedding.open_clip_config import Architecture
from core.errors import LibraryError

_IGNORED = ("logit_scale", "logit_bias", "text.transformer.embeddings.position_ids")
"""Part of a checkpoint, but of neither tower."""
_NOT_WEIGHTS = ("input_resolution", "context_length", "vocab_size")
"""Numbers that OpenAI's checkpoints keep among the weights."""
_FILLS = frozenset((Tensor.normal_, Tensor.uniform_, Tensor.erfinv_, Tensor.mul_, Tensor.add_, Tensor.clamp_))
_HUGE_TABLE = 50_000_000
"""Numbers in a table of tokens."""


class _Unfilled(TorchFunctionMode):
    """While this is entered, new parameters are not filled with random numbers, which takes seconds."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        target = args[0] if args else (kwargs or {}).get("tensor")
        if isinstance(target, nn.Parameter) and (func in _FILLS or getattr(func, "__module__", "") == "torch.nn.init"):
            return target
        return func(*args, **(kwargs or {}))


def tower_key(key: str) -> str | None:
    """Where a tensor of a checkpoint belongs: `visual....`, `text....` or nowhere.

    Older checkpoints keep the text tower's tensors at the top level.
    """
    if key in _IGNORED:
        return None
    return key if key.startswith(("visual.", "text.")) else f"text.{key}"


def read(path: Path, tower: str) -> dict[str, Tensor]:
    """One tower's tensors (`visual` or `text`) of a safetensors file, without that prefix, as float32.

    A huge table of tokens is kept in bfloat16: it is only looked up, and would be most of the memory.
    Raises LibraryError.
    """
    found = {}
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            for key in file.keys():  # noqa: SIM118  (not a dict)
                placed = tower_key(key)
                if placed is not None and placed.startswith(f"{tower}."):
                    found[placed.removeprefix(f"{tower}.")] = _own_copy(placed, file.get_tensor(key))
    except (safetensors.SafetensorError, OSError, ValueError) as error:
        raise damaged(path, error) from error
    return found


def _own_copy(key: str, mapped: Tensor) -> Tensor:
    # Not a view of the mapped file: that would lock it on Windows, and crash us if another program shortened it.
    if not mapped.is_floating_point():
        return mapped.clone()
    is_huge = key == "text.token_embedding.weight" and mapped.numel() > _HUGE_TABLE
    return mapped.to(torch.bfloat16 if is_huge else torch.float32, copy=True)


def convert(path: Path, target: Path) -> None:
    """Write the tensors of a .bin, .pt or .pth checkpoint as safetensors. Raises LibraryError."""
    tensors = {key: value.detach().contiguous().clone() for key, value in _unpickled(path).items()}
    safetensors.torch.save_file(tensors, target)


def check_fits(weights: Path, architecture: Architecture) -> None:
    """Raise LibraryError unless a safetensors file has exactly the tensors of the architecture."""
    expected = _expected_shapes(architecture)
    found = _shapes(weights)
    missing = sorted(expected.keys() - found.keys())
    unknown = sorted(found.keys() - expected.keys())
    differing = sorted(key for key in expected.keys() & found.keys() if expected[key] != found[key])
    for what, keys in (("lacks", missing), ("has unknown", unknown), ("has other sizes of", differing)):
        if keys:
            more = f" and {len(keys) - 1} more" if len(keys) > 1 else ""
            raise LibraryError(
                "These weights do not fit the encoder.",
                f"{weights.name} {what} {keys[0]}{more}.",
                "Check which open_clip architecture the file was made for.",
            )


def damaged(path: Path, error: Exception) -> LibraryError:
    """The LibraryError for a file that is not, or no longer, a checkpoint."""
    return LibraryError(
        "The encoder's weights are damaged.",
        f"{path}: {error}"[:300],
        "Fetch the encoder again, or import another copy.",
    )


def _shapes(weights: Path) -> dict[str, tuple[int, ...]]:
    try:
        with safetensors.safe_open(weights, framework="pt") as file:
            shapes = {key: tuple(file.get_slice(key).get_shape()) for key in file.keys()}  # noqa: SIM118
    except (safetensors.SafetensorError, OSError, ValueError) as error:
        raise damaged(weights, error) from error
    return {placed: shape for key, shape in shapes.items() if (placed := tower_key(key)) is not None}


def _expected_shapes(architecture: Architecture) -> dict[str, tuple[int, ...]]:
    try:
        with torch.device("meta"):
            whole = build(architecture.model_cfg)
    except Exception as error:
        raise LibraryError(
            "open_clip cannot build this encoder.", str(error)[:300], "Update Recollect, or choose another encoder."
        ) from error
    return {key: tuple(value.shape) for key, value in whole.state_dict().items() if tower_key(key) == key}


def build(model_cfg: Mapping[str, Any]) -> open_clip.CustomTextCLIP:
    """Both towers, their parameters not set yet; the text tower always apart, as `text`."""
    cfg = {key: value for key, value in model_cfg.items() if key != "custom_text"}
    with _Unfilled():
        return open_clip.CustomTextCLIP(**cfg).eval()


def _is_program(path: Path) -> bool:
    """Whether this is a TorchScript archive, which holds code (OpenAI's own downloads are)."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.rpartition("/")[2] == "constants.pkl" for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False


def _more_than_weights(path: Path) -> LibraryError:
    return LibraryError(
        "This checkpoint holds more than weights, so it was not opened.",
        f"{path}: opening it could run a program of whoever made it.",
        "Use a safetensors file of the same encoder.",
    )


def _unpickled(path: Path) -> dict[str, Tensor]:
    if _is_program(path):
        raise _more_than_weights(path)
    try:
        content = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    except pickle.UnpicklingError as error:
        raise _more_than_weights(path) from error
    except (RuntimeError, OSError, ValueError, EOFError, KeyError, TypeError, AttributeError) as error:
        raise damaged(path, error) from error
    if isinstance(content, dict) and isinstance(content.get("state_dict"), dict):
        content = content["state_dict"]
    tensors = content if isinstance(content, dict) else {}
    tensors = {str(key).removeprefix("module."): value for key, value in tensors.items() if isinstance(value, Tensor)}
    if not tensors:
        raise damaged(path, ValueError("there are no weights in it"))
    return {key: value for key, value in tensors.items() if key not in _NOT_WEIGHTS}
