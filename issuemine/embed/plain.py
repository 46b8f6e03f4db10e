"""Models that the packed forward does not know, run by sentence-transformers itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from issuemine.embed.encoder import Vectors
from issuemine.embed.packing import Indices
from issuemine.errors import EmbedError
from issuemine.messages import say

BATCH_TEXTS = 32


def load_sentence_transformer(model: str) -> Any:
    """Load a model by sentence-transformers.

    Parameters
    ----------
    model : str
        Name on the model hub, or a folder.

    Raises
    ------
    EmbedError
        If the model is neither a readable folder nor to be had by name.
    """
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(model)
    except Exception as error:  # Its loaders raise whatever their many formats and the network make of it.
        raise EmbedError(
            say("The model {model!r} cannot be loaded ({kind}).", model=model, kind=type(error).__name__),
            say(
                "Without a network, give embed.model the folder of a downloaded "
                "sentence-transformers model, or 'bundled'; with one, check the name."
            ),
        ) from error


def encode_plainly(
    model: Any, texts: Sequence[str], done: Callable[[Indices], None] | None = None
) -> Vectors:
    """Encode texts, longest first, so that batches hold texts of like length.

    Parameters
    ----------
    model : SentenceTransformer
        Any model.
    texts : sequence of str
        Distinct texts.
    done : callable, optional
        Called with the positions of the texts just done.

    Returns
    -------
    ndarray of float32, shape ``(n_texts, dim)``
        Unit-length vectors.
    """
    vectors = np.empty((len(texts), dimension(model)), dtype=np.float32)
    order = np.argsort([-len(text) for text in texts], kind="stable")
    for start in range(0, len(order), BATCH_TEXTS):
        places = order[start : start + BATCH_TEXTS]
        vectors[places] = model.encode(
            [texts[place] for place in places],
            batch_size=BATCH_TEXTS,
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        if done is not None:
            done(places)
    return vectors


def dimension(model: Any) -> int:
    """Length of a model's vectors."""
    return int(model.get_embedding_dimension())
