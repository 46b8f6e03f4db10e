"""Words and sentences of a text, in the same shape for every language, each text analysed once.

Korean goes through Kiwi, every other language through a blank spaCy pipeline; both yield spaCy
``Doc`` objects whose tokens carry ``lemma_``, ``pos_`` and ``tag_``, and this module reads them off.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import NamedTuple

from spacy.language import Language
from spacy.vocab import Vocab

from issuemine.clean.kiwi import KiwiTokenizer, korean_pipeline
from issuemine.clean.tokens_blank import BlankAnalyser, blank_pipeline
from issuemine.clean.tokens_pool import Pool
from issuemine.config import CleanSettings

NON_CONTENT = frozenset({"STOP", "PUNCT", "MASK", "SYM"})
"""Parts of speech that say nothing of what a text is about."""

_HANGUL = re.compile(r"[가-힣]")


class Token(NamedTuple):
    """One word of a text.

    Parameters
    ----------
    lemma : str
        Dictionary form, lower-case; a Korean predicate keeps its negation (``안되다``).
    pos : str
        Universal tag where the analyser knows it and ``X`` where not; ``STOP`` for stop words,
        particles and light verbs, ``MASK`` for placeholders such as ``<EMAIL>``, ``PUNCT``, ``NUM``,
        ``SYM`` for emoji and emoticons, ``PART`` for a negation that stands by itself (content).
    start, end : int
        Half-open range of characters in the text.
    """

    lemma: str
    pos: str
    start: int
    end: int


class Analysis(NamedTuple):
    """Tokens of a text (in order, not overlapping) and its sentences (half-open character ranges)."""

    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]


class Analyser:
    """Cuts texts into words with lemmas and into sentences.

    A text with Hangul goes to the Korean analyser whatever its language is said to be: that one
    treats Latin words as English, while English rules would leave particles on Korean words.

    Parameters
    ----------
    settings : CleanSettings
        ``user_words`` are kept whole, whatever their language.
    workers : int, optional
        Processes that analyse large batches of Korean; 1 for none besides this one. Default: one for
        each core that this process may use. They start when first needed, end with :meth:`close`,
        with a ``with`` block or with this process, and make no difference to the result.

    Examples
    --------
    >>> analyser = Analyser(CleanSettings())
    >>> [token.lemma for token in analyser.analyse(["결제가 안 돼요"], "ko")[0].tokens]
    ['결제', '가', '안 되다']
    """

    def __init__(self, settings: CleanSettings, workers: int | None = None) -> None:
        self.settings = settings
        self._blank: dict[str, BlankAnalyser] = {}
        self._kiwi: KiwiTokenizer | None = None
        self._pipelines: dict[str, Language] = {}
        self._pool = Pool(settings.user_words, workers)

    def __enter__(self) -> Analyser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker processes, if any."""
        self._pool.close()

    def pipeline(self, language: str) -> Language:
        """Return the spaCy pipeline of a language (ISO 639-1 code), made at the first call.

        Its documents carry the same words and sentences as :meth:`analyse`.
        """
        if language not in self._pipelines:
            make = korean_pipeline if language == "ko" else blank_pipeline
            self._pipelines[language] = make(language, self.settings.user_words)
        return self._pipelines[language]

    def analyse(self, texts: Sequence[str], language: str) -> list[Analysis]:
        """Analyse texts of one language.

        Parameters
        ----------
        texts : sequence of str
            Redacted texts, Unicode NFC.
        language : str
            ISO 639-1 code; an unknown one is analysed by general rules, without lemmas.

        Returns
        -------
        list of Analysis
            One for each text, in the same order. White space belongs to no token; a blank text has
            neither tokens nor sentences.

        Raises
        ------
        CleanError
            If a worker process ended before its time.
        """
        with _no_collection():
            return self._analyse(texts, language)

    def _analyse(self, texts: Sequence[str], language: str) -> list[Analysis]:
        korean = [at for at, text in enumerate(texts) if _HANGUL.search(text)]
        found: dict[int, Analysis] = {}
        if korean:
            found = dict(zip(korean, self._korean([texts[at] for at in korean]), strict=True))
        other = "en" if language == "ko" else language
        return [found[at] if at in found else self._other(text, other) for at, text in enumerate(texts)]

    def _korean(self, texts: Sequence[str]) -> Iterable[Analysis]:
        if self._pool.pays_for(texts):
            return map(_analysis, self._pool.words(texts))
        if self._kiwi is None:
            self._kiwi = KiwiTokenizer(Vocab(), self.settings.user_words)
        return map(_analysis, map(self._kiwi.plain_words, texts))

    def _other(self, text: str, language: str) -> Analysis:
        if language not in self._blank:
            self._blank[language] = BlankAnalyser(language, self.settings.user_words)
        words = self._blank[language].words(text)
        return _analysis([(form.lemma, form.tag, start, end, opens) for form, start, end, opens in words])


@contextmanager
def _no_collection() -> Iterator[None]:
    """Suspend the search for cycles: so many small tuples, none in a cycle, set it off all the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _analysis(words: Sequence[tuple[str, str, int, int, int]]) -> Analysis:
    """Make an analysis of words: lemma, tag, start, end, and whether one opens a sentence."""
    tokens = [Token(lemma, tag, start, end) for lemma, tag, start, end, _ in words]
    return Analysis(tuple(tokens), _sentences(tokens, [at for at, word in enumerate(words) if word[4]]))


def _sentences(tokens: Sequence[Token], opens: Sequence[int]) -> tuple[tuple[int, int], ...]:
    closes = [*opens[1:], len(tokens)] if opens else []
    return tuple(
        (tokens[first].start, tokens[after - 1].end) for first, after in zip(opens, closes, strict=True)
    )
