"""Korean nouns that Kiwi does not know: misspelled ones mended, glued particles and nouns taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kiwipiepy import Kiwi

from issuemine.clean.tokens_korean_words import AFTER, SHORT

_CACHE = 100_000
_NOUNS = frozenset({"NNG", "NNP"})
_AFTER_CONSONANT = ("이랑", "으로", "이", "은", "을")
_AFTER_VOWEL = ("는", "를")
_AFTER_ANY = ("에서", "까지", "에", "의", "만")
_COPULAS = ("입니다", "이라서", "이라고", "인데", "이고", "이라", "이네", "인가", "인지")
_FIRST, _SYLLABLES, _FINALS = 0xAC00, 11_172, 28


class Part(NamedTuple):
    """A piece of an unknown noun: how it is spelled rightly, its tag and its range in the noun."""

    form: str
    tag: str
    start: int
    end: int


class UnknownNouns:
    """Looks once at each noun that is in no dictionary: 프로그렘 is 프로그램, 쏠이 is 쏠 and a particle.

    A particle that fits the final consonant before it is cut off: few nouns end in one. Else Kiwi reads
    the noun alone and forgives usual misspellings [1]_; where it then knows every part, that reading
    holds. Else another particle, or a noun such as 후, is cut off.

    Parameters
    ----------
    kiwi : Kiwi
        The analyser.

    References
    ----------
    .. [1] Lee, M. "Kiwi: Developing a Korean Morphological Analyzer Based on Statistical Language Models
       and Skip-Bigram". Korean Journal of Digital Humanities 1(1), 2024.
    """

    def __init__(self, kiwi: Kiwi) -> None:
        self._kiwi = kiwi
        self._known: dict[str, tuple[Part, ...]] = {}

    def parts(self, form: str) -> tuple[Part, ...]:
        """Parts of an unknown noun, in order and without gaps; the noun itself where nothing fits."""
        if form not in self._known:
            found = self._taken_apart(form)
            if len(self._known) >= _CACHE:
                return found
            self._known[form] = found
        return self._known[form]

    def _taken_apart(self, form: str) -> tuple[Part, ...]:
        if form in _COPULAS:  # written apart from its noun: 울트라 인데
            return (Part(form, "EC", 0, len(form)),)
        if copula := next((ending for ending in _COPULAS if form.endswith(ending)), ""):
            return self._without(form, copula, "EC")
        if end := _particle(form, _AFTER_CONSONANT, closed=True):
            return self._without(form, end, "JX")
        if mended := self._mended(form):
            return mended
        if end := _particle(form, _AFTER_VOWEL, closed=False) or _particle(form, _AFTER_ANY):
            return self._without(form, end, "JX")
        return self._without(form, next((noun for noun in AFTER if form.endswith(noun)), ""), "NNG")

    def _mended(self, form: str) -> tuple[Part, ...]:
        """Kiwi's reading of the noun alone, if it is of known nouns and at most a particle after them."""
        read = self._kiwi.tokenize(form, typos="basic")
        nouns = [token for token in read if token.tag in _NOUNS]
        ends = read[len(nouns) :]
        whole = (
            nouns == read[: len(nouns)]
            and len(ends) < 2
            and all(token.tag[0] == "J" for token in ends)
            and all(not token.oov and (token.len > 1 or token.form in SHORT) for token in nouns)
            and all(token.len == len(token.form) for token in read)
            and sum(token.len for token in read) == len(form)
        )
        return tuple(Part(token.form, token.tag, token.start, token.end) for token in read) if whole else ()

    def _without(self, form: str, end: str, tag: str) -> tuple[Part, ...]:
        """The parts of what stands before an end, and the end; all of it where nothing is to be cut off."""
        stem = len(form) - len(end)
        if not end or not stem:
            return (Part(form, "NNG", 0, len(form)),)
        before = self.parts(form[:stem]) if stem > 1 else (Part(form[:stem], "NNG", 0, stem),)
        return (*before, Part(end, tag, stem, len(form)))


def _particle(form: str, particles: Sequence[str], closed: bool | None = None) -> str:
    """The particle that a noun ends in, where the syllable before is closed by a consonant as it must be."""
    for particle in particles:
        if len(form) > len(particle) and form.endswith(particle):
            code = ord(form[-len(particle) - 1]) - _FIRST
            hangul = 0 <= code < _SYLLABLES
            return particle if hangul and closed in (None, code % _FINALS > 0) else ""
    return ""
