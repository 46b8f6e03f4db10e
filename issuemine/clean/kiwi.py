"""Korean for spaCy: a tokenizer backed by the Kiwi morphological analyser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import spacy
from kiwipiepy import Kiwi
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from issuemine.clean.analysis import Analysis, analysis, make_token
from issuemine.clean.tokens_blank import BlankAnalyser
from issuemine.clean.tokens_korean import Word, words_of
from issuemine.clean.tokens_korean_unknown import UnknownNouns
from issuemine.clean.tokens_korean_words import SUPPORT

_LATIN_CACHE = 50_000
_USER_WORD_SCORE = 5.0  # above what Kiwi gives to any other reading of the same characters
_CUTOFF = 6.0
"""How far behind the best a reading may fall before Kiwi drops it (its own default: 8). On reviews this saves
a ninth of the time and reads one morpheme in nine hundred otherwise, not worse by eye."""


def korean_pipeline(language: str = "ko", user_words: Sequence[str] = ()) -> Language:
    """Make the Korean pipeline: spaCy's blank ``ko`` with Kiwi as its tokenizer.

    Parameters
    ----------
    language : str
        The language's code, for the same signature as the other pipelines.
    user_words : sequence of str
        Nouns that are kept whole; they may hold spaces.

    Returns
    -------
    Language
        Its documents carry ``lemma_``, ``pos_``, ``tag_`` and sentences.
    """
    tokenizer = {"@tokenizers": "issuemine.KiwiTokenizer.v1", "user_words": list(user_words)}
    return spacy.blank(language, config={"nlp": {"tokenizer": tokenizer}})


@spacy.registry.tokenizers("issuemine.KiwiTokenizer.v1")  # type: ignore[untyped-decorator] # no types there
def kiwi_tokenizer(user_words: list[str] | None = None):  # type: ignore[no-untyped-def] # spaCy reads it
    """Return what makes a :class:`KiwiTokenizer` for a pipeline (entry of spaCy's registry)."""

    def make(nlp: Language) -> KiwiTokenizer:
        return KiwiTokenizer(nlp.vocab, user_words or ())

    return make


@lru_cache(maxsize=4)
def _kiwi(user_words: tuple[str, ...]) -> Kiwi:
    """Load Kiwi once for all tokenizers that know the same words: seconds and 400 MB each time."""
    kiwi = Kiwi(num_workers=1)
    kiwi.global_config.cutoff_threshold = _CUTOFF
    for word in sorted(SUPPORT):
        kiwi.add_user_word(word, "NNG")
    for word in user_words:
        kiwi.add_user_word(word, "NNP", _USER_WORD_SCORE)
    return kiwi


class KiwiTokenizer:
    """spaCy tokenizer whose documents come with lemmas, tags and sentences from one Kiwi analysis."""

    def __init__(self, vocab: Vocab, user_words: Sequence[str] = ()) -> None:
        self.vocab = vocab
        self._user_words = frozenset(user_words)
        self._english = BlankAnalyser("en", user_words)
        self._latin: dict[str, list[tuple[str, str, str, int, int]]] = {}
        self._kiwi = _kiwi(tuple(sorted(self._user_words)))
        self._unknown = UnknownNouns(self._kiwi)

    def __call__(self, text: str) -> Doc:
        """Analyse a text."""
        return document(self.vocab, text, self.words(text))

    def words(self, text: str) -> list[Word]:
        """Cut a text into words."""
        return words_of(text, self._kiwi.tokenize(text), self._unknown, self.latin, self._user_words)

    def analysis(self, text: str) -> Analysis:
        """Cut a text into words and sentences."""
        words = self.words(text)
        tokens = [make_token((lemma, tag, start, end)) for lemma, tag, _, start, end, _ in words]
        return analysis(tokens, _openings(text, words))

    def latin(self, piece: str) -> list[tuple[str, str, str, int, int]]:
        """Analyse a piece without Hangul as English: lemma, tag, part of speech, start and end."""
        known = self._latin.get(piece)
        if known is None:
            known = [(*form[:3], start, end) for form, start, end, _ in self._english.words(piece)]
            if len(self._latin) < _LATIN_CACHE:
                self._latin[piece] = known
        return known


def _openings(text: str, words: Sequence[Word]) -> list[int]:
    """Positions of words that open a sentence: where Kiwi says so, and after a line break."""
    if words and words[-1].sentence == words[0].sentence and "\n" not in text:
        return [0]
    at, sentence = 0, -1
    found: list[int] = []
    for position, word in enumerate(words):
        if word.sentence > sentence or "\n" in text[at : word.start]:
            found.append(position)
        sentence = max(sentence, word.sentence)
        at = word.end
    return found


def document(vocab: Vocab, text: str, words: Sequence[Word]) -> Doc:
    """Make a spaCy document of words in place; what lies between them is white space."""
    pieces: list[str] = []
    spaces: list[bool] = []
    rows: list[tuple[str, str, str, bool]] = []
    at = 0
    opens = frozenset(_openings(text, words))
    for position, word in enumerate((*words, Word("", "", "", len(text), len(text), -1))):
        gap = text[at : word.start]
        if gap.startswith(" ") and pieces:
            spaces[-1] = True
            gap = gap[1:]
        if gap:
            rows.append((gap, "SPACE", "SPACE", False))
            pieces.append(gap)
            spaces.append(False)
        if word.end > word.start:
            rows.append((word.lemma, word.tag, word.pos, position in opens))
            pieces.append(text[word.start : word.end])
            spaces.append(False)
        at = word.end
    return Doc(
        vocab,
        words=pieces,
        spaces=spaces,
        lemmas=[row[0] for row in rows],
        tags=[row[1] for row in rows],
        pos=[row[2] for row in rows],
        sent_starts=[row[3] for row in rows],
    )
