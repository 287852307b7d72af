"""Reads what we trained: projection heads, and changes to the last layers of both towers. Any thread, torch-free.

The file keeps float16. A changed matrix of the text tower is kept as the difference to the package's own weights, as
a product of two thin matrices (Hu et al., "LoRA", 2021, but found by an SVD after training): a sixth of the size.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import safetensors
from numpy.typing import NDArray

from core.embedding import starter
from core.errors import LibraryError

Half = Literal["image", "text"]
Weights = Mapping[str, NDArray[np.float32]]


def head(half: Half) -> dict[str, NDArray[np.float32]]:
    """The projection head's tensors, named as in `starter_towers.ProjectionHead`. Raises LibraryError."""
    return _read(f"{half}.head.")


def with_changes(half: Half, weights: Weights) -> dict[str, NDArray[np.float32]]:
    """The tower's own `weights` with ours in the place of those we trained. Raises LibraryError."""
    changed = dict(weights) | _read(f"{half}.tower.")
    thin = _read(f"{half}.change.")
    for name in {name.rpartition(".")[0] for name in thin}:
        changed[name] = weights[name] + thin[f"{name}.left"] @ thin[f"{name}.right"]
    return changed


def hubs() -> dict[str, NDArray[np.float32]]:
    """What `starter_hubness` needs: centres (k, d - 2), their log_shares (k,), the usual hubness mean (1,)."""
    return _read("hubs.")


def _read(prefix: str) -> dict[str, NDArray[np.float32]]:
    path = starter.heads()
    try:
        with safetensors.safe_open(path, "numpy") as file:
            names = [name for name in file.keys() if name.startswith(prefix)]  # noqa: SIM118  (not a mapping)
            return {name.removeprefix(prefix): file.get_tensor(name).astype(np.float32) for name in names}
    except safetensors.SafetensorError as error:
        raise LibraryError(
            "A part of the starter encoder is damaged.", f"It is {path.name}: {error}.", "Install Recollect again."
        ) from error
