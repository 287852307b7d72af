"""The starter's image half: EfficientNet-Lite2 on ImageNet-1k weights. Imports torch; timm when loaded. Any thread."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.embedding import starter

FEATURES = 2560


class PooledEfficientNet(nn.Module):
    """Pixels (n, 3, side, side) to (n, 2560) float32: the last feature map, averaged and its maxima, side by side."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> Tensor:
        """Pooled features; the pooling itself is done in float32."""
        return pool(self.network.forward_features(pixels))  # type: ignore[operator]


def pool(features: Tensor) -> Tensor:
    """(n, 1280, h, w) to (n, 2560): average beside maximum."""
    features = features.float()
    return torch.cat([features.mean((2, 3)), features.amax((2, 3))], dim=1)


def load_network() -> nn.Module:
    """timm's `tf_efficientnet_lite2` with the package's weights and its normalisation folded in, in eval mode.

    The package names its tensors differently but keeps them in timm's order. Raises LibraryError.
    """
    import timm

    path = starter.check(starter.image_weights(), starter.IMAGE_WEIGHTS_SHA256)
    weights = torch.load(path, weights_only=True, map_location="cpu")
    network: nn.Module = timm.create_model("tf_efficientnet_lite2", pretrained=False)
    names = [name for name in network.state_dict() if not name.endswith("num_batches_tracked")]
    tensors = [tensor for name, tensor in weights.items() if not name.endswith("num_batches_tracked")]
    network.load_state_dict(dict(zip(names, tensors, strict=True)), strict=False)
    fold_normalisation(network)
    return network.eval()


def fold_normalisation(network: nn.Module) -> None:
    """Move each batch normalisation into the convolution before it: the same function, about twice as fast."""
    convolution: nn.Conv2d | None = None
    for name, module in list(network.named_modules()):
        if isinstance(module, nn.Conv2d):
            convolution = module
        elif isinstance(module, nn.BatchNorm2d) and convolution is not None:
            convolution.weight, convolution.bias = torch.nn.utils.fuse_conv_bn_weights(
                convolution.weight,
                convolution.bias,
                module.running_mean,  # type: ignore[arg-type]
                module.running_var,  # type: ignore[arg-type]
                module.eps,
                module.weight,
                module.bias,
            )
            parent, _, leaf = name.rpartition(".")
            setattr(network.get_submodule(parent), leaf, getattr(module, "act", nn.Identity()))
