"""A lexical encoder for languages that no model at hand knows.

Texts are alike when they use the same words, words with the same parts, or words that keep the same
company; what the words mean is not known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from issuemine.collector import paused_collector
from issuemine.embed.lexical_file import Learned, read, write
from issuemine.embed.lexical_svd import leading_directions
from issuemine.embed.lexical_terms import (
    Bag,
    Lemmas,
    content_lemmas,
    distinct_bags,
    inverse_document_frequency,
    ngram_profiles,
    shared_ngrams,
    term_counts,
)

__all__ = ["LexicalEncoder", "content_lemmas"]

_MOST_TEXTS = 30_000
_MOST_WORDS = 50_000
_MOST_GRAMS = 50_000
_RECIPE = "5"
_TEXTS_A_DIRECTION = 4
_FEWEST = 64
_BATCH = 8_192
_ROWS = 512
_LESSER = np.float32(0.25)


class LexicalEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Unit-length vectors from the lemmas of mentions.

    A word is a feature of its own and, with a weight, the character 2- to 4-grams inside it (together of
    unit length), as far as two words share them: so 해외송금 is near 송금, and a word that was not there
    when the encoder was fitted lands near those that look like it. A mention is the sum of its words,
    weighted by damped count and inverse document frequency (sublinear TF-IDF). A truncated SVD of the
    corpus, rows of unit length, then keeps the directions in which mentions vary most (latent semantic
    analysis [1]_), each scaled by a power of its singular value.

    Parameters
    ----------
    dim : int, default 512
        Length of a vector. The last places are 0 where the corpus has not as many dimensions, or fewer
        than four distinct mentions for each (64 are looked for at least).
    char_weight : float, default 1.0
        Weight of the n-grams against the words, 0 or more.
    emphasis : float, default 0.25
        Power of its singular value that scales a direction; more lets common themes weigh more.
    random_state : int, default 0
        Seed of the randomised SVD.

    Attributes
    ----------
    name : str
        ``lexical``.
    revision : str
        Hash of the corpus and the recipe; vectors of different revisions do not compare.
    words_ : list of str
        Words of the corpus, sorted, at most 50,000.
    grams_ : list of str
        N-grams that two of the words share or more, sorted, at most 50,000.

    References
    ----------
    .. [1] S. Deerwester and others. "Indexing by latent semantic analysis". Journal of the American Society
       for Information Science 41, 1990.

    Examples
    --------
    >>> encoder = LexicalEncoder(dim=16).fit([["로그인", "오류"], ["로그인", "안되다"], ["카드", "결제"]])
    >>> encoder.transform([["로그인"]]).shape
    (1, 16)
    """

    name = "lexical"

    def __init__(
        self, dim: int = 512, char_weight: float = 1.0, emphasis: float = 0.25, random_state: int = 0
    ) -> None:
        self.dim = dim
        self.char_weight = char_weight
        self.emphasis = emphasis
        self.random_state = random_state

    def fit(self, X: Lemmas, y: object = None, *, lesser: Collection[str] = ()) -> Self:
        """Learn words, n-grams and directions of a corpus.

        Parameters
        ----------
        X : sequence of sequences of str
            Content lemmas of each mention (see :func:`content_lemmas`). Neither the order of mentions nor
            repeated ones have any influence; of more than 30,000 distinct ones a fixed part is looked at.
            Where none holds a lemma, nothing is learned and every vector will be zero.
        y : object
            Ignored.
        lesser : collection of str
            Words that say little of what a text is about, such as those of anger; they weigh a quarter,
            so that they only decide where a text has few others.
        """
        with paused_collector():
            return self._fit(distinct_bags(X, _MOST_TEXTS), lesser)

    def _fit(self, corpus: Sequence[Bag], lesser: Collection[str]) -> Self:
        if not corpus:
            return self._take_nothing()
        words = sorted({lemma for bag in corpus for lemma in bag})
        counts = term_counts(corpus, {word: at for at, word in enumerate(words)})
        frequencies = np.bincount(counts.indices, minlength=len(words))
        if len(words) > _MOST_WORDS:
            kept = np.sort(np.argsort(-frequencies, kind="stable")[:_MOST_WORDS])
            words = [words[at] for at in kept]
            counts, frequencies = counts[:, kept], frequencies[kept]
        weights = inverse_document_frequency(len(corpus), frequencies)
        weights[[at for at, word in enumerate(words) if word in lesser]] *= _LESSER
        counts = (counts @ sparse.diags(weights)).tocsr()
        grams = shared_ngrams(words, _MOST_GRAMS)
        profiles = self.char_weight * ngram_profiles(words, {gram: at for at, gram in enumerate(grams)})
        identity = sparse.identity(len(words), dtype=np.float32, format="csr")
        features = sparse.hstack([identity, profiles], format="csr", dtype=np.float32)
        counts = _as_unit_texts(counts, features)
        rank = min(self.dim, max(_FEWEST, len(corpus) // _TEXTS_A_DIRECTION))
        directions, values = leading_directions(counts, features, rank, self.random_state)
        padded = np.zeros((directions.shape[0], self.dim), dtype=np.float32)
        np.multiply(directions, (values / values[0]) ** self.emphasis, out=padded[:, : len(values)])
        self._take(
            Learned(
                words=words,
                weights=weights,
                unseen_weight=float(np.log(1 + len(corpus)) + 1),
                word_vectors=np.asarray(features @ padded, dtype=np.float16),
                grams=grams,
                gram_vectors=(self.char_weight * padded[len(words) :]).astype(np.float16),
                revision=self._revision(corpus, lesser),
            )
        )
        return self

    def _take_nothing(self) -> Self:
        nothing = np.zeros((0, self.dim), dtype=np.float16)
        self._take(
            Learned(
                words=[],
                weights=np.zeros(0, dtype=np.float32),
                unseen_weight=1.0,
                word_vectors=nothing,
                grams=[],
                gram_vectors=nothing,
                revision=self._revision([], ()),
            )
        )
        return self

    def transform(self, X: Lemmas) -> npt.NDArray[np.float32]:
        """Encode mentions.

        Parameters
        ----------
        X : sequence of sequences of str
            Content lemmas of each mention.

        Returns
        -------
        ndarray of float32, shape (n_mentions, dim)
            Unit length; all zero where nothing in a mention is known, which makes it like no other.
            Mentions with the same lemmas get the same vector, whatever stands beside them.
        """
        check_is_fitted(self, "words_")
        found = np.empty((len(X), self.dim), dtype=np.float32)
        for start in range(0, len(X), _BATCH):
            self._encode_batch(X[start : start + _BATCH], found[start : start + _BATCH])
        return found

    def save(self, path: Path) -> None:
        """Write what was learned to one file (NumPy's ``.npz``; no code in it).

        Raises
        ------
        EmbedError
            If the file cannot be written.
        """
        check_is_fitted(self, "words_")
        write(path, self._learned, self.get_params())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read an encoder that :meth:`save` wrote.

        Raises
        ------
        EmbedError
            If the file is missing, damaged or of another kind.
        """
        learned, parameters = read(path)
        encoder = cls(
            dim=int(parameters["dim"]),
            char_weight=float(parameters["char_weight"]),
            emphasis=float(parameters["emphasis"]),
            random_state=int(parameters["random_state"]),
        )
        encoder._take(learned)
        return encoder

    def _take(self, learned: Learned) -> None:
        self._learned = learned
        self.words_, self.grams_, self.revision = learned.words, learned.grams, learned.revision
        self._word_at = {word: at for at, word in enumerate(learned.words)}
        self._gram_at = {gram: at for at, gram in enumerate(learned.grams)}

    def _encode_batch(self, mentions: Lemmas, found: npt.NDArray[np.float32]) -> None:
        """Write the vectors of mentions into ``found``."""
        words = sorted({lemma for lemmas in mentions for lemma in lemmas})
        counts = term_counts(mentions, {word: at for at, word in enumerate(words)})
        vectors = self._word_vectors(words)
        for start in range(0, len(mentions), _ROWS):  # few enough to stay in the processor's cache
            sums = np.asarray(counts[start : start + _ROWS] @ vectors, dtype=np.float32)
            lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))[:, None]
            np.divide(sums, np.where(lengths > 0, lengths, 1), out=found[start : start + _ROWS])

    def _word_vectors(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """Weighted vectors of words; a word that was never seen is made of its n-grams."""
        learned = self._learned
        at = np.array([self._word_at.get(word, -1) for word in words], dtype=np.int64)
        seen = at >= 0
        vectors = np.zeros((len(words), self.dim), dtype=np.float32)
        vectors[seen] = learned.word_vectors[at[seen]] * learned.weights[at[seen], None]
        new = np.flatnonzero(~seen)
        if len(new) and len(learned.grams):
            profiles = ngram_profiles([words[row] for row in new.tolist()], self._gram_at)
            used = np.unique(profiles.indices)
            made = profiles[:, used] @ learned.gram_vectors[used].astype(np.float32)
            vectors[new] = made * np.float32(learned.unseen_weight)
        return vectors

    def _revision(self, corpus: Sequence[Bag], lesser: Collection[str]) -> str:
        hashed = hashlib.blake2b(digest_size=16)
        hashed.update(f"{_RECIPE} {sorted(self.get_params().items())} {sorted(lesser)}".encode())
        hashed.update("\0".join(map("\n".join, corpus)).encode())
        return hashed.hexdigest()


def _as_unit_texts(counts: sparse.csr_matrix, features: sparse.csr_matrix) -> sparse.csr_matrix:
    """Scale the words of each text so that its features have unit length."""
    lengths = np.sqrt(np.asarray((counts @ features).power(2).sum(axis=1))).ravel()
    scale = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    scaled: sparse.csr_matrix = sparse.diags(scale.astype(np.float32)) @ counts
    return scaled.tocsr()
