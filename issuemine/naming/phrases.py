"""Candidate labels: short phrases that stand in the text as a person wrote them.

A phrase is two to five words within one clause, neither starting nor ending in a word that belongs to what
stands outside of it. Variants with the same content words in the same order ("card payment declined", "card
payment was declined") are one candidate.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from issuemine.naming import english

MOST_WORDS = 5
_JOINER = re.compile(r"[-'’/&]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"(?=.*[^\W\d_])[^\W_]+(?:[-'/&+.@][^\W_]+)*[+#%]?")
_NUMBER = re.compile(r"[$€£₩#]?\d+(?:[.,]\d+)?%?")
NOT = "not"
"""Lemma that stands for every negation: "can't open" and "won't open" are variants."""


class Token(NamedTuple):
    """One token of a mention: lemma, part of speech, half-open character range."""

    lemma: str
    pos: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces: one or more tokens ("can't", "sign-in").

    ``role`` is ``content``, ``vague``, ``negation``, ``number``, the closed class, or ``other`` for what
    is no word ("ʕ•ᴥ•ʔ", "stuff.crater").
    """

    start: int
    end: int
    form: str
    lemmas: tuple[str, ...]
    role: str


class Phrase(NamedTuple):
    """One occurrence of a candidate.

    ``key`` are its lemmas that carry meaning, ``opens`` and ``closes`` tell whether a clause starts or
    ends with it, or at least a closed-class word stands outside (0, 0.5 or 1).
    """

    key: tuple[str, ...]
    start: int
    end: int
    opens: float
    closes: float


def clauses(text: str, tokens: list[Token]) -> Iterator[list[Word]]:
    """Cut a mention into clauses of words: at punctuation, line breaks, placeholders and symbols."""
    clause: list[Word] = []
    run: list[Token] = []
    previous = 0
    for token in tokens:
        joined = bool(run) and token.start == previous
        broken = _breaks(text[token.start : token.end], token.pos, joined)
        if run and (broken or not joined):
            clause.append(_word(text, run))
            run = []
        if clause and (broken or "\n" in text[previous : token.start]):
            yield clause
            clause = []
        if not broken:
            run.append(token)
        previous = token.end
    if run:
        clause.append(_word(text, run))
    if clause:
        yield clause


def phrases(clause: list[Word]) -> Iterator[Phrase]:
    """List the candidates of a clause, by position."""
    for first, opener in enumerate(clause):
        if not _may_start(clause, first):
            continue
        opens = _outside(clause[first - 1]) if first else 1.0
        for last in range(first + 1, min(first + MOST_WORDS, len(clause))):
            if clause[last].role == "other" or not _joins(clause[last - 1], clause[last]):
                break
            inside = clause[first : last + 1]
            if not _may_end(clause, inside, last) or not any(word.role == "content" for word in inside):
                continue
            key = tuple(lemma for word in inside if word.role in _MEANING for lemma in word.lemmas)
            if len(set(key)) < len(key):
                continue
            closes = _outside(clause[last + 1]) if last + 1 < len(clause) else 1.0
            yield Phrase(key, opener.start, clause[last].end, opens, closes)


_MEANING = frozenset({"content", "vague", "negation", "number"})
_NAMING = frozenset({"content", "vague", "number"})
_SUBJECTS = frozenset({"pronoun", "determiner"})


def _breaks(surface: str, pos: str, joined: bool) -> bool:
    """Whether a token ends a clause; a hyphen or apostrophe inside a word does not."""
    if pos in ("MASK", "SYM"):
        return True
    if _LETTER.search(surface) or any(character.isdigit() for character in surface):
        return False
    return not (joined and _JOINER.fullmatch(surface))


def _word(text: str, run: list[Token]) -> Word:
    while len(run) > 1 and _JOINER.fullmatch(text[run[-1].start : run[-1].end]):
        run.pop()
    start, end = run[0].start, run[-1].end
    lemmas = tuple([token.lemma for token in run])
    form, meaning, role = _described(text[start:end], lemmas, all(token.pos == "STOP" for token in run))
    return Word(start, end, form, meaning, role)


@functools.lru_cache(maxsize=100_000)
def _described(surface: str, lemmas: tuple[str, ...], stop: bool) -> tuple[str, tuple[str, ...], str]:
    """Form, meaning-carrying lemmas and role of a word: few are distinct, so each is looked up once."""
    form = surface.lower().replace("’", "'").strip("-'/&")
    if form in english.NEGATIONS:
        return form, (NOT,), "negation"
    meaning = tuple(lemma for lemma in lemmas if any(character.isalnum() for character in lemma))
    return form, meaning, _role(form, stop)


def _role(form: str, stop: bool) -> str:
    for role, words in _CLASSES:
        if form in words:
            return role
    if form in english.VAGUE:
        return "vague"
    if not _WORD.fullmatch(form) or unicodedata.normalize("NFKC", form) != form:
        return "number" if _NUMBER.fullmatch(form) else "other"
    return "adverb" if stop and form not in english.STOP_BUT_CONTENT else "content"


_CLASSES = (
    ("determiner", english.DETERMINERS),
    ("pronoun", english.PRONOUNS),
    ("auxiliary", english.AUXILIARIES),
    ("preposition", english.PREPOSITIONS),
    ("conjunction", english.CONJUNCTIONS),
    ("adverb", english.ADVERBS),
)


def _may_start(clause: list[Word], at: int) -> bool:
    word = clause[at]
    before = clause[at - 1].form if at else ""
    after = clause[at + 1] if at + 1 < len(clause) else None
    if (
        after is None
        or before in english.BINDING | english.NUMERALS
        or (at and clause[at - 1].role in ("number", "other"))
    ):
        return False
    if word.role == "negation":
        if word.form == "not" and (before == "to" or before in english.NEGATED):
            return False
        if word.form == "no" and after.form in english.VERBS:
            return False
        return after.role in ("content", "vague") or word.form in english.OPEN_NEGATIONS
    if word.role == "auxiliary":
        return word.form in english.NEGATED and after.form == "not"
    if word.role == "vague":
        return word.form in english.FIRST_VERBS or (
            word.form in english.IMPERATIVES and (not at or before in english.BEFORE_VERBS)
        )
    if word.role == "number":
        return after.role == "content" and not before
    return word.role == "content" and len(word.form) > 1


def _may_end(clause: list[Word], inside: list[Word], at: int) -> bool:
    word = clause[at]
    following = clause[at + 1].form if at + 1 < len(clause) else ""
    if following in english.PARTICLES and any(_takes_particle(one) for one in inside):
        return False
    if word.role == "content":
        return len(word.form) > 1
    if word.role == "number":
        return True
    if word.role == "vague":
        return word.form in english.LAST_VAGUE
    return (
        word.role in ("preposition", "adverb")
        and word.form in english.PARTICLES
        and any(_takes_particle(one) for one in inside[:-1])
        and not _continues(clause, at)
    )


def _takes_particle(word: Word) -> bool:
    return word.form in english.PARTICLE_VERBS or not english.PARTICLE_VERBS.isdisjoint(word.lemmas)


def _joins(word: Word, following: Word) -> bool:
    """Whether two neighbours belong to one phrase: no inverted question, no second clause."""
    if word.role == "auxiliary":
        return following.role not in _SUBJECTS
    if word.role == "negation" and word.form.endswith(("n't", "nt")):
        return following.role not in _SUBJECTS
    if word.role == "conjunction":
        return word.form in english.PAIRING and following.role in _NAMING
    return not (word.form in english.SUBJECTS and following.role == "content" and word.form != "i")


def _continues(clause: list[Word], at: int) -> bool:
    """Whether the words after a particle belong to it as a preposition ("log in to", "turn on the")."""
    return at + 1 < len(clause) and clause[at + 1].role in ("determiner", "content", "vague", "number")


def _outside(neighbour: Word) -> float:
    return 0.0 if neighbour.role in ("content", "vague", "number", "negation", "other") else 0.5
