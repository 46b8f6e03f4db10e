"""Encoder spaces: how the texts of some languages become vectors, intents and phrase vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from issuemine.clean.tokens import Analyser
from issuemine.clean.tokens_korean_words import LESSER
from issuemine.config import EmbedSettings, Settings
from issuemine.embed import load_encoder
from issuemine.embed.lexical import LexicalEncoder, content_lemmas
from issuemine.intent import IntentClassifier, TextIntentClassifier
from issuemine.records import TOKEN

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
    """The space of the sentence-transformers model; ``keep`` is the revision of vectors already there.

    Loaded once a process: the nights of a replay share it.
    """
    return _model_space(settings.embed.model_dump_json(), settings.discover.random_state, keep)


@lru_cache(maxsize=1)
def _model_space(embed: str, random_state: int, keep: str | None) -> Space:
    settings = EmbedSettings.model_validate_json(embed)
    encoder = load_encoder(settings, keep)
    classifier = IntentClassifier(
        encoder.encode, f"model {encoder.revision}", settings.model_languages, random_state
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
        encoder.save(lexical_file(keep_in, encoder.revision))
    return _lexical_space(settings, encoder, language)


def saved_lexical_space(settings: Settings, language: str, folder: Path, revision: str) -> Space | None:
    """The space of a lexical encoder that an earlier run fitted, or None where its file is gone."""
    file = lexical_file(folder, revision)
    # Only the sections that it needs: JSON holds stars instead of secrets, which other sections refuse.
    needed = settings.model_dump_json(include={"clean", "embed", "discover"})
    return _loaded_space(needed, file, language) if file.is_file() else None


@lru_cache(maxsize=32)
def _loaded_space(settings: str, file: Path, language: str) -> Space:
    """Loaded once a process: the nights of a replay share it."""
    return _lexical_space(Settings.model_validate_json(settings), LexicalEncoder.load(file), language)


def lexical_file(folder: Path, revision: str) -> Path:
    """Where a fitted lexical encoder is kept."""
    return folder / f"lexical-{revision}.npz"


def _lexical_space(settings: Settings, encoder: LexicalEncoder, language: str) -> Space:
    classifier = TextIntentClassifier([language], settings.discover.random_state)
    analyser = Analyser(settings.clean)

    def encode(texts: Texts, advance: Advance) -> np.ndarray:
        vectors = encoder.transform(content_lemmas(texts))
        advance(texts.num_rows)
        return vectors

    def classify(texts: Texts, _: np.ndarray) -> np.ndarray:
        fitted = _text_classifier(language, settings.discover.random_state)
        return fitted.predict_proba(texts["text"].to_pylist())

    def encode_phrases(phrases: Sequence[str]) -> np.ndarray:
        analyses = analyser.analyse(phrases, language)
        tokens = [[token._asdict() for token in analysis.tokens] for analysis in analyses]
        table = pa.table({"tokens": pa.array(tokens, pa.list_(TOKEN))})
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


@cache
def _text_classifier(language: str, random_state: int) -> TextIntentClassifier:
    return TextIntentClassifier([language], random_state).fit()


def matrix(column: pa.ChunkedArray, dim: int) -> np.ndarray:
    """Vectors of an Arrow column of fixed-size lists as a float32 array ``(n, dim)``."""
    values = column.combine_chunks().flatten() if len(column) else pa.array([], pa.float32())
    return values.to_numpy(zero_copy_only=False).astype(np.float32, copy=False).reshape(-1, dim)


def vectors_column(vectors: np.ndarray) -> pa.FixedSizeListArray:
    """A float32 array ``(n, dim)`` as an Arrow column of fixed-size lists."""
    flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).reshape(-1))
    return pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1])
