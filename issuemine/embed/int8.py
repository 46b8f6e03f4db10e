"""8-bit projections for CPUs with integer dot products (AVX-512 VNNI, AMX): a quarter of float32's time.

Weights are rounded to 8 bits per output channel once; each token's activations are rounded when they come,
over their own range, so that the vector of a text never depends on its neighbours (Yao et al. 2022,
ZeroQuant). Some input channels of BERT are far larger than others; dividing them by a factor that the
weights take up spreads the rounding evenly (Xiao et al. 2023, SmoothQuant, eq. 4 with alpha 0.5).
The sums themselves are exact integers, whatever the batch.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from issuemine.embed.bert import BertParts
from issuemine.embed.forward import PackedBert, Projection, dense
from issuemine.embed.packing import PackedBatch

LEVELS = 255
_SMALLEST = 1e-6


def quantized_bert(parts: BertParts, batch: PackedBatch) -> PackedBert:
    """A BERT encoder with 8-bit projections.

    Parameters
    ----------
    parts : BertParts
        Weights and shape.
    batch : PackedBatch
        Texts on which the range of each input channel is measured.

    Raises
    ------
    RuntimeError, AttributeError
        If this machine or this torch has no 8-bit matrix product.
    """
    ranges: dict[str, Tensor] = {}
    PackedBert(parts, project=_measuring(ranges))(batch)

    def project(name: str, weight: Tensor, bias: Tensor) -> Projection:
        return Int8Projection(weight, bias, ranges[name])

    return PackedBert(parts, project=project)


class Int8Projection:
    """``x @ weight.T + bias`` in 8 bits.

    Parameters
    ----------
    weight : Tensor of float32, shape ``(n_out, n_in)``
    bias : Tensor of float32, shape ``(n_out,)``
    largest : Tensor of float32, shape ``(n_in,)``
        Largest absolute value that each input is known to take; larger ones are only rounded more coarsely.
    """

    def __init__(self, weight: Tensor, bias: Tensor, largest: Tensor) -> None:
        columns = weight.abs().amax(0).clamp(min=_SMALLEST)
        factors = (largest.clamp(min=_SMALLEST) / columns).sqrt()
        smoothed = weight * factors
        self._scale = smoothed.abs().amax(1).clamp(min=_SMALLEST) / 127
        rounded = (smoothed / self._scale[:, None]).round()
        self._sums = (rounded.sum(1) * self._scale).contiguous()
        self._shrink = factors.reciprocal()
        self._bias = bias
        self._zeros = torch.zeros(len(weight), dtype=torch.int64)
        self._packed = torch.ops.onednn.qlinear_prepack(rounded.to(torch.int8).contiguous(), None)

    def __call__(self, x: Tensor) -> Tensor:
        """Project tokens, ``(n_tokens, n_in)`` to ``(n_tokens, n_out)``."""
        x = x * self._shrink
        low = x.amin(1, keepdim=True)
        step = (x.amax(1, keepdim=True) - low).clamp_(min=_SMALLEST).div_(LEVELS)
        # x = low + step * level, with levels 0 to 255.
        levels = x.sub_(low).div_(step).round_().to(torch.uint8)
        product = torch.ops.onednn.qlinear_pointwise(
            levels,
            1.0,
            0,
            self._packed,
            self._scale,
            self._zeros,
            None,
            1.0,
            0,
            torch.float32,
            "none",
            [],
            "",
        )
        return torch.addcmul(self._bias, product, step).addcmul_(low, self._sums)


def _measuring(ranges: dict[str, Tensor]) -> Callable[[str, Tensor, Tensor], Projection]:
    """Plain projections that note the largest absolute value of each of their inputs."""

    def project(name: str, weight: Tensor, bias: Tensor) -> Projection:
        plain = dense(name, weight, bias)

        def measure(x: Tensor) -> Tensor:
            ranges[name] = x.abs().amax(0).clone()
            return plain(x)

        return measure

    return project
