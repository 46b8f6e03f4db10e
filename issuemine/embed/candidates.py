"""The precisions that a model can be tried in, each ready to be made."""

from __future__ import annotations

import copy
import functools
import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import torch

from issuemine.embed import plain
from issuemine.embed.bert import read_bert
from issuemine.embed.encoder import Vectors
from issuemine.embed.packing import Indices
from issuemine.embed.runner import packed_runner

PRECISIONS = ("float32", "bfloat16")
"""The first is the reference."""

FORWARD_VERSION = "1"
"""Part of every revision: raised when our own arithmetic changes the vectors."""


class Run(Protocol):
    """Encodes distinct texts; ``done`` gets the positions of those just done."""

    def __call__(self, texts: Sequence[str], done: Callable[[Indices], None] | None = None) -> Vectors:
        """Unit vectors, ``(n_texts, dim)``."""
        ...


class Candidates:
    """A loaded model and the precisions that it can be tried in.

    Attributes
    ----------
    precisions : tuple of str
        The first is the reference.
    dim : int
        Length of a vector.
    """

    precisions = PRECISIONS

    def __init__(self, dim: int, fingerprint: str, make: Callable[[str], Run]) -> None:
        self.dim = dim
        self._fingerprint = fingerprint
        self.make = functools.cache(make)

    def revision(self, precision: str) -> str:
        """Key of the vectors that the model gives in a precision, as a 128-bit hexadecimal digest."""
        return digest({}, FORWARD_VERSION, self._fingerprint, precision)


def candidates(model: str, batch_tokens: int) -> Candidates:
    """Load a model.

    Parameters
    ----------
    model : str
        Folder, or name on the model hub.
    batch_tokens : int
        Most tokens of a packed batch.

    Raises
    ------
    EmbedError
        If there is no such model.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if (parts := read_bert(Path(model))) is not None:
        return Candidates(
            dim=len(parts.weights["embeddings.LayerNorm.weight"]),
            fingerprint=digest(parts.weights, "packed", parts.facts),
            make=lambda precision: packed_runner(parts, precision, device, batch_tokens),
        )
    loaded = plain.load_sentence_transformer(model)
    tokenizer = getattr(loaded.tokenizer, "backend_tokenizer", None)
    facts = (str(loaded), str(loaded.prompts), str(loaded.default_prompt_name), str(loaded.max_seq_length))
    return Candidates(
        dim=plain.dimension(loaded),
        fingerprint=digest(loaded.state_dict(), "plain", *facts, tokenizer.to_str() if tokenizer else ""),
        make=lambda precision: _plain_run(loaded, precision),
    )


def digest(weights: Mapping[str, torch.Tensor], *facts: str) -> str:
    """128-bit digest of texts and of tensors by name, in hexadecimal."""
    state = hashlib.blake2b(digest_size=16)
    for fact in facts:
        state.update(f"{len(fact)}:{fact}".encode())
    for name in sorted(weights):
        tensor = weights[name].detach().cpu().contiguous()
        state.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        state.update(tensor.flatten().view(torch.uint8).numpy().data)
    return state.hexdigest()


def _plain_run(loaded: Any, precision: str) -> Run:
    dtype = getattr(torch, precision)
    model = loaded if dtype is torch.float32 else copy.deepcopy(loaded).to(dtype)
    return functools.partial(plain.encode_plainly, model)
