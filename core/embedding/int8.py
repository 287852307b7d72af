"""Makes an image tower compute with 8-bit integers, and tells whether this processor can. Imports torch. Any thread.

Whatever has few products stays float32: norms, attention's own, the pooling at the end, whose errors nothing evens out.
"""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn

from core.embedding import int8_layers
from core.embedding.int8_layers import Int8Attention, Int8Linear, Int8Patches

log = logging.getLogger(__name__)

_POOLING = ("AttentionalPooler", "AttentionPoolLatent")
_TANH_GELU = "GELUTanh"
"""Classes of open_clip and timm by their names: importing those takes seconds, and the starter needs neither."""
_EMULATED = 20.0
"""An 8-bit product that takes so many times as long as one of float32 is computed number by number: it is hundreds.

Far from what other programs can do to so short a trial: which format is faster is for the self-test to find out."""
_ROWS, _WIDTH, _TRIES = 64, 256, 5


@functools.cache
def works_here() -> bool:
    """Whether this processor and this torch multiply 8-bit integers exactly and not by emulation. Takes milliseconds.

    Processors without VNNI add pairs of products in 16 bits, which overflows: no error is raised, the sums are wrong.
    """
    try:
        return _is_exact_and_quick()
    except (RuntimeError, AttributeError, TypeError) as error:  # an operation that is missing, or has changed
        log.info("no 8-bit products here: %s", error)
        return False


def convert(module: nn.Module) -> nn.Module:
    """The float32 tower with its large products in 8 bits; the module is changed in place.

    Layers of kinds that are not known stay as they are. The tanh form of GELU, which torch computes slowly, becomes the
    exact one that it stands for: they differ by less than 0.0005.
    """
    for name, child in module.named_children():
        replaced = _replaced(module, name, child)
        if replaced is not None:
            setattr(module, name, replaced)
        elif not isinstance(child, nn.MultiheadAttention) and type(child).__name__ not in _POOLING:
            convert(child)
    return module


def _replaced(parent: nn.Module, name: str, child: nn.Module) -> nn.Module | None:
    if type(child) is nn.Linear and not _is_read_by(parent, name):
        return Int8Linear(child.weight, child.bias)
    if isinstance(child, nn.MultiheadAttention) and _is_plain(child):
        return Int8Attention(child)
    if isinstance(child, nn.Conv2d) and _cuts_patches(child):
        return Int8Patches(child)
    if type(child).__name__ == _TANH_GELU or (isinstance(child, nn.GELU) and child.approximate == "tanh"):
        return nn.GELU()
    return None


def _is_read_by(parent: nn.Module, name: str) -> bool:
    """Whether the parent multiplies by the layer's weights itself, as some of timm's attentions do."""
    return name == "qkv" and getattr(parent, "q_bias", None) is not None


def _is_plain(attention: nn.MultiheadAttention) -> bool:
    has_one_matrix = getattr(attention, "in_proj_weight", None) is not None and attention.in_proj_bias is not None
    return has_one_matrix and attention.batch_first and attention.bias_k is None and not attention.add_zero_attn


def _cuts_patches(convolution: nn.Conv2d) -> bool:
    is_apart = convolution.kernel_size == convolution.stride and max(convolution.kernel_size) > 1
    return is_apart and convolution.padding == (0, 0) and convolution.dilation == (1, 1) and convolution.groups == 1


def _is_exact_and_quick() -> bool:
    random = torch.Generator().manual_seed(1)
    levels = torch.randint(0, 256, (_ROWS, _WIDTH), generator=random)
    weights = torch.randint(-127, 128, (_WIDTH, _WIDTH), generator=random)
    levels[0], weights[0], weights[1] = 255, 127, -127
    eight_bits, packed, scales = levels.to(torch.uint8), int8_layers.pack(weights.to(torch.int8)), torch.ones(_WIDTH)
    floats, float_weights = levels.float(), weights.float()
    with torch.inference_mode():
        # The sums fit into float32 without rounding.
        if not torch.equal(int8_layers.product(eight_bits, packed, scales), (levels @ weights.T).float()):
            return False
        quick = _best_s(lambda: int8_layers.product(eight_bits, packed, scales))
        usual = _best_s(lambda: floats @ float_weights.T)
    return quick < _EMULATED * usual


def _best_s(compute: Callable[[], Tensor]) -> float:
    times = []
    for _ in range(_TRIES):
        started = time.perf_counter()
        compute()
        times.append(time.perf_counter() - started)
    return min(times)
