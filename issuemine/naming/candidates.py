"""What is known of each candidate label of a topic: how often, how central, how distinctive, how complete."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from issuemine.naming import english, korean
from issuemine.naming.phrases import NOT, Phrase, Token, clauses, phrases
from issuemine.naming.tokens import TokenColumns

Ints = npt.NDArray[np.int64]
NEAREST = 120
"""Mentions of a topic, nearest to its centre first, that candidates are taken from."""
ENOUGH = 8
"""Mentions of a topic from which on a phrase of one mention alone is no candidate."""
SHORTLIST = 60
"""Candidates of a topic that are looked at closely."""


@dataclass(slots=True)
class Candidate:
    """Phrases of a topic with the same meaning-carrying lemmas.

    Attributes
    ----------
    key : tuple of str
        Those lemmas, in order.
    mentions : int
        Mentions near the centre that hold it.
    similarity : float
        Mean cosine of those mentions to the centre.
    completeness : float
        Share of its ends at which a clause or a closed-class word bounds it, in [0, 1].
    forms : Counter
        The ways it is written, lower case, with their counts.
    """

    key: tuple[str, ...]
    mentions: int = 0
    similarity: float = 0.0
    completeness: float = 0.0
    whole: float = 0.0
    forms: Counter[str] = field(default_factory=Counter)

    def add(self, phrase: Phrase, form: str, similarity: float) -> None:
        """Take in one more mention that holds it."""
        self.similarity += (similarity - self.similarity) / (self.mentions + 1)
        bounded = (phrase.opens + phrase.closes) / 2
        self.completeness += (bounded - self.completeness) / (self.mentions + 1)
        self.whole += (float(bounded == 1) - self.whole) / (self.mentions + 1)
        self.mentions += 1
        self.forms[form] += 1

    def form(self) -> str:
        """The most usual way of writing it, rather without "my" and "the", with "can't" rather than "no"."""
        alike: dict[str, Counter[str]] = {}
        for form, count in self.forms.items():
            alike.setdefault(form.replace("’", "'"), Counter())[form] += count

        def rank(form: str) -> tuple[float, int, str]:
            words = form.split()
            spare = sum(word in english.DETERMINERS or word in english.PRONOUNS for word in words)
            bare = words[0] in ("no", "not") and not words[-1].endswith("ing")
            return -alike[form].total() / (1 + spare + 2 * bare), len(form), form

        best = alike[min(alike, key=rank)]
        return min(best, key=lambda form: (-best[form], form))


class Corpus:
    """Texts and tokens of all mentions, and where each lemma occurs.

    ``idle`` are Korean verbs that say little by themselves: no keywords.
    """

    def __init__(self, texts: list[str], languages: list[str], columns: TokenColumns) -> None:
        self.texts = texts
        self.languages = languages
        self.columns = columns
        self.index = {word: i for i, word in enumerate(columns.words)}
        self.idle = frozenset(
            columns.words[word]
            for word in np.unique(columns.word[columns.pos == "VERB"])
            if korean.idle(columns.words[word])
        )
        owners = columns.owners()
        pairs = np.unique(columns.word * max(1, len(texts)) + owners)
        self._negated: Ints | None = None
        self._holders = pairs % max(1, len(texts))
        self._bounds = np.searchsorted(pairs // max(1, len(texts)), np.arange(len(columns.words) + 1))

    def holders(self, lemmas: Iterable[str]) -> Ints:
        """Mentions that hold all of these lemmas, in any order, ascending."""
        found: Ints | None = None
        for lemma in sorted(set(lemmas)):
            here = self._negations() if lemma == NOT else self._holding(lemma)
            found = here if found is None else np.intersect1d(found, here, assume_unique=True)
        return np.zeros(0, np.int64) if found is None else found

    def _holding(self, lemma: str) -> Ints:
        i = self.index.get(lemma)
        return np.zeros(0, np.int64) if i is None else self._holders[self._bounds[i] : self._bounds[i + 1]]

    def _negations(self) -> Ints:
        if self._negated is None:
            words = sorted(english.NEGATIONS | {NOT})
            self._negated = np.unique(np.concatenate([self._holding(word) for word in words]))
        return self._negated

    def tokens(self, mention: int) -> list[Token]:
        """Tokens of one mention."""
        c = self.columns
        low, high = c.offsets[mention], c.offsets[mention + 1]
        return [
            Token(c.words[word], pos, start, end)
            for word, pos, start, end in zip(
                c.word[low:high].tolist(),
                c.pos[low:high].tolist(),
                c.start[low:high].tolist(),
                c.end[low:high].tolist(),
                strict=True,
            )
        ]

    def phrases(self, mention: int) -> list[tuple[Phrase, str]]:
        """Candidates in one mention, each with the way it is written, in lower case."""
        text, tokens = self.texts[mention], self.tokens(mention)
        if self.languages[mention] == "ko":
            return korean.phrases(text, tokens)
        return [
            (phrase, " ".join(text[phrase.start : phrase.end].split()).lower())
            for clause in clauses(text, tokens)
            for phrase in phrases(clause)
        ]


def candidates(corpus: Corpus, members: Ints, similarities: npt.NDArray[np.float64]) -> list[Candidate]:
    """List the candidates of one topic, the most promising first.

    Parameters
    ----------
    corpus : Corpus
        All mentions.
    members : ndarray of int, shape (n_members,)
        Mentions of the topic, nearest to the centre first.
    similarities : ndarray, shape (n_members,)
        Their cosine to the centre.
    """
    found: dict[tuple[str, ...], Candidate] = {}
    texts: set[str] = set()
    for member, similarity in zip(members[:NEAREST].tolist(), similarities[:NEAREST].tolist(), strict=True):
        text = corpus.texts[member]
        if text in texts:
            continue
        texts.add(text)
        seen: set[tuple[str, ...]] = set()
        for phrase, form in corpus.phrases(member):
            if phrase.key not in seen:
                seen.add(phrase.key)
                found.setdefault(phrase.key, Candidate(phrase.key)).add(phrase, form, similarity)
    if len(members) >= ENOUGH and any(c.mentions > 1 for c in found.values()):
        found = {key: c for key, c in found.items() if c.mentions > 1}
    ranked = sorted(found.values(), key=lambda c: (-_promise(c), c.key))
    return ranked[:SHORTLIST]


def _promise(candidate: Candidate) -> float:
    """A first, cheap rank: often, central and complete."""
    length = min(len(candidate.key), 3) / 3
    return float(
        np.log1p(candidate.mentions) * candidate.similarity * (0.3 + candidate.completeness) * (0.3 + length)
    )
