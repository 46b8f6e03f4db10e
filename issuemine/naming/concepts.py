"""From the words of mentions to what they speak of: concepts of the glossary, and other words as they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from issuemine.naming import english
from issuemine.naming.glossary import Concept, word_key
from issuemine.naming.tokens import EMPTY_CLASSES, is_content

Lemma = tuple[str, str]
"""Dictionary form and part of speech of a token."""

Analyse = Callable[[Sequence[str], str], Sequence[Sequence[Lemma]]]
"""The analyser of the mentions: tokens of each of some texts of one language."""

_HANGUL = re.compile(r"[가-힣]")
_LEAST = 2
"""Fewest syllables of a word that is looked for inside a Korean compound."""


class Said(NamedTuple):
    """What a mention speaks of: a concept's number, or -1 for a word that the glossary lacks; the word as
    it was said; and the share of it that is meant (a word with two meanings counts half for each).
    """

    concept: int
    word: str
    share: float


class ConceptFinder:
    """Finds the words of the glossary in analysed texts.

    The longest word wins, over spaces ("log in", "인증 번호") and inside Korean compounds (로그인인증번호);
    what is left of a compound is a word of its own.

    Parameters
    ----------
    concepts : sequence of Concept
        The glossary.
    analyse : callable
        Analyses its words as the mentions were analysed, so that both have the same dictionary forms.
    """

    def __init__(self, concepts: Sequence[Concept], analyse: Analyse) -> None:
        self.concepts = concepts
        self._analyse = analyse
        self._known: dict[str, tuple[Said, ...]] = {}

    def read(self, tokens: Iterable[Lemma]) -> list[Said]:
        """What one mention speaks of, in the order of its words."""
        words = _without_particles(tokens)
        found: list[Said] = []
        at = 0
        while at < len(words):
            taken = self._longest(words, at)
            if taken:
                found += self._index[_joined(words[at : at + taken])]
            elif _tells(*words[at]):
                found += self._word(words[at][0])
            at += taken or 1
        return found

    @cached_property
    def _index(self) -> dict[str, tuple[Said, ...]]:
        """Meanings of each word, as it is written and as the analyser reads it."""
        meanings: dict[str, dict[int, str]] = defaultdict(dict)
        self._longest_run = 1
        for language in sorted({language for concept in self.concepts for language in concept.words}):
            words = [
                (number, word)
                for number, concept in enumerate(self.concepts)
                for word in concept.words.get(language, ())
            ]
            read = self._analyse([word for _, word in words], language)
            for (number, word), tokens in zip(words, read, strict=True):
                lemmas = _without_particles(tokens)
                self._longest_run = max(self._longest_run, len(lemmas), word.count(" ") + 1)
                # One Korean word alone may be read wrongly: 알림 as 알리다, which asks for an answer.
                read_too = " " in word or not _HANGUL.search(word)
                for key in {word_key(word), _joined(lemmas) if read_too else ""} - {""}:
                    meanings[key].setdefault(number, word)
        return {
            key: tuple(Said(number, word, 1 / len(of)) for number, word in of.items())
            for key, of in meanings.items()
        }

    def _longest(self, words: Sequence[Lemma], at: int) -> int:
        """How many words from ``at`` make the longest word of the glossary; 0 for none."""
        index = self._index
        for size in range(min(self._longest_run, len(words) - at), 0, -1):
            if _joined(words[at : at + size]) in index:
                return size
        return 0

    def _word(self, word: str) -> tuple[Said, ...]:
        """Meanings of the parts of a word that the glossary lacks as a whole, and what is left of it."""
        if word not in self._known:
            korean = " " not in word and _HANGUL.search(word)
            parts = self._parts(word) if korean else [word]
            self._known[word] = tuple(
                said for part in parts for said in self._index.get(part, (Said(-1, part, 1.0),))
            )
        return self._known[word]

    def _parts(self, word: str) -> list[str]:
        parts, left, at = [], 0, 0
        while at < len(word):
            end = next(
                (end for end in range(len(word), at + _LEAST - 1, -1) if word[at:end] in self._index), 0
            )
            if end:
                parts += [word[left:at], word[at:end]]
                left = end
            at = end or at + 1
        return [part for part in [*parts, word[left:]] if len(part) >= _LEAST]


def _without_particles(tokens: Iterable[Lemma]) -> list[Lemma]:
    """The tokens without what stands between the parts of an expression: "cancel my order", 결제가 안 되다.

    Those are Korean particles and light verbs, and English articles and possessives.
    """
    return [
        (lemma, pos)
        for lemma, pos in tokens
        if pos != "STOP" or not (_HANGUL.search(lemma) or lemma in english.DETERMINERS)
    ]


def _joined(words: Iterable[Lemma]) -> str:
    return "".join(word_key(lemma) for lemma, _ in words)


def _tells(word: str, pos: str) -> bool:
    """Whether a word that the glossary lacks may say what a text is about."""
    return pos not in EMPTY_CLASSES and is_content(word)
