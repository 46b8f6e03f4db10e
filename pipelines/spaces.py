"""Encoder spaces: how the texts of some languages become vectors, intents and phrase vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from issuemine.clean.tokens import Analyser
from issuemine.clean.tokens_korean_words import LESSER
from issuemine.config import Settings
from issuemine.embed import load_encoder
from issuemine.embed.lexical import LexicalEncoder, content_lemmas
from issuemine.intent import IntentClassifier, TextIntentClassifier

Texts = pa.Table
"""Columns ``text_hash``, ``text`` and ``tokens``, one row a distinct text."""

Advance = Callable[[int], None]


@dataclass(frozen=True)
class Space:
    """One encoder with the intent classifier that goes with it.

    ``encode`` gives unit vectors ``(n_texts, dim)`` of a table of texts, ``classify`` intent
    probabilities ``(n_texts, 6)`` of texts and their vectors, ``encode_phrases`` vectors of plain phrases.
    """

    name: str
    revision: str
    dim: int
    encode: Callable[[Texts, Advance], np.ndarray]
    classifier: str
    classify: Callable[[Texts, np.ndarray], np.ndarray]
    encode_phrases: Callable[[Sequence[str]], np.ndarray]


def model_space(settings: Settings, keep: str | None) -> Space:
    """The space of the sentence-transformers model; ``keep`` is the revision of vectors already there."""
    encoder = load_encoder(settings.embed, keep)
    languages = settings.embed.model_languages
    classifier = IntentClassifier(
        encoder.encode, f"model {encoder.revision}", languages, settings.discover.random_state
    )
    fitted: list[IntentClassifier] = []

    def classify(_: Texts, vectors: np.ndarray) -> np.ndarray:
        if not fitted:
            fitted.append(classifier.fit())
        return classifier.predict_proba(vectors)

    return Space(
        name="model",
        revision=encoder.revision,
        dim=encoder.dim,
        encode=lambda texts, advance: encoder.encode(texts["text"].to_pylist(), advance),
        classifier=classifier.revision,
        classify=classify,
        encode_phrases=encoder.encode,
    )


def lexical_space(settings: Settings, corpus: Texts, language: str, keep_in: Path | None = None) -> Space:
    """The space of a lexical encoder fitted on the texts of one language that the model does not cover.

    With ``keep_in`` the fitted encoder is saved in that folder under its revision.
    """
    encoder = LexicalEncoder(
        dim=settings.embed.lexical_dim,
        char_weight=settings.embed.lexical_char_weight,
        random_state=settings.discover.random_state,
    ).fit(content_lemmas(corpus), lesser=LESSER)
    if keep_in is not None:
        encoder.save(keep_in / f"lexical-{encoder.revision}.npz")
    classifier = TextIntentClassifier([language], settings.discover.random_state)
    analyser = Analyser(settings.clean)
    fitted: list[TextIntentClassifier] = []

    def encode(texts: Texts, advance: Advance) -> np.ndarray:
        vectors = encoder.transform(content_lemmas(texts))
        advance(texts.num_rows)
        return vectors

    def classify(texts: Texts, _: np.ndarray) -> np.ndarray:
        if not fitted:
            fitted.append(classifier.fit())
        return classifier.predict_proba(texts["text"].to_pylist())

    def encode_phrases(phrases: Sequence[str]) -> np.ndarray:
        analyses = analyser.analyse(phrases, language)
        tokens = [[token._asdict() for token in analysis.tokens] for analysis in analyses]
        table = pa.table({"tokens": pa.array(tokens, corpus.schema.field("tokens").type)})
        return encoder.transform(content_lemmas(table))

    return Space(
        name=settings.embed.space_of(language),
        revision=encoder.revision,
        dim=encoder.dim,
        encode=encode,
        classifier=classifier.revision,
        classify=classify,
        encode_phrases=encode_phrases,
    )


def matrix(column: pa.ChunkedArray, dim: int) -> np.ndarray:
    """Vectors of an Arrow column of fixed-size lists as a float32 array ``(n, dim)``."""
    values = column.combine_chunks().flatten() if len(column) else pa.array([], pa.float32())
    return values.to_numpy(zero_copy_only=False).astype(np.float32, copy=False).reshape(-1, dim)


def vectors_column(vectors: np.ndarray) -> pa.FixedSizeListArray:
    """A float32 array ``(n, dim)`` as an Arrow column of fixed-size lists."""
    flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).reshape(-1))
    return pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1])
