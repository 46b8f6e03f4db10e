"""What people say now that they did not say before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from issuemine.causes.comparison import at_least
from issuemine.causes.fdr import q_values

_LONGEST = 3
_LEAST = 3
_PRIOR = 0.5
_LEVEL = 0.95
_SAME = 0.8
_QUOTES = 3
_GAP = 1
_CONTENTLESS = frozenset({"STOP", "PUNCT", "MASK", "SYM"})
_NEVER = frozenset({"PUNCT", "MASK", "SYM"})

_MOMENTS = frozenset({"어제", "그제", "그저께", "오늘", "아까", "최근", "요즘"})
"""Korean words that say since when; the analyser counts them as function words."""
_SINCE = frozenset({"부터", "이후", "후", "뒤"})
"""Korean function words that stand behind what they speak of, as "after" and "since" stand before it."""

Word = tuple[str, str, int, int]
"""Lemma, part of speech, and the half-open range of characters."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A mention: its id, its text and its words in their order."""

    mention_id: str
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class PhraseQuote:
    """A place where a phrase is said: ``text[start:end]`` of a mention."""

    mention_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that is said more often now.

    Attributes
    ----------
    phrase : str
        As it is most often written.
    mentions, past_mentions, other_mentions : int
        Recent mentions of the topic with the phrase, those before, and those of other topics.
    log_odds, low, high : float
        Log odds ratio against the topic's past, and its 95 % interval.
    others_log_odds : float
        The same against other topics: low for what everybody says now.
    q_value : float
        False discovery rate over all phrases.
    quotes : tuple of PhraseQuote
        Places where it is said.
    """

    phrase: str
    mentions: int
    past_mentions: int
    other_mentions: int
    log_odds: float
    low: float
    high: float
    others_log_odds: float
    q_value: float
    quotes: tuple[PhraseQuote, ...]


def new_phrases(
    recent: Sequence[Saying],
    past: Sequence[Saying],
    others: Sequence[Saying],
    *,
    rate: float = 0.05,
    most: int = 10,
) -> list[Phrase]:
    """Phrases that a topic's recent mentions hold more often than its past and than other topics.

    A mention counts a phrase once. The log odds ratio has an informative Dirichlet prior, the share of the
    phrase among all mentions given (Monroe, Colaresi and Quinn, Political Analysis 16, 2008, p. 372), as
    heavy as half a mention at least, so that a phrase never said before has a finite one.

    Parameters
    ----------
    recent, past, others : sequence of Saying
        Mentions of the topic lately and before, and of other topics lately.
    rate : float, default 0.05
        False discovery rate over all phrases.
    most : int, default 10
        Phrases listed, those that are surest first.
    """
    found = _places(recent)
    terms = sorted(term for term, places in found.items() if len(places) >= _LEAST)
    if not terms or not past:
        return []
    known = frozenset(terms)
    now = np.array([len(found[term]) for term in terms], dtype=np.float64)
    before, elsewhere = (_counted(sayings, known, terms) for sayings in (past, others))
    sizes = (float(len(recent)), float(len(past)), float(len(others)))
    prior = _prior(now + before + elsewhere, sum(sizes), sizes[0] + sizes[1])
    odds, error = _log_odds(now, before, sizes[0], sizes[1], prior, sizes[0] + sizes[1])
    other_odds, _ = _log_odds(now, elsewhere, sizes[0], sizes[2], prior, sizes[0] + sizes[1])
    chance = np.full(len(terms), sizes[0] / (sizes[0] + sizes[1]))
    q = q_values(at_least(now, now + before, chance))
    wide = float(ndtri(0.5 + _LEVEL / 2)) * error
    phrases = [
        Phrase(
            phrase=_written(found[terms[place]], recent),
            mentions=int(now[place]),
            past_mentions=int(before[place]),
            other_mentions=int(elsewhere[place]),
            log_odds=float(odds[place]),
            low=float(odds[place] - wide[place]),
            high=float(odds[place] + wide[place]),
            others_log_odds=float(other_odds[place]),
            q_value=float(q[place]),
            quotes=tuple(
                PhraseQuote(recent[number].mention_id, start, end)
                for number, (start, end) in list(found[terms[place]].items())[:_QUOTES]
            ),
        )
        for place in _kept(terms, found, odds - wide, odds / error, q <= rate, other_odds > 0)
    ]
    return phrases[:most]


def _kept(
    terms: list[str],
    found: dict[str, dict[int, tuple[int, int]]],
    low: np.ndarray,
    sureness: np.ndarray,
    significant: np.ndarray,
    own: np.ndarray,
) -> Iterator[int]:
    """Places of the phrases to list, surest first; of those said in the same mentions the longest."""
    listed: list[set[int]] = []
    places = np.flatnonzero(significant & own & (low > 0))
    length = np.array([term.count(" ") for term in terms])
    for place in sorted(
        places, key=lambda each: (-round(float(sureness[each]), 1), -length[each], terms[each])
    ):
        mentions = set(found[terms[place]])
        if all(len(mentions & other) < _SAME * min(len(mentions), len(other)) for other in listed):
            listed.append(mentions)
            yield int(place)


def _places(sayings: Sequence[Saying]) -> dict[str, dict[int, tuple[int, int]]]:
    """Each phrase with the mentions that hold it and where."""
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for number, saying in enumerate(sayings):
        for term, start, end in _terms(saying):
            found.setdefault(term, {}).setdefault(number, (start, end))
    return found


def _counted(sayings: Sequence[Saying], known: frozenset[str], terms: list[str]) -> np.ndarray:
    counts = dict.fromkeys(terms, 0)
    for saying in sayings:
        for term in {term for term, _, _ in _terms(saying)} & known:
            counts[term] += 1
    return np.array([counts[term] for term in terms], dtype=np.float64)


def _terms(saying: Saying) -> Iterator[tuple[str, int, int]]:
    """Runs of up to three words with content in them; a function word may begin one, few may end it."""
    words = saying.words
    for first in range(len(words)):
        content = False
        for last in range(first, min(first + _LONGEST, len(words))):
            lemma, pos, start, end = words[last]
            if pos in _NEVER or (last > first and start - words[last - 1][3] > _GAP):
                break
            telling = pos not in _CONTENTLESS or lemma in _MOMENTS
            content |= telling
            if content and (telling or lemma in _SINCE):
                yield " ".join(word[0] for word in words[first : last + 1]), words[first][2], end


def _written(places: dict[int, tuple[int, int]], sayings: Sequence[Saying]) -> str:
    counts: dict[str, int] = {}
    for number, (start, end) in places.items():
        written = " ".join(sayings[number].text[start:end].split())
        counts[written] = counts.get(written, 0) + 1
    return min(counts, key=lambda written: (-counts[written], written))


def _prior(counts: np.ndarray, size: float, weight: float) -> np.ndarray:
    return np.maximum(weight * counts / size, _PRIOR)


def _log_odds(
    one: np.ndarray, other: np.ndarray, one_size: float, other_size: float, prior: np.ndarray, weight: float
) -> tuple[np.ndarray, np.ndarray]:
    """Log odds ratio and its standard error."""
    rest, other_rest = one_size + weight - one - prior, other_size + weight - other - prior
    odds = np.log((one + prior) / np.maximum(rest, _PRIOR)) - np.log(
        (other + prior) / np.maximum(other_rest, _PRIOR)
    )
    return odds, np.sqrt(1 / (one + prior) + 1 / (other + prior))
