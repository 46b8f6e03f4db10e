"""Which words are typical of a topic: class-based TF-IDF through BERTopic's own transformer."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from bertopic import BERTopic
from bertopic.backend import BaseEmbedder
from bertopic.cluster import BaseCluster
from bertopic.dimensionality import BaseDimensionalityReduction
from bertopic.vectorizers import ClassTfidfTransformer
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from issuemine.config import NamingSettings
from issuemine.errors import NamingError
from issuemine.messages import say
from issuemine.naming.tokens import documents

UNASSIGNED = -1
Floats = npt.NDArray[np.float64]


class LemmaVectorizer(CountVectorizer):  # type: ignore[misc]
    """Counts words and good bigrams of documents made of lemmas.

    A bigram is good if it occurs often enough and much more often than chance would bring its words
    together: normalised pointwise mutual information (Bouma 2009, *Normalized (pointwise) mutual
    information in collocation extraction*). Others would only repeat their words.

    Parameters
    ----------
    dropped : sequence of str, default ()
        Words that are not counted.
    min_bigram : int, default 3
        Fewest occurrences of a bigram.
    min_npmi : float, default 0.2
        Smallest normalised mutual information of a bigram, in [-1, 1].
    """

    def __init__(self, dropped: Sequence[str] = (), min_bigram: int = 3, min_npmi: float = 0.2) -> None:
        self.dropped = dropped
        self.min_bigram = min_bigram
        self.min_npmi = min_npmi
        super().__init__(analyzer=self._words, lowercase=False, token_pattern=None)

    def fit_transform(self, raw_documents: Iterable[str], y: Any = None) -> sparse.csr_matrix:
        """Learn the vocabulary and count, shape (n_documents, n_words)."""
        texts = list(raw_documents)
        self.bigrams_ = self._good_bigrams(texts)
        try:
            counts: sparse.csr_matrix = super().fit_transform(texts, y)
            return counts
        except ValueError as error:
            raise NamingError(
                say("No mention holds a word that could name a topic."),
                say("Check that the column with the text is the one that was mapped."),
            ) from error

    def fit(self, raw_documents: Iterable[str], y: Any = None) -> LemmaVectorizer:
        """Learn the vocabulary."""
        self.fit_transform(raw_documents, y)
        return self

    def _words(self, text: str) -> list[str]:
        good: frozenset[tuple[str, str]] = getattr(self, "bigrams_", frozenset())
        words: list[str] = []
        for document in self._documents(text):
            words += document
            words += [f"{a} {b}" for a, b in itertools.pairwise(document) if (a, b) in good]
        return words

    def _documents(self, text: str) -> list[list[str]]:
        """Kept words of each of the documents that were joined to a text."""
        dropped = set(self.dropped)
        return [[word for word in part.split() if word not in dropped] for part in text.split("  ")]

    def _good_bigrams(self, texts: Iterable[str]) -> frozenset[tuple[str, str]]:
        singles: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            for words in self._documents(text):
                singles.update(words)
                pairs.update(itertools.pairwise(words))
        total = sum(singles.values())
        return frozenset(
            (a, b)
            for (a, b), count in pairs.items()
            if count >= self.min_bigram
            and a != b
            and np.log(count * total / (singles[a] * singles[b])) >= -self.min_npmi * np.log(count / total)
        )


class LemmaWeights(ClassTfidfTransformer):  # type: ignore[misc]
    """c-TF-IDF that can also weigh a single word, where the library takes its one weight for no list."""

    def fit(self, counts: sparse.csr_matrix, multiplier: Any = None) -> LemmaWeights:
        """Weigh words by how they are spread over classes.

        Parameters
        ----------
        counts : sparse matrix of shape (n_classes, n_words)
            Words of each class.
        multiplier : ndarray of shape (n_words,), optional
            Factors of the weights.
        """
        if counts.shape[1] != 1:
            return super().fit(counts, multiplier)  # type: ignore[no-any-return]
        # A second word that nobody wrote changes nothing of the first one's weight.
        super().fit(sparse.hstack([counts, sparse.csr_matrix(counts.shape)], format="csr"), multiplier)
        weights: sparse.csr_matrix = vars(self)["_idf_diag"]
        self._idf_diag = weights[:1, :1]
        return self


def vectorizer(settings: NamingSettings) -> CountVectorizer:
    """Counter of words and good bigrams in `documents`, for BERTopic's ``vectorizer_model``."""
    return LemmaVectorizer(tuple(word.lower() for word in settings.stop_words))


def ctfidf() -> ClassTfidfTransformer:
    """c-TF-IDF with BM25 weighting and damped frequent words, for BERTopic's ``ctfidf_model``.

    The weight of word ``w`` in class ``c`` is ``sqrt(tf) * log(1 + (A - f + 0.5) / (f + 0.5))``: ``tf`` is
    the word's share of the words of ``c``, ``f`` its count in all classes, ``A`` the mean number of words
    of a class (Grootendorst 2022, arXiv:2203.05794, section 3.3, and the library's BM25 variant).
    """
    return LemmaWeights(bm25_weighting=True, reduce_frequent_words=True)


def topic_words(mentions: pa.Table, labels: npt.NDArray[np.int64], settings: NamingSettings) -> BERTopic:
    """Fit BERTopic to topics that are known already, without clustering.

    A nightly run names its topics anew with this: nothing but words is counted.

    Parameters
    ----------
    mentions : pa.Table
        MENTION_SCHEMA, n_mentions rows.
    labels : ndarray of int, shape (n_mentions,)
        Topic of each mention; -1 for none.
    settings : NamingSettings
        Words to leave out, number of keywords.

    Returns
    -------
    BERTopic
        With ``c_tf_idf_``; its own topic numbers are ordered by size.

    Raises
    ------
    NamingError
        If labels and mentions differ in number, or no mention holds a usable word.
    """
    check_lengths(mentions, labels)
    model = BERTopic(
        language="multilingual",
        embedding_model=BaseEmbedder(),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=BaseCluster(),
        vectorizer_model=vectorizer(settings),
        ctfidf_model=ctfidf(),
        top_n_words=settings.keywords,
    )
    model.fit(
        documents(mentions, settings.stop_words),
        embeddings=np.zeros((mentions.num_rows, 1), np.float32),
        y=[int(label) for label in labels],
    )
    return model


def class_weights(
    model: BERTopic, texts: Sequence[str], labels: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], sparse.csr_matrix, list[str]]:
    """c-TF-IDF of given topics with a fitted model's vocabulary and word weights.

    BERTopic numbers topics in its own way and its rows may be of an older partition: the rows are made
    from the labels at hand.

    Parameters
    ----------
    model : BERTopic
        Fitted on `documents`.
    texts : sequence of str
        n_mentions documents.
    labels : ndarray of int, shape (n_mentions,)
        Topic of each; -1 for none.

    Returns
    -------
    topics : ndarray of int, shape (n_topics,)
        Distinct labels without -1, ascending.
    weights : sparse matrix, shape (n_topics, n_words)
        Row ``i`` belongs to ``topics[i]``.
    words : list of str
        Words and bigrams of the columns.
    """
    topics = np.unique(labels[labels != UNASSIGNED])
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], topics), np.searchsorted(labels[order], topics, side="right")
    joined = [" ".join(texts[i] for i in order[low:high]) for low, high in zip(*bounds, strict=True)]
    counts = model.vectorizer_model.transform(joined)
    weights = sparse.csr_matrix(model.ctfidf_model.transform(counts))
    return topics, weights, list(model.vectorizer_model.get_feature_names_out())


def distinctive_words(
    model: BERTopic, texts: Sequence[str], labels: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """How much more mentions of each topic hold a word than other mentions: its log-odds over their error.

    c-TF-IDF gives no weight to a word that is frequent everywhere, however much more so in one topic:
    "login" would be no keyword of "login fails" where every fifth customer writes of logging in.

    Parameters
    ----------
    model : BERTopic
        Fitted on `documents`.
    texts : sequence of str
        n_mentions documents.
    labels : ndarray of int, shape (n_mentions,)
        Topic of each; -1 for none.

    Returns
    -------
    ndarray, shape (n_topics, n_words)
        Rows and columns as those of `class_weights`; 0 for words that do not stand out.
    """
    topics = np.unique(labels[labels != UNASSIGNED])
    held = sparse.csr_matrix(model.vectorizer_model.transform(texts), dtype=np.float64)
    held.data[:] = 1.0
    of_topic = sparse.csr_matrix((labels[None, :] == topics[:, None]).astype(np.float64))
    inside = np.asarray((of_topic @ held).todense())
    outside = np.asarray(held.sum(axis=0)) - inside
    sizes = np.asarray(of_topic.sum(axis=1))
    return np.maximum(log_odds(inside, outside, sizes, len(texts) - sizes), 0.0) * (inside > 0)


def log_odds(inside: Floats, outside: Floats, size: Floats | float, rest: Floats | float) -> Floats:
    """How much more mentions of a topic hold something than others: log-odds ratio over its error.

    Monroe, Colaresi and Quinn 2008, *Fightin' Words*, equation 22, with a flat prior of 0.5.

    Parameters
    ----------
    inside, outside : ndarray
        Mentions that hold it, of ``size`` in the topic and of ``rest`` others.
    size, rest : ndarray or float
        Shapes that broadcast with the former.
    """
    prior = 0.5
    odds = np.log((inside + prior) / (size - inside + prior))
    others = np.log((outside + prior) / (np.maximum(0, rest - outside) + prior))
    return np.asarray((odds - others) / np.sqrt(1 / (inside + prior) + 1 / (outside + prior)))


def check_lengths(mentions: pa.Table, *columns: npt.NDArray[Any]) -> None:
    """Refuse arrays that do not run parallel to the mention table."""
    for column in columns:
        if len(column) != mentions.num_rows:
            raise NamingError(
                say(
                    "{mentions} mentions came with {given} labels or vectors.",
                    mentions=mentions.num_rows,
                    given=len(column),
                ),
                say("Pass arrays that run parallel to the mention table."),
            )
