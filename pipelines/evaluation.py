"""Evaluation: mine labelled texts as a run would and compare the topics with the labels."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from issuemine.clean.hashing import text_hash
from issuemine.clean.language import LanguageFinder
from issuemine.clean.tokens import Analyser
from issuemine.clean.unicode import normalise
from issuemine.config import Settings
from issuemine.discover import NeighbourCommunities, score
from issuemine.errors import IngestError, SettingsError
from issuemine.ingest import columns
from issuemine.messages import say
from issuemine.records import TOKEN
from pipelines.spaces import lexical_space, model_space


class Mined(NamedTuple):
    """Topics of texts, and how long that took."""

    labels: np.ndarray
    """Topic of each text, -1 for none; shape ``(n_texts,)``."""
    encode_seconds: float
    cluster_seconds: float


_GRANULARITIES = ("auto", "coarse", "medium", "fine")


def evaluate_file(
    file: Path, text: str, label: str, settings: Settings, *, language: str | None, granularity: str | None
) -> dict[str, float]:
    """Agreement of topics with human labels.

    Parameters
    ----------
    file : Path
        CSV, TSV, JSON Lines or Parquet.
    text, label : str
        Its columns. Rows without a text are left out.
    settings : Settings
        As for a run.
    language : str, optional
        ISO 639-1 code of all texts; default: told for each.
    granularity : str, optional
        Overrides the settings' granularity.

    Returns
    -------
    dict
        ``n_texts, n_labels, n_topics, unassigned_share, nmi, ari, ami, encode_seconds,
        cluster_seconds``. All texts count, unassigned ones as one class.

    Raises
    ------
    IngestError
        If the file cannot be read, lacks a column, or holds no text.
    SettingsError
        If the granularity is neither a word nor a number.
    """
    table = columns(file, (text, label), settings.ingest)
    texts = [normalise(value or "") for value in table[text].to_pylist()]
    kept = [i for i, value in enumerate(texts) if value.strip()]
    if not kept:
        raise IngestError(
            say("{file} holds no text in column {text!r}.", file=file, text=text),
            say("Name another with --text."),
        )
    texts, labels = [texts[i] for i in kept], np.array(table[label].to_pylist(), dtype=object)[kept]
    found = mine_texts(texts, language, settings, granularity)
    return (
        {"n_texts": len(texts), "n_labels": len(set(labels.tolist()))}
        | score(labels, found.labels)
        | {"encode_seconds": found.encode_seconds, "cluster_seconds": found.cluster_seconds}
    )


def mine_texts(
    texts: Sequence[str], language: str | None, settings: Settings, granularity: str | None
) -> Mined:
    """Find the topics of short texts, each space apart, as a run would.

    Parameters
    ----------
    texts : sequence of str
        Each a mention of its own.
    language, granularity : str, optional
        As for :func:`evaluate_file`.
    settings : Settings
        As for a run.
    """
    finder = LanguageFinder(settings.clean.languages)
    languages = [language] * len(texts) if language else finder.find([""] * len(texts), texts)
    start = time.perf_counter()
    spaces = _encode(texts, languages, settings)
    encoded = time.perf_counter()
    found = np.full(len(texts), -1, dtype=np.int64)
    for rows, vectors in spaces:
        topics = _cluster(vectors, settings, granularity)
        found[rows] = np.where(topics >= 0, topics + found.max() + 1, -1)
    return Mined(found, encoded - start, time.perf_counter() - encoded)


def _encode(
    texts: Sequence[str], languages: Sequence[str], settings: Settings
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Rows and vectors of each encoder space, each text encoded by the space of its language."""
    routed = np.array([settings.embed.space_of(language) for language in languages])
    analyser = Analyser(settings.clean)
    spaces = []
    for space in np.unique(routed):
        rows = np.flatnonzero(routed == space)
        chosen = [texts[row] for row in rows]
        if space == "model":
            spaces.append((rows, model_space(settings, None).encode(pa.table({"text": chosen}), _ignore)))
            continue
        language = languages[rows[0]]
        analyses = analyser.analyse(chosen, language)
        tokens = [[token._asdict() for token in analysis.tokens] for analysis in analyses]
        hashes = [text_hash(value) for value in chosen]
        corpus = pa.table({"text_hash": hashes, "text": chosen, "tokens": pa.array(tokens, pa.list_(TOKEN))})
        spaces.append((rows, lexical_space(settings, corpus, language).encode(corpus, _ignore)))
    return spaces


def _cluster(vectors: np.ndarray, settings: Settings, granularity: str | None) -> np.ndarray:
    discover = settings.discover
    chosen: str | float = discover.granularity
    if granularity is not None:
        try:
            chosen = granularity if granularity in _GRANULARITIES else float(granularity)
        except ValueError as error:
            raise SettingsError(
                say("{granularity!r} is no granularity.", granularity=granularity),
                say("Choose {words}, or a number.", words=", ".join(_GRANULARITIES)),
            ) from error
    estimator = NeighbourCommunities.of(discover.model_copy(update={"granularity": chosen}))
    found: np.ndarray = estimator.fit(vectors).labels_
    return found


def _ignore(_: int) -> None:
    return None
