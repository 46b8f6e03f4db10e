"""The tokens of all mentions as flat columns, and which of them carry meaning.

Everything in this stage looks at the same few columns: the word of each token, where it stands, and
whether it is content. They are taken out of the Arrow table once.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from issuemine.naming import english

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

EMPTY_CLASSES = frozenset({"STOP", "MASK", "PUNCT", "SYM", "NUM", "SPACE", "DET", "ADP", "PRON", "CCONJ"}) | {
    "SCONJ",
    "ADV",
    "PART",
    "AUX",
    "INTJ",
}
"""Parts of speech that never carry a topic's meaning by themselves."""

_WORD = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class TokenColumns:
    """Tokens of all mentions, in reading order.

    Attributes
    ----------
    offsets : ndarray of int64, shape (n_mentions + 1,)
        Tokens ``offsets[i]:offsets[i + 1]`` belong to mention ``i``.
    word : ndarray of int64, shape (n_tokens,)
        Index into ``words``.
    words : list of str
        Distinct lemmas, in lower case, sorted; spaces inside a lemma written as ``_``.
    pos : ndarray of str, shape (n_tokens,)
        Coarse part of speech.
    start, end : ndarray of int64, shape (n_tokens,)
        Half-open character range in the mention's text.
    content : ndarray of bool, shape (n_tokens,)
        Whether the token carries meaning.
    """

    offsets: Ints
    word: Ints
    words: list[str]
    pos: npt.NDArray[np.object_]
    start: Ints
    end: Ints
    content: Bools

    def owners(self) -> Ints:
        """Mention of each token, shape (n_tokens,)."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))


def token_columns(mentions: pa.Table, stop_words: Iterable[str] = ()) -> TokenColumns:
    """Flatten the tokens of a mention table.

    Parameters
    ----------
    mentions : pa.Table
        MENTION_SCHEMA, n_mentions rows.
    stop_words : iterable of str
        Further words that never count as content, compared in lower case with the lemma.
    """
    column = mentions.column("tokens").combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks else pa.array([], column.type)
    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
    flat = pc.list_flatten(column)
    lemma = pc.replace_substring_regex(pc.utf8_lower(pc.struct_field(flat, "lemma")), r"\s+", "_")
    coded = pc.fill_null(lemma, "").dictionary_encode()
    known = coded.dictionary.to_pylist()
    order = np.argsort(np.array(known, dtype=object), kind="stable") if known else np.zeros(0, np.int64)
    rank = np.empty(len(known), np.int64)
    rank[order] = np.arange(len(known))
    word = rank[coded.indices.to_numpy(zero_copy_only=False)] if known else np.zeros(0, np.int64)
    words = [known[i] for i in order]
    pos = pc.fill_null(pc.struct_field(flat, "pos"), "X").to_numpy(zero_copy_only=False)
    stops = {word.lower() for word in stop_words}
    meaning = np.array([is_content(word) and word not in stops for word in words], dtype=bool)
    rescued = np.array([word in english.STOP_BUT_CONTENT for word in words], dtype=bool)
    empty = np.isin(pos.astype(str), sorted(EMPTY_CLASSES)) if len(pos) else np.zeros(0, bool)
    stop = pos.astype(str) == "STOP" if len(pos) else np.zeros(0, bool)
    return TokenColumns(
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        word=word,
        words=words,
        pos=pos,
        start=pc.struct_field(flat, "start").to_numpy(zero_copy_only=False).astype(np.int64),
        end=pc.struct_field(flat, "end").to_numpy(zero_copy_only=False).astype(np.int64),
        content=(meaning[word] & (~empty | (stop & rescued[word]))) if len(word) else np.zeros(0, bool),
    )


def is_content(word: str) -> bool:
    """Whether a lemma may carry meaning: at least two letters, and of no closed class of English."""
    letters = len(_WORD.findall(word))
    return letters >= 2 and word not in english.FUNCTION and word not in english.NEGATIONS


def documents(mentions: pa.Table, stop_words: Iterable[str] = ()) -> list[str]:
    """Content lemmas of each mention joined by spaces: what BERTopic is given as documents.

    Placeholders, stop words, numbers and punctuation are left out; a mention with no content is ``""``.
    Each other document ends in a space: where BERTopic joins documents of a topic, two spaces tell the
    vectorizer that the words left and right of them never stood together.

    Parameters
    ----------
    mentions : pa.Table
        MENTION_SCHEMA, n_mentions rows.
    stop_words : iterable of str
        Further words to leave out.

    Returns
    -------
    list of str
        n_mentions documents, in the order of the table.
    """
    columns = token_columns(mentions, stop_words)
    kept = columns.content
    bounds = np.concatenate([[0], np.cumsum(kept)])[columns.offsets]
    chosen = [columns.words[i] for i in columns.word[kept]]
    return [" ".join([*chosen[start:end], ""]) for start, end in itertools.pairwise(bounds)]
