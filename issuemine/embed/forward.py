"""BERT's forward over packed batches: the same sums as the published model, without padding or masks.

Query, key and value are one matrix product; tokens of all texts of a batch go through the projections
together, and only attention and pooling work text by text (Devlin et al. 2019, BERT; Reimers and
Gurevych 2019, Sentence-BERT).
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor

from issuemine.embed.bert import BertParts

if TYPE_CHECKING:
    from issuemine.embed.packing import PackedBatch


class _Buffers(threading.local):
    """Memory that one thread uses again for every layer and batch.

    The largest results are several megabytes, and fresh pages for each cost a tenth of the whole time.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int, torch.dtype, torch.device], Tensor] = {}

    def take(self, slot: str, x: Tensor, width: int) -> Tensor:
        """Room for ``(len(x), width)`` values; what was in the slot before is lost."""
        key = (slot, width, x.dtype, x.device)
        if key not in self._kept or len(self._kept[key]) < len(x):
            self._kept[key] = x.new_empty(len(x), width)
        return self._kept[key][: len(x)]


_buffers = _Buffers()


@dataclass(frozen=True, slots=True)
class _Projection:
    """A matrix product and a bias; the result holds until the next one into the same slot."""

    slot: str
    weight: Tensor
    bias: Tensor

    def __call__(self, x: Tensor) -> Tensor:
        return torch.addmm(self.bias, x, self.weight.t(), out=_buffers.take(self.slot, x, len(self.weight)))


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Tensor
    bias: Tensor
    epsilon: float

    def __call__(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.weight.shape, self.weight, self.bias, self.epsilon)


@dataclass(frozen=True, slots=True)
class _Layer:
    qkv: _Projection
    out: _Projection
    attention_norm: _Norm
    up: _Projection
    down: _Projection
    norm: _Norm


class PackedBert:
    """A BERT encoder that takes packed batches.

    Parameters
    ----------
    parts : BertParts
        Weights and shape.
    dtype : torch.dtype, default float32
        Arithmetic of everything but the final mean.
    device : str, default "cpu"
        Where to compute.
    """

    def __init__(
        self,
        parts: BertParts,
        dtype: torch.dtype = torch.float32,
        device: str = "cpu",
    ) -> None:
        def take(name: str) -> Tensor:
            return parts.weights[name].to(device=device, dtype=dtype).contiguous()

        def norm(name: str) -> _Norm:
            return _Norm(take(f"{name}.weight"), take(f"{name}.bias"), parts.epsilon)

        def projection(slot: str, *names: str) -> _Projection:
            weight = torch.cat([take(f"{name}.weight") for name in names])
            bias = torch.cat([take(f"{name}.bias") for name in names])
            return _Projection(slot, weight, bias)

        def layer(number: int) -> _Layer:
            root = f"encoder.layer.{number}"
            heads = (f"{root}.attention.self.{part}" for part in ("query", "key", "value"))
            return _Layer(
                qkv=projection("qkv", *heads),
                out=projection("out", f"{root}.attention.output.dense"),
                attention_norm=norm(f"{root}.attention.output.LayerNorm"),
                up=projection("up", f"{root}.intermediate.dense"),
                down=projection("down", f"{root}.output.dense"),
                norm=norm(f"{root}.output.LayerNorm"),
            )

        self.device = device
        self.heads = parts.heads
        self._words = take("embeddings.word_embeddings.weight")
        # All tokens are of the first type, so its vector is part of every position's.
        self._positions = (
            take("embeddings.position_embeddings.weight") + take("embeddings.token_type_embeddings.weight")[0]
        )
        self._norm = norm("embeddings.LayerNorm")
        self._layers = [layer(number) for number in range(parts.layers)]

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._words.shape[1])

    @torch.inference_mode()
    def __call__(self, batch: PackedBatch) -> Tensor:
        """Encode a batch; unit vectors of float32, shape ``(n_batch, dim)``, on the CPU."""
        ids = torch.from_numpy(batch.ids).to(self.device)
        positions = torch.from_numpy(batch.positions).to(self.device)
        x = self._norm(F.embedding(ids, self._words) + F.embedding(positions, self._positions))
        for layer in self._layers:
            attended = self._attend(layer.qkv(x), batch.runs)
            x = layer.attention_norm(layer.out(attended).add_(x))
            x = layer.norm(layer.down(torch.ops.aten.gelu_(layer.up(x))).add_(x))
        means = [_texts(x, run).float().mean(1) for run in batch.runs]
        return F.normalize(torch.cat(means), dim=1).cpu()

    def _attend(self, qkv: Tensor, runs: tuple[tuple[int, int, int], ...]) -> Tensor:
        attended = [self._attend_run(_texts(qkv, run)) for run in runs]
        return torch.cat(attended) if len(attended) > 1 else attended[0]

    def _attend_run(self, qkv: Tensor) -> Tensor:
        count, length, width = qkv.shape
        query, key, value = qkv.view(count, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(query, key, value)
        return attended.transpose(1, 2).reshape(count * length, width // 3)


def _texts(x: Tensor, run: tuple[int, int, int]) -> Tensor:
    """A run's tokens as ``(count, length, width)``, without copying."""
    start, count, length = run
    return x[start : start + count * length].view(count, length, -1)
