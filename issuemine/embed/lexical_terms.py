"""Words of mentions as sparse counts, and words described by the character n-grams inside them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

Lemmas = Sequence[Sequence[str]]
Bag = tuple[str, ...]

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


def distinct_bags(mentions: Lemmas, most: int) -> list[Bag]:
    """Distinct bags of lemmas, sorted; of more than ``most``, those with the lowest hash.

    So neither order nor repetition of mentions has any influence on what is learned from them.
    """
    bags = {tuple(sorted(lemmas)) for lemmas in mentions if len(lemmas)}
    if len(bags) > most:
        return sorted(sorted(bags, key=digest)[:most])
    return sorted(bags)


def digest(bag: Bag) -> bytes:
    """Hash of a bag of lemmas."""
    return hashlib.blake2b("\n".join(bag).encode(), digest_size=16).digest()


def term_counts(mentions: Lemmas, column_of: dict[str, int]) -> sparse.csr_matrix:
    """Damped counts 1 + ln(n) of each word in each mention, shape ``(n_mentions, n_words)``."""
    lengths = np.fromiter((len(lemmas) for lemmas in mentions), dtype=np.int64, count=len(mentions))
    found = (column_of.get(lemma, -1) for lemmas in mentions for lemma in lemmas)
    columns = np.fromiter(found, dtype=np.int64, count=int(lengths.sum()))
    rows = np.repeat(np.arange(len(mentions)), lengths)
    known = columns >= 0
    cells, counts = np.unique(rows[known] * len(column_of) + columns[known], return_counts=True)
    values = 1 + np.log(counts.astype(np.float32))
    places = np.divmod(cells, max(len(column_of), 1))
    return sparse.csr_matrix((values, places), shape=(len(mentions), len(column_of)))


def inverse_document_frequency(n_mentions: int, frequencies: np.ndarray) -> np.ndarray:
    """Smoothed weights ln((1 + n) / (1 + df)) + 1 of words in ``df`` of ``n`` mentions, float32."""
    return (np.log((1 + n_mentions) / (1 + frequencies)) + 1).astype(np.float32)


def ngrams(word: str) -> list[str]:
    """Character 2- to 4-grams inside a word."""
    return [
        word[start : start + size]
        for size in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(word) - size + 1)
    ]


def shared_ngrams(words: Iterable[str], most: int) -> list[str]:
    """N-grams that occur in two words or more, sorted; of more than ``most``, the most frequent."""
    counts = Counter(gram for word in words for gram in set(ngrams(word)))
    shared = sorted((-count, gram) for gram, count in counts.items() if count > 1)
    return sorted(gram for _, gram in shared[:most])


def ngram_profiles(words: Sequence[str], column_of: dict[str, int]) -> sparse.csr_matrix:
    """Counts of the known n-grams of each word, each row of unit length; ``(n_words, n_grams)``."""
    rows: list[int] = []
    columns: list[int] = []
    for row, word in enumerate(words):
        known = [column_of[gram] for gram in ngrams(word) if gram in column_of]
        rows.extend([row] * len(known))
        columns.extend(known)
    counts = sparse.csr_matrix(
        (np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=(len(words), len(column_of))
    )
    return unit_rows(counts)


def unit_rows(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    """Scale the rows of a sparse matrix to unit length; empty rows stay empty."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    scale = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    scaled: sparse.csr_matrix = sparse.diags(scale.astype(np.float32)) @ matrix
    return scaled.tocsr()
