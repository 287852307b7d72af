"""Small open_clip encoders with random weights, saved as the hub keeps them. They load with the real code, offline."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any, Literal

import open_clip
import safetensors.torch
import torch
from torch import nn

Kind = Literal["vit", "resnet", "timm", "reparameterizable", "siglip", "bert"]

_TEXT = {"context_length": 16, "vocab_size": 49408, "width": 32, "heads": 2, "layers": 1}
_PIXELS = {"mean": [0.48, 0.46, 0.41], "std": [0.27, 0.26, 0.28], "interpolation": "bicubic", "resize_mode": "shortest"}
_TOKENS = 200
_WORDS = "a photo of red green blue dog cat house tree on the beach"

CONFIGS: dict[str, dict[str, Any]] = {
    "vit": {
        "embed_dim": 32,
        "vision_cfg": {"image_size": 32, "layers": 2, "width": 64, "head_width": 32, "patch_size": 8},
        "text_cfg": _TEXT,
    },
    "resnet": {
        "embed_dim": 24,
        "vision_cfg": {"image_size": 64, "layers": [1, 1, 1, 1], "width": 16, "patch_size": None},
        "text_cfg": _TEXT,
        "quick_gelu": True,
    },
    "timm": {
        "embed_dim": 32,
        "vision_cfg": {
            "timm_model_name": "test_efficientnet",
            "timm_model_pretrained": False,
            "timm_pool": "avg",
            "timm_proj": "linear",
            "image_size": 64,
        },
        "text_cfg": _TEXT,
    },
    "reparameterizable": {
        "embed_dim": 32,
        "vision_cfg": {
            "timm_model_name": "mobileone_s0",
            "timm_model_pretrained": False,
            "timm_pool": "avg",
            "timm_proj": "linear",
            "image_size": 64,
        },
        "text_cfg": _TEXT,
    },
    "siglip": {
        "embed_dim": 64,
        "init_logit_bias": -10,
        "custom_text": True,
        "vision_cfg": {
            "timm_model_name": "test_vit",
            "timm_model_pretrained": False,
            "timm_pool": "map",
            "timm_proj": "none",
            "image_size": 160,
        },
        "text_cfg": {
            "context_length": 8,
            "vocab_size": _TOKENS,
            "hf_tokenizer_name": "small/siglip",
            "tokenizer_kwargs": {"clean": "canonicalize"},
            "width": 64,
            "heads": 2,
            "layers": 1,
            "no_causal_mask": True,
            "proj_bias": True,
            "pool_type": "last",
        },
    },
    "bert": {
        "embed_dim": 32,
        "custom_text": True,
        "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "head_width": 32, "patch_size": 8},
        "text_cfg": {
            "hf_model_name": "small/bert",
            "hf_tokenizer_name": "small/bert",
            "hf_pooler_type": "mean_pooler",
            "hf_proj_type": "mlp",
        },
    },
}


_BERT = {
    "model_type": "bert",
    "hidden_size": 32,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "vocab_size": _TOKENS,
    "max_position_embeddings": 80,
}
"""A text tower of the transformers library, as its config.json describes it."""


def save(folder: Path, kind: Kind = "vit", *, seed: int = 0, weights: str = "open_clip_model.safetensors") -> Path:
    """Write the encoder into `folder` in the hub's layout; a name ending in .bin gives a pickle. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "model_cfg": CONFIGS[kind],
        "preprocess_cfg": _PIXELS | ({"resize_mode": "squash"} if kind == "siglip" else {}),
    }
    (folder / "open_clip_config.json").write_text(json.dumps(config), encoding="utf-8")
    if kind == "bert":
        (folder / "config.json").write_text(json.dumps(_BERT), encoding="utf-8")
    tensors = {name: tensor.contiguous() for name, tensor in network(kind, seed, folder).state_dict().items()}
    if weights.endswith(".safetensors"):
        safetensors.torch.save_file(tensors, folder / weights)
    else:
        torch.save(tensors, folder / weights)
    if kind in ("siglip", "bert"):
        save_tokenizer(folder)
    return folder


def network(kind: Kind, seed: int = 0, folder: Path | None = None) -> nn.Module:
    """The whole pair of towers, as open_clip builds it; `folder` holds the config.json of a library text tower."""
    cfg = deepcopy(CONFIGS[kind])
    if kind == "bert":
        cfg["text_cfg"] |= {"hf_model_name": str(folder), "hf_model_pretrained": False}
    make = open_clip.CustomTextCLIP if cfg.pop("custom_text", False) else open_clip.CLIP
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        pair: nn.Module = make(**cfg).eval()
        for part in pair.modules():
            if isinstance(part, nn.BatchNorm2d):  # as after training: neither 0 nor 1
                nn.init.uniform_(part.get_buffer("running_mean"), -0.1, 0.1)
                nn.init.uniform_(part.get_buffer("running_var"), 0.5, 1.5)
                nn.init.uniform_(part.weight, 0.5, 1.5)
    return pair


def save_tokenizer(folder: Path) -> None:
    """A tokenizer of the transformers library that knows a few words."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    words = f"<pad> <eos> <unk> {_WORDS}".split()
    vocabulary = {word: number for number, word in enumerate(words)}
    tokens = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokens.pre_tokenizer = pre_tokenizers.Whitespace()
    tokens.post_processor = processors.TemplateProcessing(single="$A <eos>", special_tokens=[("<eos>", 1)])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokens, pad_token="<pad>", eos_token="<eos>", unk_token="<unk>", padding_side="right"
    )
    fast.save_pretrained(folder)


def register(folder: Path) -> None:
    """Let open_clip know the small architectures by the names `small-vit`, `small-siglip` and so on."""
    for kind, config in CONFIGS.items():
        path = folder / f"small-{kind}.json"
        path.write_text(json.dumps(config), encoding="utf-8")
        open_clip.add_model_config(path)
