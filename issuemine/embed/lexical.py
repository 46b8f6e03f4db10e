"""A lexical encoder: TF-IDF of lemmas and of the character n-grams inside them, reduced by SVD.

For languages that no model at hand knows. Texts are alike when they use the same words, or words with the
same stems; what the words mean is not known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd
from sklearn.utils.validation import check_is_fitted

from issuemine.errors import EmbedError

Lemmas = Sequence[Sequence[str]]
_SHORTEST, _LONGEST = 2, 4
_NOT_CONTENT = pa.array(["STOP", "PUNCT", "MASK", "SYM"])


def content_lemmas(mentions: pa.Table) -> list[list[str]]:
    """Lemmas of each mention that say what it is about, in order.

    Parameters
    ----------
    mentions : pa.Table
        With a column ``tokens`` as in ``MENTION_SCHEMA``.

    Returns
    -------
    list of list of str
        One list a mention; stop words, punctuation, placeholders and emoticons are left out.
    """
    column = mentions["tokens"].combine_chunks()
    parents = pc.list_parent_indices(column).to_numpy()
    tokens = column.flatten()
    lemmas, tags = tokens.field("lemma"), tokens.field("pos")
    keep = pc.invert(pc.is_in(tags, value_set=_NOT_CONTENT)).to_numpy(zero_copy_only=False)
    found: list[list[str]] = [[] for _ in range(mentions.num_rows)]
    for parent, lemma in zip(parents[keep].tolist(), lemmas.filter(pa.array(keep)).to_pylist(), strict=True):
        found[parent].append(lemma)
    return found


class LexicalEncoder(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Unit-length vectors from the lemmas of mentions.

    Sublinear TF-IDF of lemmas and, with a weight, of the character 2- to 4-grams inside them, each of unit
    length, reduced together by a truncated SVD (latent semantic analysis). A word that was not there when
    the encoder was fitted is still covered by its n-grams.

    Parameters
    ----------
    dim : int, default 512
        Length of a vector; the last places are 0 where the corpus has not as many dimensions.
    char_weight : float, default 0.6
        Weight of the n-grams against the lemmas, 0 or more.
    random_state : int, default 0
        Seed of the randomised SVD.

    Attributes
    ----------
    revision : str
        Hash of what was learned; vectors of different revisions do not compare.

    References
    ----------
    Deerwester, S. et al. (1990). Indexing by latent semantic analysis. JASIS 41, 391-407.
    """

    name = "lexical"

    def __init__(self, dim: int = 512, char_weight: float = 0.6, random_state: int = 0) -> None:
        self.dim = dim
        self.char_weight = char_weight
        self.random_state = random_state

    def fit(self, X: Lemmas, y: object = None) -> Self:
        """Learn words, n-grams and directions of a corpus.

        Parameters
        ----------
        X : sequence of sequences of str
            Lemmas of each mention, ``n_mentions`` of them. The order has no influence.

        Raises
        ------
        EmbedError
            If no mention holds a lemma.
        """
        corpus = sorted(tuple(lemmas) for lemmas in X if lemmas)
        if not corpus:
            raise EmbedError(
                "No text holds a word that could be compared.", "Check which column is the text."
            )
        self.words_ = TfidfVectorizer(analyzer=tuple, sublinear_tf=True, dtype=np.float32).fit(corpus)
        self.grams_ = TfidfVectorizer(
            analyzer=_grams, sublinear_tf=True, min_df=min(2, len(corpus)), dtype=np.float32
        )
        try:
            self.grams_.fit(corpus)
        except ValueError:  # no n-gram occurs twice
            self.grams_ = self.grams_.set_params(min_df=1).fit(corpus)
        features = self._features(corpus)
        rank = min(self.dim, *(size - 1 for size in features.shape))
        self.components_ = (
            randomized_svd(features, rank, n_iter=4, random_state=self.random_state)[2]
            if rank > 0
            else np.ones((1, features.shape[1]))
        ).astype(np.float32)
        self.revision = self._revision()
        return self

    def transform(self, X: Lemmas) -> npt.NDArray[np.float32]:
        """Encode mentions.

        Parameters
        ----------
        X : sequence of sequences of str
            Lemmas of each mention.

        Returns
        -------
        ndarray of float32, shape (n_mentions, dim)
            Unit length; zero where nothing in a mention is known.
        """
        check_is_fitted(self, "components_")
        found = np.zeros((len(X), self.dim), dtype=np.float32)
        if len(X):
            reduced = self._features([tuple(lemmas) for lemmas in X]) @ self.components_.T
            found[:, : reduced.shape[1]] = normalize(reduced)
        return found

    def _features(self, corpus: Sequence[tuple[str, ...]]) -> sparse.csr_matrix:
        words, grams = self.words_.transform(corpus), self.grams_.transform(corpus)
        both: sparse.csr_matrix = sparse.hstack(
            [words, self.char_weight * grams], format="csr", dtype=np.float32
        )
        return both

    def _revision(self) -> str:
        digest = hashlib.blake2b(digest_size=16)
        for vectorizer in (self.words_, self.grams_):
            digest.update("\n".join(sorted(vectorizer.vocabulary_)).encode())
            digest.update(np.round(vectorizer.idf_, 5).tobytes())
        digest.update(f"{self.dim} {self.char_weight} {self.random_state}".encode())
        return digest.hexdigest()


def _grams(lemmas: Sequence[str]) -> list[str]:
    """Character n-grams inside the lemmas."""
    return [
        lemma[start : start + size]
        for lemma in lemmas
        for size in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(lemma) - size + 1)
    ]
