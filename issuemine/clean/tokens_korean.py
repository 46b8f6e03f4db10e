"""From Kiwi's morphemes to words: compounds joined, endings absorbed, negation kept.

A word is a range of the text with a dictionary form. ``결제가 되지 않아요`` becomes ``결제``, ``가``
(a particle) and ``안 되다``, over the characters ``되지 않아요``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from issuemine.clean.tokens_korean_predicates import (
    ENDINGS,
    PREDICATES,
    Morpheme,
    auxiliary,
    endings,
    is_negated,
    makes_predicate,
    morphemes_of,
    negated,
    second_part,
)
from issuemine.clean.tokens_korean_unknown import UnknownNouns
from issuemine.clean.tokens_korean_words import (
    ADVERBS,
    HEADS,
    LIGHT,
    LITTLE,
    PREFIXES,
)


class Word(NamedTuple):
    """A word in place; ``tag`` is ``pos`` or ``STOP`` or ``MASK``, ``sentence`` counts from 0."""

    lemma: str
    tag: str
    pos: str
    start: int
    end: int
    sentence: int


Latin = Callable[[str], Sequence[tuple[str, str, str, int, int]]]
"""Words of a piece without Hangul: lemma, tag, part of speech, start and end in the piece."""

_WHOLE = re.compile(
    r"(?=[<0-9A-Za-zÀ-ÿ])(?:<[A-Z][A-Z_]*>"
    r"|https?://[^\s가-힣]+"
    r"|[0-9]*[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9]*(?:[-_.&'’+@]+[A-Za-zÀ-ÿ0-9]+)*"
    r"|[0-9]+(?:\.[0-9]+){2,})"
)
_LATIN = re.compile(r"[<0-9A-Za-zÀ-ÿ]")
_GAP = re.compile(r"\S+")
_NOUNS = frozenset({"NNG", "NNP", "XR", "XPN", "XSN", "SH", "UN"})
_MARKS = frozenset({"SF", "SP", "SS", "SSO", "SSC", "SE", "SO", "SB"})
_STOPS = {"MM": "DET", "MAJ": "CCONJ", "IC": "INTJ", "NP": "PRON", "NNB": "NOUN"}
_SUFFIXES = frozenset({"들", "님", "씨"})
_GROUP = 3


def words_of(
    text: str,
    tokens: Iterable[object],
    unknown: UnknownNouns,
    latin: Latin,
    user_words: frozenset[str] = frozenset(),
) -> list[Word]:
    """Group the morphemes of one text into words.

    Parameters
    ----------
    text : str
        The text that was analysed.
    tokens : iterable of kiwipiepy.Token
        Its morphemes in order.
    unknown : UnknownNouns
        Mends and takes apart nouns that Kiwi does not know.
    latin : callable
        Analyses pieces without Hangul: names, error codes, English words, placeholders.
    user_words : frozenset of str
        Nouns that join no compound.

    Returns
    -------
    list of Word
        In order, not overlapping; what lies between them is white space.
    """
    return _Grouping(text, morphemes_of(tokens, unknown), latin, user_words).words()


class _Grouping:
    """One pass over the morphemes of a text. Methods take an index and return the next one."""

    def __init__(
        self, text: str, morphemes: list[Morpheme], latin: Latin, user_words: frozenset[str]
    ) -> None:
        self.text, self.morphemes, self.latin, self.user_words = text, morphemes, latin, user_words
        self.done: list[Word] = []
        self.at = 0
        self.negation = ""
        self.negated_from = 0

    def words(self) -> list[Word]:
        whole = _LATIN.search(self.text) and _WHOLE.finditer(self.text)
        pieces = {match.start(): match.end() for match in whole or ()}
        i = 0
        while i < len(self.morphemes):
            morpheme = self.morphemes[i]
            tag = morpheme.tag
            if morpheme.start in pieces:
                i = self._piece(i, pieces.pop(morpheme.start))
            elif tag[0] == "J":
                self._put(morpheme.form, "STOP", "ADP", morpheme.start, morpheme.end, morpheme.sentence)
                i += 1
            elif tag in _NOUNS or self._is_prefix(i):
                i = self._nouns(i)
            elif tag in PREDICATES:
                i = self._predicate(i)
            elif tag in {"SN", "NR"}:
                i = self._number(i)
            else:
                self._single(i, morpheme)
                i += 1
        self._fill(len(self.text))
        return self.done

    def _put(self, lemma: str, tag: str, pos: str, start: int, end: int, sentence: int) -> None:
        at = self.at
        if start < at:
            start = at
        if end <= start:
            return
        if start > at and not self.text[at:start].isspace():
            self._fill(start)
        if tag in {"SYM", "PUNCT"} and self.done and "\n" not in self.text[self.at : start]:
            sentence = self.done[-1].sentence
        self.done.append(tuple.__new__(Word, (lemma, tag, pos, start, end, sentence)))
        self.at = end

    def _fill(self, end: int) -> None:
        """Put what Kiwi passed over, so that nothing but white space belongs to no word."""
        for gap in _GAP.finditer(self.text, self.at, end):
            sentence = self.done[-1].sentence if self.done else 0
            self.done.append(Word(gap.group(), "SYM", "SYM", *gap.span(), sentence))
            self.at = gap.end()

    def _piece(self, i: int, end: int) -> int:
        """Take a piece without Hangul whole; a single letter belongs to the noun that follows."""
        first, after = self.morphemes[i], i
        while after < len(self.morphemes) and self.morphemes[after].start < end:
            after += 1
        if end - first.start == 1 and after < len(self.morphemes):
            following = self.morphemes[after]
            if following.start == end and following.tag in {"NNG", "NNP"}:
                return self._nouns(i)
        for lemma, tag, pos, start, stop in self.latin(self.text[first.start : end]):
            self._put(lemma, tag, pos, first.start + start, first.start + stop, first.sentence)
        return after

    def _is_prefix(self, i: int) -> bool:
        """Whether a determiner is written as part of the noun after it: 주거래은행, 타은행, 새버전."""
        first, following = self.morphemes[i], self.morphemes[i + 1 : i + 2]
        return (
            first.tag == "MM"
            and first.form in PREFIXES
            and bool(following)
            and following[0].tag in {"NNG", "NNP"}
            and following[0].start == first.end
        )

    def _nouns(self, i: int) -> int:
        """Join adjacent nouns; with a suffix such as 하다 the last becomes an adjective."""
        run = [self.morphemes[i]]
        i += 1
        while i < len(self.morphemes):
            following = self.morphemes[i]
            if following.tag not in _NOUNS or following.start != run[-1].end:
                break
            if self.user_words and not self.user_words.isdisjoint((following.form, run[-1].form)):
                break
            run.append(following)
            i += 1
        rest: list[Morpheme] = []
        while len(run) > 1 and (run[-1].form in LITTLE or run[-1].form in _SUFFIXES):
            rest.insert(0, run.pop())
        suffix = self.morphemes[i] if i < len(self.morphemes) else None
        if suffix is not None and not rest and makes_predicate(run[-1], suffix):
            stem = run.pop()
            if run and run[-1].tag in {"XPN", "MM"}:  # a prefix turns the adjective round: 불안정하다
                prefix = run.pop()
                stem = stem._replace(form=prefix.form + stem.form, start=prefix.start)
            self._compound(run)
            return self._predicate(i, stem)
        self._compound(run)
        for noun in rest:
            self._put(noun.form, "STOP", "NOUN", noun.start, noun.end, noun.sentence)
        return i

    def _compound(self, run: list[Morpheme]) -> None:
        """Put nouns as one word; a head such as 오류 stands for itself, long runs go in pairs."""
        if len(run) == 1:
            self._group(run)
            return
        heads: list[list[Morpheme]] = []
        while len(run) > 1 and run[-1].form in HEADS and run[-2].tag not in {"XPN", "MM"}:
            heads.insert(0, [run.pop()])
        size = _GROUP if len(run) <= _GROUP else 2
        for group in [run[at : at + size] for at in range(0, len(run), size)] + heads:
            self._group(group)

    def _group(self, group: list[Morpheme]) -> None:
        first, last = group[0], group[-1]
        lemma = (first.form if first is last else "".join([noun.form for noun in group])).lower()
        pos = "PROPN" if last.tag == "NNP" else "NOUN"
        tag = "STOP" if lemma in LITTLE or lemma in ADVERBS else pos
        self._put(lemma, tag, pos, first.start, last.end, first.sentence)

    def _number(self, i: int) -> int:
        """Join a number and its unit: 3만원, 10분, 2번째; spelled out with a suffix, a noun: 일회용."""
        first = last = self.morphemes[i]
        i += 1
        while i < len(self.morphemes):
            following = self.morphemes[i]
            if following.tag not in {"SN", "NR", "NNB", "XSN"} or following.start != last.end:
                break
            last = following
            i += 1
        pos = "NOUN" if last.tag == "XSN" and first.tag == "NR" else "NUM"
        self._put(self.text[first.start : last.end], pos, pos, first.start, last.end, first.sentence)
        return i

    def _predicate(self, i: int, stem: Morpheme | None = None) -> int:
        """Take a predicate with its endings, negation and potential: 되지 않아요, 찾을 수 없어요."""
        verb = self.morphemes[i]
        start, lemma = verb.start, verb.lemma
        if stem is not None:
            start, lemma = stem.start, stem.form + lemma
        i, end = endings(self.morphemes, i + 1, verb.end)
        while verb.tag == "VV" and (second := second_part(self.morphemes, i)) is not None:
            lemma = self.text[start : second.start] + second.lemma
            i, end = endings(self.morphemes, i + 1, second.end)
        light = lemma in LIGHT or (stem is None and verb.tag in {"VX", "XSV", "VCP"})
        negation, i, stop = auxiliary(self.morphemes, i)
        end = max(end, stop)
        if self.negation:
            if not self.text[self.negated_from + len(self.negation) : start].strip():
                start = self.negated_from
            if lemma == "대다":  # 안대요 is a usual misspelling of 안돼요
                lemma = "되다"
            negation, self.negation = negation or self.negation, ""
        if verb.tag == "VX" and negation and self._negate_last(negation, end):
            return i
        pos = "ADJ" if verb.tag in {"VA", "XSA", "VCN"} else "AUX" if light else "VERB"
        if negation:
            lemma = negated(negation, lemma, adjective=pos == "ADJ")
            self._put(lemma, "VERB", "VERB", start, end, verb.sentence)
        else:
            self._put(lemma, "STOP" if light else pos, pos, start, end, verb.sentence)
        return i

    def _negate_last(self, negation: str, end: int) -> bool:
        """Negate the predicate before an auxiliary verb: 들어가지지 않다 negates 들어가다."""
        if not self.done or self.done[-1].pos not in {"VERB", "ADJ", "AUX"}:
            return False
        last = self.done[-1]
        lemma = last.lemma
        if not is_negated(lemma):
            lemma = negated(negation, lemma, adjective=last.pos == "ADJ")
        self.done[-1] = last._replace(lemma=lemma, tag="VERB", pos="VERB", end=end)
        self.at = end
        return True

    def _single(self, i: int, morpheme: Morpheme) -> None:
        """Put an ending, adverb, mark or whatever else stands for itself."""
        form, tag, *place = morpheme.form, morpheme.tag, morpheme.start, morpheme.end, morpheme.sentence
        if tag in ENDINGS:
            self._put(form, "STOP", "PART", *place)
        elif tag == "MAG" and form in {"안", "못"}:
            self.negation, self.negated_from = form, morpheme.start
            following = self.morphemes[i + 1].tag if i + 1 < len(self.morphemes) else ""
            if following not in PREDICATES:
                self._put(form, "STOP", "ADV", *place)
        elif tag == "MAG":
            self._put(form, "STOP" if form in ADVERBS else "ADV", "ADV", *place)
        elif tag in _STOPS:
            self._put(form, "STOP", _STOPS[tag], *place)
        elif tag in _MARKS or (tag == "SW" and form.isascii()):
            self._put(form, "PUNCT", "PUNCT", *place)
        elif tag in {"W_HASHTAG", "W_MENTION"}:
            self._put(form.lower(), "X", "X", *place)
        elif tag in {"W_URL", "W_EMAIL"}:
            self._put(form, "STOP", "X", *place)
        else:
            self._put(form, "SYM", "SYM", *place)
