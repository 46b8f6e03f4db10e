"""Name topics: keywords, a label and quotes for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from bertopic import BERTopic

from issuemine.config import NamingSettings
from issuemine.naming import korean
from issuemine.naming.candidates import NEAREST, Corpus
from issuemine.naming.keywords import choose_keywords
from issuemine.naming.labels import Encode, Scored, Weights, add_vectors, assign, score_topic
from issuemine.naming.llm import LanguageModelNamer
from issuemine.naming.quotes import QuoteSource, choose_quotes
from issuemine.naming.surfaces import Forms, Surfaces, sentence_case
from issuemine.naming.tokens import documents, token_columns
from issuemine.naming.words import check_lengths, class_weights, distinctive_words
from issuemine.records import Keyword, TopicName

WEAK = 0.15
"""A label that a smaller share of the mentions near the centre holds is weak."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(slots=True)
class _Topic:
    """One topic while it is being named; members are sorted by cosine to the centre, nearest first."""

    label: int
    members: Ints
    similarities: Floats
    centre: npt.NDArray[np.float32]
    weights: Floats
    distinctive: Floats


def name_topics(
    model: BERTopic,
    mentions: pa.Table,
    vectors: npt.NDArray[np.float32],
    labels: npt.NDArray[np.int64],
    settings: NamingSettings,
    progress: Callable[[int], None] | None = None,
    encode: Encode | None = None,
    only: frozenset[int] | None = None,
) -> dict[int, TopicName]:
    """Give each topic of one encoder space its keywords, label and quotes.

    Parameters
    ----------
    model : BERTopic
        Fitted on `documents` (by a discovery or by `topic_words`). Only its vocabulary and word weights
        are used; how it numbers topics does not matter.
    mentions : pa.Table
        MENTION_SCHEMA, n_mentions rows.
    vectors : ndarray of float32, shape (n_mentions, dim)
        Unit length.
    labels : ndarray of int, shape (n_mentions,)
        Topic of each mention; -1 for none.
    settings : NamingSettings
        How many keywords and quotes, stop words, and the endpoint that writes labels, if any.
    progress : callable, optional
        Called with the number of topics just named.
    encode : callable, optional
        Encodes texts to unit vectors of the same space, shape (n_texts, dim). With it, candidates are
        also judged by the cosine of their own vector to the topic's centre.
    only : frozenset of int, optional
        Topics to name; the others are there to tell what sets these apart. Default: all.

    Returns
    -------
    dict of int to TopicName
        One for each topic to name. Labels differ from each other.

    Raises
    ------
    NamingError
        If the inputs differ in length.
    """
    check_lengths(mentions, labels, vectors)
    order = np.argsort(np.array(mentions.column("mention_id").to_pylist(), dtype=object), kind="stable")
    mentions, vectors, labels = mentions.take(order), vectors[order], np.asarray(labels)[order]
    columns = token_columns(mentions, settings.stop_words)
    corpus = Corpus(mentions.column("text").to_pylist(), mentions.column("language").to_pylist(), columns)
    topics, words = _topics(model, documents(mentions, settings.stop_words), vectors, labels)
    topics = [topic for topic in topics if only is None or topic.label in only]
    index = {word: i for i, word in enumerate(words)}
    source, surfaces = QuoteSource.of(mentions), Surfaces(corpus)
    forms = {topic.label: surfaces.read(topic.members[:NEAREST].tolist()) for topic in topics}
    scored: dict[int, list[Scored]] = {}
    names: dict[int, TopicName] = {}
    for topic in topics:
        weight = _word_weight(topic, index)
        scored[topic.label] = score_topic(
            corpus, labels, topic.label, topic.members, topic.similarities, weight, Weights()
        )
        quotes = choose_quotes(
            source,
            topic.members.tolist(),
            topic.similarities,
            vectors[topic.members],
            settings.quotes,
            _text_weight(weight),
        )
        keywords = _keywords(topic, words, corpus, labels, forms[topic.label], surfaces, settings.keywords)
        names[topic.label] = TopicName("", keywords, quotes)
        if progress is not None:
            progress(1)
    if encode is not None:
        centres = {topic.label: topic.centre for topic in topics}
        scored = add_vectors(scored, centres, encode, Weights())
    for topic in topics:
        about = _about(topic, names[topic.label], scored[topic.label], corpus)
        scored[topic.label] = [*about, *scored[topic.label]]
    shown = {label: sentence_case(surfaces.spell(form)) for label, form in assign(scored).items()}
    named = _with_labels(names, shown)
    if settings.llm_url is not None:
        return LanguageModelNamer(settings).rename(named)
    return named


def _topics(
    model: BERTopic, texts: list[str], vectors: npt.NDArray[np.float32], labels: Ints
) -> tuple[list[_Topic], list[str]]:
    """Members of each topic by closeness to its centre (the normalised mean vector), and its words."""
    numbers, weights, words = class_weights(model, texts, labels)
    distinctive = distinctive_words(model, texts, labels)
    topics = []
    for row, number in enumerate(numbers.tolist()):
        members = np.flatnonzero(labels == number)
        centre = vectors[members].mean(axis=0)
        centre = (centre / max(float(np.linalg.norm(centre)), 1e-12)).astype(np.float32)
        similarities = np.clip(vectors[members] @ centre, -1, 1).astype(np.float64)
        nearest = np.argsort(-similarities, kind="stable")
        topics.append(
            _Topic(
                number,
                members[nearest],
                similarities[nearest],
                centre,
                np.asarray(weights[row].todense(), np.float64).ravel(),
                distinctive[row],
            )
        )
    return topics, words


def _about(topic: _Topic, name: TopicName, scored: list[Scored], corpus: Corpus) -> list[Scored]:
    """What a Korean topic is called whose mentions share a noun but hardly a phrase: 업데이트 관련.

    That something is missing (업데이트 없음) would say of the topic what most of its mentions do not.
    """
    near = topic.members[:NEAREST]
    weak = not scored or (scored[0].mentions < WEAK * len(near) and korean.LACKING in scored[0].key)
    if corpus.languages[topic.members[0]] != "ko" or not weak:
        return []
    for keyword in name.keywords:
        held = len(np.intersect1d(corpus.holders([keyword.word]), near))
        if korean.is_noun(keyword.word) and held >= len(near) / 2:
            best = scored[0].score if scored else 0.0
            return [Scored(best, f"{keyword.word} 관련", (keyword.word, "관련"), held)]
    return []


def _keywords(
    topic: _Topic, words: list[str], corpus: Corpus, labels: Ints, forms: Forms, surfaces: Surfaces, most: int
) -> tuple[Keyword, ...]:
    def holders(word: str) -> int:
        return int((labels[corpus.holders([word])] == topic.label).sum())

    return choose_keywords(
        topic.distinctive, words, forms, holders, len(topic.members), most, surfaces.spell, corpus.idle
    )


def _word_weight(topic: _Topic, index: Mapping[str, int]) -> Callable[[str], float]:
    def weight(word: str) -> float:
        return float(topic.weights[index[word]]) if word in index else 0.0

    return weight


def _text_weight(weight: Callable[[str], float]) -> Callable[[str], float]:
    """Mean weight of a text's words, with a little for length."""

    def of(text: str) -> float:
        words = [word.strip(".,!?()\"'").lower() for word in text.split()]
        return sum(weight(word) for word in words) / (len(words) + 5)

    return of


def _with_labels(names: dict[int, TopicName], labels: dict[int, str]) -> dict[int, TopicName]:
    """Put labels in; a topic without one is called by its first keywords, or its first quote's words."""
    named: dict[int, TopicName] = {}
    taken = {label.casefold() for label in labels.values()}
    for topic, name in sorted(names.items()):
        label = labels.get(topic) or _fallback(name, taken)
        taken.add(label.casefold())
        named[topic] = replace(name, label=label)
    return named


def _fallback(name: TopicName, taken: set[str]) -> str:
    words = [korean.nominalised(keyword.word) for keyword in name.keywords]
    words.sort(key=lambda word: word not in [keyword.word for keyword in name.keywords])
    options = [sentence_case(", ".join(words[:most])) for most in range(2, len(words) + 1)]
    options += [sentence_case(" ".join(quote.text.split()[:5])) for quote in name.quotes]
    for option in options:
        if option.casefold() not in taken:
            return option
    base = options[0] if options else (words[0] if words else "–")
    return next(label for n in range(2, len(taken) + 3) if (label := f"{base} ({n})").casefold() not in taken)
