"""Loads the towers of an installed encoder with open_clip, each half alone and strictly offline. Imports torch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from open_clip.tokenizer import HFTokenizer, SimpleTokenizer
from timm.utils.model import reparameterize_model
from torch import Tensor, nn

from core.embedding import checkpoint, class_token, installation, open_clip_config
from core.embedding.installation import Installed
from core.embedding.open_clip_config import Architecture
from core.embedding.towers import ImageTower, TextTower, Towers
from core.errors import LibraryError

_TINY_VISION = {"layers": 1, "width": 64, "head_width": 64, "patch_size": 16, "image_size": 16}
_TINY_TEXT = {"layers": 1, "width": 64, "heads": 1, "vocab_size": 8, "context_length": 8}

Tower = TypeVar("Tower", ImageTower, TextTower)


def load(installed: Installed, on_damage: Callable[[], None] = lambda: None) -> Towers:
    """The towers of an installed encoder, each read when it is asked for; `on_damage` hears of one that cannot load."""
    return Towers(
        image=lambda: _guarded(image_tower, installed.folder, on_damage),
        text=lambda: _guarded(text_tower, installed.folder, on_damage),
    )


def image_tower(folder: Path) -> ImageTower:
    """The image half of the encoder in a folder. Raises LibraryError."""
    architecture = open_clip_config.read(folder / installation.CONFIG)
    whole = checkpoint.build({**architecture.model_cfg, "text_cfg": _TINY_TEXT})
    module: nn.Module = whole.visual
    module.load_state_dict(checkpoint.read(folder / installation.WEIGHTS, "visual"), strict=True, assign=True)
    module = class_token.spare(reparameterize_model(module.eval(), inplace=True))
    return ImageTower(module, is_convolutional=is_convolutional(module))


def text_tower(folder: Path) -> TextTower:
    """The text half of the encoder in a folder, with its tokenizer. Raises LibraryError."""
    architecture = open_clip_config.read(folder / installation.CONFIG)
    tensors = checkpoint.read(folder / installation.WEIGHTS, "text")
    text_cfg: dict[str, Any] = dict(architecture.model_cfg["text_cfg"])
    table = tensors.get("token_embedding.weight")
    if table is not None:
        text_cfg["vocab_size"] = 8  # no memory for a table that is replaced below
    whole = checkpoint.build({**architecture.model_cfg, "vision_cfg": _TINY_VISION, "text_cfg": text_cfg})
    module: nn.Module = whole.text
    if table is not None:
        module.token_embedding = nn.Embedding(table.shape[0], table.shape[1], _weight=table)
    module.load_state_dict(tensors, strict=True, assign=True)
    return TextTower(module.eval(), tokenizer(architecture, folder))


def tokenizer(architecture: Architecture, folder: Path) -> Callable[[Sequence[str]], tuple[Tensor, ...]]:
    """open_clip's own tokenizer, or the one whose files are in the folder; never the network's. Raises LibraryError."""
    text_cfg = architecture.model_cfg["text_cfg"]
    context_length = int(text_cfg.get("context_length", 77))
    options = dict(text_cfg.get("tokenizer_kwargs") or {})
    if architecture.tokenizer_repository is None:
        options = {key: value for key, value in options.items() if key == "clean"}
        made: Any = SimpleTokenizer(context_length=context_length, **options)
    else:
        made = _tokenizer_from(folder, context_length, text_cfg.get("tokenizer_mode"), options)
    return lambda texts: (made(list(texts)),)


def is_convolutional(module: nn.Module) -> bool:
    """Whether a tower is made of convolutions; a vision transformer has a single one, which cuts the patches."""
    return sum(isinstance(part, nn.Conv2d) and max(part.kernel_size) > 1 for part in module.modules()) > 3


def _tokenizer_from(folder: Path, context_length: int, mode: str | None, options: dict[str, Any]) -> HFTokenizer:
    try:
        return HFTokenizer(
            str(folder),
            context_length=context_length,
            tokenizer_mode=mode,
            local_files_only=True,
            trust_remote_code=False,
            **options,
        )
    except Exception as error:
        raise LibraryError(
            "The encoder's tokenizer files are missing or damaged.",
            f"{folder}: {error}"[:300],
            "Fetch the encoder again.",
        ) from error


def _guarded(half: Callable[[Path], Tower], folder: Path, on_damage: Callable[[], None]) -> Tower:
    try:
        return half(folder)
    except LibraryError:
        on_damage()
        raise
    except (RuntimeError, ValueError, KeyError, TypeError, AttributeError) as error:
        on_damage()
        raise checkpoint.damaged(folder / installation.WEIGHTS, error) from error
