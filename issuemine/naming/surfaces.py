"""How words are written: the usual surface form of a lemma in a topic, and usual capitals in the corpus."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from issuemine.naming import english
from issuemine.naming.candidates import Corpus

_RUN = re.compile(r"[^\W_]+")
_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Forms:
    """Surface forms in one topic, in lower case: by lemma, and by pair of neighbouring lemmas."""

    singles: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    pairs: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def of(self, word: str) -> str | None:
        """The most frequent form of a lemma or of two joined by a space; None if it never stands so."""
        forms = (self.pairs if " " in word else self.singles).get(word)
        return min(forms, key=lambda form: (-forms[form], len(form), form)) if forms else None

    def count(self, word: str) -> int:
        """How often it stands in the mentions that were looked at."""
        return sum((self.pairs if " " in word else self.singles).get(word, Counter()).values())


class Surfaces:
    """Collects surface forms mention by mention."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._capitals: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def read(self, mentions: list[int]) -> Forms:
        """Take in the mentions of one topic and return its forms."""
        forms = Forms()
        columns = self._corpus.columns
        for mention in mentions:
            text = self._corpus.texts[mention]
            low, high = columns.offsets[mention], columns.offsets[mention + 1]
            tokens = list(
                zip(
                    columns.word[low:high].tolist(),
                    columns.start[low:high].tolist(),
                    columns.end[low:high].tolist(),
                    columns.content[low:high].tolist(),
                    strict=True,
                )
            )
            self._note_capitals(text, [(start, end) for _, start, end, _ in tokens])
            korean = self._corpus.languages[mention] == "ko"
            ends = [
                end if korean else self._completed(text, tokens, at)
                for at, (_, _, end, _) in enumerate(tokens)
            ]
            for (word, start, _, content), end in zip(tokens, ends, strict=True):
                if content:
                    lemma = columns.words[word]
                    forms.singles[lemma][lemma if korean else text[start:end].lower()] += 1
            seen: set[str] = set()
            for ((a, start, end, first), (b, after, _, second)), stop in zip(
                itertools.pairwise(tokens), ends[1:], strict=True
            ):
                if first and second and text[end:after] == " ":
                    pair = f"{columns.words[a]} {columns.words[b]}"
                    forms.pairs[pair][pair if korean else text[start:stop].lower()] += pair not in seen
                    seen.add(pair)
        return forms

    def spell(self, form: str) -> str:
        """Give the words of a lower-case phrase the capitals they usually carry inside sentences."""
        return " ".join(
            self._usual(word) if word in self._capitals else _RUN.sub(lambda run: self._usual(run[0]), word)
            for word in form.split(" ")
        )

    def _completed(self, text: str, tokens: list[tuple[int, int, int, bool]], at: int) -> int:
        """End of a token, or of the particle that completes it: "top up"."""
        word, _, end, _ = tokens[at]
        if at + 1 == len(tokens) or self._corpus.columns.words[word] not in english.PARTICLE_VERBS:
            return end
        _, start, stop, _ = tokens[at + 1]
        follows = text[end:start] == " " and text[start:stop].lower() in english.COMPLETING
        return stop if follows else end

    def _usual(self, word: str) -> str:
        spellings = self._capitals.get(word)
        if not spellings:
            return word
        usual = min(spellings, key=lambda spelling: (-spellings[spelling], spelling != word, spelling))
        return usual if spellings[usual] >= 2 else word

    def _note_capitals(self, text: str, spans: list[tuple[int, int]]) -> None:
        """Count spellings, leaving out first words of sentences and texts that shout."""
        if text.isupper() and not _HANGUL.search(text):
            return
        opening = True
        surfaces = [text[start:end] for start, end in spans]
        shouts = [len(surface) > 1 and surface.isupper() for surface in surfaces]
        for at, (start, surface) in enumerate(zip((start for start, _ in spans), surfaces, strict=True)):
            if not _LETTER.search(surface):
                opening = opening or any(mark in surface for mark in ".!?\n…:-")
                continue
            shouting = shouts[at] and any(shouts[max(0, at - 1) : at] + shouts[at + 1 : at + 2])
            if not opening and not shouting and "\n" not in text[max(0, start - 2) : start]:
                for run in {surface, *_RUN.findall(surface)}:
                    self._capitals[run.lower()][run] += 1
            opening = False


def sentence_case(label: str) -> str:
    """Start a label with a capital, unless its first word has its own ("iPhone crashes") or it is Korean."""
    first = label.split(" ", 1)[0]
    if any(character.isupper() for character in first) or _HANGUL.search(label):
        return label
    return label[:1].upper() + label[1:]
