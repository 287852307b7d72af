"""The layers of a vision transformer with products of 8-bit integers. Imports torch. Any thread, on the processor.

Each output of a layer has a scale for its weights, symmetric; each row that comes in (a token, a patch) has a scale and
an offset of its own, so that one extreme token cannot coarsen the others and extremes of one sign cost half as much.
Between the layers everything stays float32. What must hold for the operation used here is in `int8.works_here`.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

_WEIGHT_LIMIT, _STEPS, _SIGN = 127, 255, 128
_SMALLEST = 1e-12
"""Keeps the scale of a row of equal numbers above nothing."""


def product(levels: Tensor, packed: Tensor, scales: Tensor) -> Tensor:
    """Rows (m, k) of bytes times packed weights of n outputs: (m, n) float32, each output with its scale."""
    zeros = torch.zeros(len(scales), dtype=torch.int64)
    rows: Tensor = torch.ops.onednn.qlinear_pointwise(
        levels, 1.0, 0, packed, scales, zeros, None, 1.0, 0, torch.float32, "none", [], ""
    )
    return rows


def pack(weight: Tensor) -> Tensor:
    """Weights (n, k) of int8 as the processor likes them; opaque."""
    packed: Tensor = torch.ops.onednn.qlinear_prepack(weight, None)
    return packed


class Int8Linear(nn.Module):
    """A linear layer; what it needs are plain attributes, because packed weights cannot be moved or cast."""

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        weight = weight.detach().float()
        self._outputs, self._inputs = weight.shape
        self._scales = weight.abs().amax(1).clamp_min_(_SMALLEST) / _WEIGHT_LIMIT
        levels = (weight / self._scales[:, None]).round_().to(torch.int8)
        self._packed = pack(levels)
        self._of_offset = levels.sum(1, dtype=torch.float32) * self._scales
        self._bias = torch.zeros(self._outputs) if bias is None else bias.detach().float()

    def forward(self, values: Tensor) -> Tensor:
        """(..., k) float32 to (..., n) float32. Each row is `level * scale + offset`, with levels of 0 to 255."""
        rows = values.reshape(-1, self._inputs)
        offset = rows.amin(1, keepdim=True)
        scale = (rows.amax(1, keepdim=True) - offset).clamp_min_(_SMALLEST).div_(_STEPS)
        fine = scale.reciprocal()
        levels = torch.addcmul(-_SIGN - offset * fine, rows, fine).round_().to(torch.int8)
        # By way of int8, because torch is slow at making uint8 of float32.
        sums = product(levels.view(torch.uint8).bitwise_xor_(_SIGN), self._packed, self._scales)
        constant = torch.addcmul(self._bias, offset, self._of_offset)
        return torch.addcmul(constant, sums, scale, out=sums).view(*values.shape[:-1], self._outputs)


class Int8Patches(nn.Module):
    """A convolution that cuts a picture into patches, as the linear layer that it is."""

    def __init__(self, convolution: nn.Conv2d) -> None:
        super().__init__()
        self._height, self._width = convolution.kernel_size
        self._linear = Int8Linear(convolution.weight.flatten(1), convolution.bias)

    def forward(self, pixels: Tensor) -> Tensor:
        """(b, c, h, w) to (b, n, rows, columns); what is left over at the right and below is not looked at."""
        count, channels, height, width = pixels.shape
        rows, columns = height // self._height, width // self._width
        pixels = pixels[:, :, : rows * self._height, : columns * self._width]
        cut = pixels.reshape(count, channels, rows, self._height, columns, self._width)
        patches = cut.permute(0, 2, 4, 1, 3, 5).reshape(count, rows, columns, -1)
        embedded: Tensor = self._linear(patches)
        return embedded.permute(0, 3, 1, 2)


class Int8Attention(nn.Module):
    """Stands in for torch's attention where tokens look at each other, batch first and without a mask."""

    def __init__(self, attention: nn.MultiheadAttention) -> None:
        super().__init__()
        self._heads = attention.num_heads
        self._into = Int8Linear(attention.in_proj_weight, attention.in_proj_bias)
        self._out = Int8Linear(attention.out_proj.weight, attention.out_proj.bias)

    def forward(
        self, query: Tensor, key: Tensor, value: Tensor, need_weights: bool = False, attn_mask: Tensor | None = None
    ) -> tuple[Tensor, None]:
        """(b, t, k) to the same. Raises RuntimeError for what it cannot do."""
        if key is not query or value is not query or need_weights or attn_mask is not None:
            raise RuntimeError("tokens of int8 can only look at each other, at all of them")
        count, tokens, width = query.shape
        parts = self._into(query).view(count, tokens, 3, self._heads, width // self._heads)
        states = nn.functional.scaled_dot_product_attention(*parts.permute(2, 0, 3, 1, 4))
        return self._out(states.transpose(1, 2).reshape(count, tokens, width)), None
