"""The architecture of an open_clip checkpoint: read, checked and made harmless. Imports open_clip (and so torch).

A configuration may come from a stranger's folder: only plain numbers, names and switches pass, nothing that makes
open_clip, timm or transformers reach for the network or for code.
"""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import open_clip
from open_clip import pretrained as open_clip_pretrained

from core.embedding.preprocessing import Preprocessing, Resize
from core.embedding.resizing import Interpolation
from core.errors import LibraryError

_TOP_KEYS = {"embed_dim", "vision_cfg", "text_cfg", "quick_gelu", "custom_text", "init_logit_scale", "init_logit_bias"}
_TOKENIZER_KEYS = {"clean", "strip_sep_token"}
_LARGEST = 1_000_000
_MOST_LAYERS = 200
_CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
_CLIP_STD = (0.26862954, 0.26130258, 0.27577711)


@dataclass(frozen=True, slots=True)
class Architecture:
    """What to build (`model_cfg` as open_clip takes it) and which pictures it takes."""

    model_cfg: dict[str, Any]
    preprocessing: Preprocessing

    @property
    def dimension(self) -> int:
        """Length of an embedding."""
        return int(self.model_cfg["embed_dim"])

    @property
    def tokenizer_repository(self) -> str | None:
        """The hub repository its tokenizer comes from; None when open_clip's own serves."""
        name = self.model_cfg["text_cfg"].get("hf_tokenizer_name")
        return str(name) if name else None

    @property
    def has_library_text_tower(self) -> bool:
        """Whether the text tower is one of the transformers library, described by a config.json."""
        return bool(self.model_cfg["text_cfg"].get("hf_model_name"))

    def as_json(self) -> str:
        """The content of an `open_clip_config.json`."""
        pixels = self.preprocessing
        preprocess = {
            "mean": list(pixels.mean),
            "std": list(pixels.std),
            "interpolation": pixels.interpolation,
            "resize_mode": pixels.resize,
        }
        cfg = deepcopy(self.model_cfg)
        if self.has_library_text_tower:
            cfg["text_cfg"]["hf_model_name"] = "config.json beside this file"
        return json.dumps({"model_cfg": cfg, "preprocess_cfg": preprocess}, indent=2)


def known(architecture: str, tag: str | None) -> Architecture | None:
    """The architecture open_clip itself lists under a name, with the preprocessing of the tag; None if unknown."""
    model_cfg = open_clip.get_model_config(architecture) if _is_plain_name(architecture) else None
    if model_cfg is None:
        return None
    trained = open_clip_pretrained.get_pretrained_cfg(architecture, tag) if tag else {}
    if trained.get("quick_gelu"):
        model_cfg["quick_gelu"] = True
    try:
        return _checked(model_cfg, trained, None)
    except ValueError:
        return None


def architecture_of(name: str) -> Architecture:
    """The architecture of `architecture/tag`, or of `architecture` alone. Raises LibraryError if open_clip has none."""
    architecture, _, tag = name.partition("/")
    found = known(architecture, tag or None)
    if found is None:
        raise LibraryError(
            f"open_clip knows no encoder {architecture}.",
            hint="Import a folder that holds an open_clip_config.json beside the weights.",
        )
    return found


def read(path: Path) -> Architecture:
    """The architecture in an `open_clip_config.json`. Raises LibraryError."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        content = json.loads(path.read_text(encoding="utf-8"))
        return _checked(content["model_cfg"], content.get("preprocess_cfg") or {}, path.parent)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise LibraryError(
            "This encoder's description cannot be used.",
            f"{path}: {error}.",
            "It should be an open_clip_config.json as open_clip writes it.",
        ) from error


def _checked(model_cfg: dict[str, Any], preprocess: dict[str, Any], folder: Path | None) -> Architecture:
    cfg = {key: deepcopy(value) for key, value in model_cfg.items() if key in _TOP_KEYS}
    if "multimodal_cfg" in model_cfg:
        raise ValueError("captioning models (CoCa) are not supported")
    vision, text = cfg["vision_cfg"], cfg["text_cfg"]
    if not isinstance(cfg["embed_dim"], int) or cfg["embed_dim"] < 1:
        raise ValueError(f"embed_dim is {cfg['embed_dim']!r}")
    _refuse_unreasonable(cfg)
    timm_name = vision.get("timm_model_name")
    if timm_name is not None and not _is_plain_name(timm_name):
        raise ValueError(f"{timm_name!r} is not the name of a timm model")
    vision.update(timm_model_pretrained=False, output_tokens=False)
    text["output_tokens"] = False
    kept = (text.get("tokenizer_kwargs") or {}).items()
    text["tokenizer_kwargs"] = {key: value for key, value in kept if key in _TOKENIZER_KEYS}
    if text.get("hf_model_name"):
        text.update(hf_model_name=_local_text_model(folder), hf_model_pretrained=False)
    return Architecture(cfg, _preprocessing(vision, preprocess))


def _local_text_model(folder: Path | None) -> str:
    """A text tower of the transformers library is described by a config.json, which must lie beside ours."""
    config = folder / "config.json" if folder is not None else None
    if config is None or not config.is_file() or config.stat().st_size > _LARGEST:
        raise ValueError("its text tower's config.json is missing")
    described = json.loads(config.read_text(encoding="utf-8"))
    if "model_type" not in described or "auto_map" in described:
        raise ValueError("its text tower is not one that the transformers library knows")
    return str(config.parent)


def _preprocessing(vision: dict[str, Any], given: dict[str, Any]) -> Preprocessing:
    side: Any = vision.get("image_size", 224)
    if isinstance(side, list | tuple):
        if len(set(side)) != 1:
            raise ValueError("only square pictures are supported")
        side = side[0]
    resize: Any = given.get("resize_mode") or "shortest"
    interpolation: Any = given.get("interpolation") or "bicubic"
    if resize not in get_args(Resize) or not 8 <= int(side) <= 4096:
        raise ValueError(f"pictures of {side} px, made by {resize!r}, are not supported")
    return Preprocessing(
        side_px=int(side),
        mean=_three(given.get("mean") or _CLIP_MEAN),
        std=_three(given.get("std") or _CLIP_STD),
        resize=resize,
        interpolation=interpolation if interpolation in get_args(Interpolation) else "bicubic",
    )


def _three(values: Any) -> tuple[float, float, float]:
    if isinstance(values, int | float):
        values = (values,) * 3
    red, green, blue = (float(value) for value in values)
    return red, green, blue


def _refuse_unreasonable(value: Any, key: str = "") -> None:
    """Numbers that no real encoder has would keep the program busy for hours, or take all memory."""
    if isinstance(value, dict):
        for name, inner in value.items():
            _refuse_unreasonable(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            _refuse_unreasonable(inner, key)
    elif isinstance(value, int | float) and abs(value) > (_MOST_LAYERS if key in ("layers", "heads") else _LARGEST):
        raise ValueError(f"{key} is {value}")


def _is_plain_name(name: object) -> bool:
    """A name in a built-in list, not an address: no scheme, no path."""
    return isinstance(name, str) and re.fullmatch(r"[A-Za-z0-9_.-]+", name) is not None
