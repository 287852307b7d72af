"""Spares a vision transformer the tokens that nobody reads. Imports torch. Any thread.

The embedding of such a tower is read off one token, the class token (Dosovitskiy et al. 2021, section 3.1). In the last
block the others are only looked at: they need keys and values, but no queries, no outputs and no MLP of their own. The
result is the same; five sixths of the block's products are not made.
"""

from __future__ import annotations

from open_clip.transformer import ResidualAttentionBlock, Transformer, VisionTransformer
from torch import Tensor, nn


def spare(tower: nn.Module) -> nn.Module:
    """The tower, changed in place where it reads nothing but the class token after its last block."""
    if isinstance(tower, VisionTransformer) and _reads_only_the_class_token(tower):
        blocks: nn.ModuleList = tower.transformer.resblocks
        blocks[-1] = ClassTokenBlock(blocks[-1])
    return tower


class ClassTokenBlock(nn.Module):
    """Stands in for the last block."""

    def __init__(self, block: ResidualAttentionBlock) -> None:
        super().__init__()
        self.ln_1, self.ls_1 = block.ln_1, block.ls_1
        self.attn = ClassTokenAttention(block.attn)
        self.ln_2, self.ls_2 = block.ln_2, block.ls_2
        self.mlp = block.mlp

    def forward(self, tokens: Tensor, attn_mask: None = None) -> Tensor:
        """(b, t, k) to (b, 1, k): the first token, after it looked at all of them."""
        seen = tokens[:, :1] + self.ls_1(self.attn(self.ln_1(tokens)))
        result: Tensor = seen + self.ls_2(self.mlp(self.ln_2(seen)))
        return result


class ClassTokenAttention(nn.Module):
    """torch's attention for one query a picture. torch's own repeats the weights for every token here, in bfloat16."""

    def __init__(self, attention: nn.MultiheadAttention) -> None:
        super().__init__()
        width = attention.embed_dim
        weight, bias = attention.in_proj_weight, attention.in_proj_bias
        self._heads = attention.num_heads
        self.queries = _linear(weight[:width], bias[:width])
        self.keys_and_values = _linear(weight[width:], bias[width:])
        self.out_proj = _linear(attention.out_proj.weight, attention.out_proj.bias)

    def forward(self, tokens: Tensor) -> Tensor:
        """(b, t, k) to (b, 1, k)."""
        count, length, width = tokens.shape
        depth = width // self._heads
        queries = self.queries(tokens[:, :1]).view(count, 1, self._heads, depth).transpose(1, 2)
        keys, values = (
            self.keys_and_values(tokens).view(count, length, 2, self._heads, depth).permute(2, 0, 3, 1, 4).unbind()
        )
        seen = nn.functional.scaled_dot_product_attention(queries, keys, values)
        result: Tensor = self.out_proj(seen.transpose(1, 2).reshape(count, 1, width))
        return result


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    made = nn.Linear(weight.shape[1], weight.shape[0], device="meta")
    made.weight, made.bias = nn.Parameter(weight.detach()), nn.Parameter(bias.detach())
    return made


def _reads_only_the_class_token(tower: VisionTransformer) -> bool:
    transformer = tower.transformer
    return (
        tower.pool_type == "tok"
        and tower.attn_pool is None
        and not tower.output_tokens
        and type(transformer) is Transformer
        and transformer.batch_first
        and type(transformer.resblocks[-1]) is ResidualAttentionBlock
    )
