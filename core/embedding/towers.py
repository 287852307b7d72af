"""The two halves of an encoder as torch modules, each loaded only when it is first needed.

Imports torch: only modules that are themselves imported lazily may import this one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class ImageTower:
    """The image half.

    `module(pixels)` takes (n, 3, side, side) floats, already normalised with the encoder's `Preprocessing`, on the
    module's device and in its dtype, and returns (n, k). The encoder may move `module` to a device, cast the whole of
    it to bfloat16 or float16 and make it channels_last. `head`, where given, maps the (n, k), as float32, to (n, d)
    and stays float32. Rows need not be normalised. Both arrive in eval mode, on the CPU, in float32.
    """

    module: nn.Module
    head: nn.Module | None = None
    is_convolutional: bool = False
    """Made of convolutions: channels_last pays."""


@dataclass(frozen=True, slots=True)
class TextTower:
    """The text half.

    `tokenize(texts)` gives the tensors, on the CPU, that `module(*tensors)` takes (ids; ids and attention mask; ...),
    each of n rows; texts longer than the context are cut, never refused. `module` returns (n, k) and, where given,
    `head` maps that to (n, d). Both arrive in eval mode, on the CPU, and are never cast.
    """

    module: nn.Module
    tokenize: Callable[[Sequence[str]], tuple[Tensor, ...]]
    head: nn.Module | None = None


@dataclass(frozen=True, slots=True)
class Towers:
    """How to load each half; either may be called again after its result was released.

    Both raise LibraryError when the weights are missing or broken.
    """

    image: Callable[[], ImageTower]
    text: Callable[[], TextTower]
