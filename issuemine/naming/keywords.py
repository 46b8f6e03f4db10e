"""Keywords of a topic: the words that set it apart most, each said once and as it is usually written."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher

import numpy as np
import numpy.typing as npt

from issuemine.naming import english, korean
from issuemine.naming.surfaces import Forms
from issuemine.records import Keyword

CONSIDERED = 80
SUPPORT = 0.06
COLLOCATION = 0.6
"""A pair stands for its rarer word if that word is part of it in this share of cases."""
_HANGUL = re.compile(r"[가-힣]")
_WHOLE = re.compile(r"[^\W_]+(?:[-'’&+_][^\W_]+)*\+*")
_JAMO = re.compile(r"[ㄱ-ㅎㅏ-ㅣ\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]")
_LETTER = re.compile(r"[^\W\d_]")
_SUFFIXES = ("ations", "ation", "ings", "ing", "ers", "ies", "ed", "er", "es", "ly", "s", "y", "e")


def choose_keywords(
    weights: npt.NDArray[np.float64],
    words: list[str],
    forms: Forms,
    holders: Callable[[str], int],
    size: int,
    most: int,
    spell: Callable[[str], str],
    idle: frozenset[str] = frozenset(),
) -> tuple[Keyword, ...]:
    """Choose the keywords of one topic.

    Parameters
    ----------
    weights : ndarray, shape (n_words,)
        How much each sets the topic apart.
    words : list of str
        Lemmas and pairs of lemmas.
    forms : Forms
        Their surface forms in the topic.
    holders : callable
        Number of the topic's mentions that hold a lemma.
    size : int
        Mentions of the topic.
    most : int
        Most keywords.
    spell : callable
        Gives a lower-case word its usual capitals.
    idle : frozenset of str
        Lemmas that are never keywords.

    Returns
    -------
    tuple of Keyword
        The heaviest first; a word that occurs in one mention alone, or in less than 6 % of them, is left
        out as long as others remain.
    """
    order = np.argsort(-weights, kind="stable")[:CONSIDERED]
    known = {
        words[i]: float(weights[i])
        for i in order
        if weights[i] > 0 and _usable(words[i]) and idle.isdisjoint(words[i].split(" "))
    }
    found: list[tuple[str, float]] = []
    for fewest in (max(2, SUPPORT * size), 2, 1):
        found = _listed(known, forms, holders, fewest, most)
        if len(found) >= min(2, most):
            break
    return tuple(Keyword(spell((forms.of(word) or word).replace("_", " ")), weight) for word, weight in found)


def _listed(
    known: dict[str, float], forms: Forms, holders: Callable[[str], int], fewest: float, most: int
) -> list[tuple[str, float]]:
    singles = {word: weight for word, weight in known.items() if " " not in word and holders(word) >= fewest}
    merged = dict(singles)
    for pair, weight in known.items():
        if " " not in pair or forms.count(pair) < fewest:
            continue
        parts = pair.split(" ")
        absorbed = [part for part in parts if forms.count(pair) >= COLLOCATION * forms.count(part)]
        predicate = any(_HANGUL.search(part) and part.endswith("다") for part in parts)
        if absorbed and not predicate and all(_usable(part) for part in parts):
            merged[pair] = max([weight, *(singles.get(part, 0.0) for part in absorbed)])
    found: list[tuple[str, float]] = []
    taken: list[str] = []
    for word, weight in sorted(merged.items(), key=lambda item: (-item[1], -item[0].count(" "), item[0])):
        form = forms.of(word)
        said = {*word.split(" "), *(form or word).split(" ")} - english.COMPLETING
        if _HANGUL.search(word):
            said.add(word.replace(" ", ""))
        if form is None or any(_alike(part, other) for part in sorted(said) for other in taken):
            continue
        found.append((word, weight))
        taken += sorted(said)
        if len(found) == most:
            break
    return found


def _usable(word: str) -> bool:
    return all(
        part not in english.VAGUE
        and _WHOLE.fullmatch(part) is not None
        and not _JAMO.search(part)
        and len(_LETTER.findall(part)) >= 2
        and not korean.vague(part)
        for part in word.split(" ")
    )


def _alike(word: str, other: str) -> bool:
    """Whether two words are forms or misspellings of one."""
    if word == other:
        return True
    if _HANGUL.search(word) and _HANGUL.search(other):
        return word in other or other in word
    if word[:3] != other[:3] or _HANGUL.search(word + other):
        return False
    return _stem(word) == _stem(other) or SequenceMatcher(None, word, other).ratio() >= 0.85


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word.removesuffix(suffix)
    return word
