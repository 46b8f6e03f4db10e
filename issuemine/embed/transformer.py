"""Encoders by sentence-transformers models: the bundled one, or any name or folder."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from issuemine.config import EmbedSettings
from issuemine.embed import bundled
from issuemine.embed.encoder import Progress, Vectors
from issuemine.embed.packing import Indices
from issuemine.embed.precision import UNUSABLE, fastest, usable
from issuemine.errors import EmbedError
from issuemine.messages import say

if TYPE_CHECKING:
    from issuemine.embed.candidates import Candidates, Run

_log = logging.getLogger(__name__)


class TransformerEncoder:
    """A sentence-transformers model in one precision; made by :func:`load_encoder`.

    Attributes
    ----------
    name : str
        The model's name, without folders.
    revision : str
        128-bit digest, in hexadecimal, of weights, tokenizer, forward and precision.
    dim : int
        Length of a vector.
    precision : str
        Arithmetic that was chosen: ``"float32"`` or ``"bfloat16"``.
    """

    def __init__(self, name: str, revision: str, dim: int, precision: str, run: Run) -> None:
        self.name = name
        self.revision = revision
        self.dim = dim
        self.precision = precision
        self._run = run

    def serve(self) -> None:
        """Encode with one thread from now on, for a process that answers many at a time."""
        import torch

        torch.set_num_threads(1)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode texts, equal ones once.

        Batches are made of the sorted distinct texts, so the order and the number of copies of the input
        change nothing, not even a rounding.

        Parameters
        ----------
        texts : sequence of str
            Any texts; what is beyond the model's length is not read.
        progress : callable, optional
            Called with the number of texts just done.

        Returns
        -------
        ndarray of float32, shape ``(n_texts, dim)``
            Unit-length vectors, in the order of ``texts``.
        """
        distinct = sorted(set(texts))
        place = {text: position for position, text in enumerate(distinct)}
        rows = np.fromiter((place[text] for text in texts), dtype=np.int64, count=len(texts))
        copies = np.bincount(rows, minlength=len(distinct))

        def done(places: Indices) -> None:
            if progress is not None:
                progress(int(copies[places].sum()))

        return self._run(distinct, done)[rows]


def load_encoder(settings: EmbedSettings, keep: str | None = None) -> TransformerEncoder:
    """Load the model of the settings, ready to encode.

    BERT models with mean pooling, such as the bundled all-MiniLM-L6-v2, run over packed batches without
    padding; others by sentence-transformers itself.

    Parameters
    ----------
    settings : EmbedSettings
        Model, batch size and precision. Under ``precision="auto"`` the precisions that agree with float32
        on a few fixed texts are timed, and the fastest is taken.
    keep : str, optional
        A revision to stay with, such as that of vectors already cached. Under ``"auto"`` the precision that
        has it is taken without timing, so that a run repeated on a busier machine chooses the same.

    Raises
    ------
    EmbedError
        If the model cannot be loaded, is damaged, or cannot be computed in the precision asked for.
    """
    # The heavy libraries are imported here, so that commands which encode nothing start quickly.
    from issuemine.embed.candidates import candidates

    if settings.model == "bundled":
        name, model = bundled.NAME, str(bundled.bundled_folder())
    else:
        name, model = Path(settings.model).name, settings.model
    choices = candidates(model, settings.batch_tokens)
    precision = _choose(choices, settings.precision, keep)
    try:
        run = choices.make(precision)
    except UNUSABLE as error:
        raise EmbedError(
            say(
                "The model {name!r} cannot be computed in {precision} on this machine.",
                name=name,
                precision=precision,
            ),
            say("Set embed.precision to 'auto' or 'float32'."),
        ) from error
    return TransformerEncoder(name, choices.revision(precision), choices.dim, precision, run)


def _choose(choices: Candidates, wanted: str, keep: str | None) -> str:
    if wanted != "auto":
        return wanted
    for precision in choices.precisions:
        if choices.revision(precision) == keep:
            return precision
    reference, *others = choices.precisions
    agreeing = usable({name: _lazily(choices, name) for name in others}, choices.make(reference))
    chosen = fastest({name: choices.make(name) for name in (reference, *agreeing)}, reference)
    _log.info("precision %s; mean cosine to %s: %s", chosen, reference, agreeing)
    return chosen


def _lazily(choices: Candidates, precision: str) -> Callable[[Sequence[str]], Vectors]:
    return lambda texts: choices.make(precision)(texts)
