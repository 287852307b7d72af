"""A vision transformer that computes nothing but the class token at its end gives the same embeddings."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import torch
from open_clip.transformer import VisionTransformer
from torch import nn

from core.embedding import class_token
from core.embedding.class_token import ClassTokenBlock

_SMALL = {"image_size": 32, "patch_size": 8, "width": 64, "layers": 3, "heads": 4, "mlp_ratio": 4.0, "output_dim": 16}


def _tower(**options: Any) -> VisionTransformer:
    torch.manual_seed(0)
    tower = VisionTransformer(**{**_SMALL, **options})
    for block in tower.transformer.resblocks:  # nothing is zero or one, as in a trained tower
        for parameter in block.parameters():
            nn.init.normal_(parameter, std=0.2)
    tower.eval()
    return tower


@pytest.mark.parametrize("options", [{}, {"ls_init_value": 0.3}, {"final_ln_after_pool": True}, {"no_ln_pre": True}])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_the_embeddings_are_the_same(options: dict[str, Any], dtype: torch.dtype) -> None:
    whole = _tower(**options).to(dtype)
    spared = copy.deepcopy(whole)
    class_token.spare(spared)
    pixels = torch.randn(3, 3, 32, 32, dtype=dtype)
    with torch.inference_mode():
        expected, found = whole(pixels), spared(pixels)
    assert isinstance(spared.transformer.resblocks[-1], ClassTokenBlock)
    assert found.shape == expected.shape == (3, 16)
    tolerance = 1e-4 if dtype == torch.float32 else 0.05
    torch.testing.assert_close(found, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize(
    "options", [{"pool_type": "avg"}, {"attentional_pool": True}, {"output_tokens": True}, {"block_type": "custom"}]
)
def test_a_tower_whose_other_tokens_are_read_stays_as_it_is(options: dict[str, Any]) -> None:
    tower = _tower(**options)
    before = list(tower.modules())
    assert list(class_token.spare(tower).modules()) == before
