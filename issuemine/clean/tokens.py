"""Words and sentences of a text, in the same shape for every language, each text analysed once.

Korean goes through Kiwi, every other language through a blank spaCy pipeline; both yield spaCy
``Doc`` objects whose tokens carry ``lemma_``, ``pos_`` and ``tag_``, and this module reads them off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import TracebackType

from spacy.language import Language
from spacy.vocab import Vocab

from issuemine.clean.analysis import Analysis, Token, analysis, make_token
from issuemine.clean.kiwi import KiwiTokenizer, korean_pipeline
from issuemine.clean.tokens_blank import BlankAnalyser, blank_pipeline
from issuemine.clean.tokens_pool import Pool
from issuemine.collector import paused_collector
from issuemine.config import CleanSettings

__all__ = ["NON_CONTENT", "Analyser", "Analysis", "Token"]

NON_CONTENT = frozenset({"STOP", "PUNCT", "MASK", "SYM"})
"""Parts of speech that say nothing of what a text is about."""

_HANGUL = re.compile(r"[가-힣]")


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
        with paused_collector():
            return self._analyse(texts, language)

    def _analyse(self, texts: Sequence[str], language: str) -> list[Analysis]:
        """Analyse each distinct text once; like texts in a row find the dictionaries in the cache."""
        distinct = sorted(set(texts))
        korean = [text for text in distinct if _HANGUL.search(text)]
        found = dict(zip(korean, self._korean(korean), strict=True))
        other = "en" if language == "ko" else language
        return [found.get(text) or found.setdefault(text, self._other(text, other)) for text in texts]

    def _korean(self, texts: Sequence[str]) -> Iterable[Analysis]:
        if self._pool.pays_for(texts):
            return self._pool.analyses(texts)
        if texts and self._kiwi is None:
            self._kiwi = KiwiTokenizer(Vocab(), self.settings.user_words)
        return [self._kiwi.analysis(text) for text in texts] if self._kiwi else []

    def _other(self, text: str, language: str) -> Analysis:
        if language not in self._blank:
            self._blank[language] = BlankAnalyser(language, self.settings.user_words)
        words = self._blank[language].words(text)
        tokens = [make_token((form.lemma, form.tag, start, end)) for form, start, end, _ in words]
        return analysis(tokens, [at for at, word in enumerate(words) if word[3]])
