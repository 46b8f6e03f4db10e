"""What turns a query into words and vectors, as the run turned texts: loaded once a process, when needed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from api.errors import UnavailableError
from api.search.gathering import Gathering
from issuemine.config import Settings
from issuemine.messages import say
from issuemine.store.layout import Layout
from issuemine.store.searching import SearchSpace

if TYPE_CHECKING:
    from issuemine.clean.language import LanguageFinder
    from issuemine.clean.tokens import Analyser, Token

_REMEMBERED = 512
_LEXICAL = "lexical-"


class QueryEncoders:
    """Languages, words and vectors of queries; may be asked from many threads.

    Parameters
    ----------
    layout : Layout
        Where fitted encoders lie.
    settings : Settings
        ``clean``, ``embed``: as the run had them.
    """

    def __init__(self, layout: Layout, settings: Settings) -> None:
        self._layout = layout
        self._settings = settings
        self._lock = threading.Lock()
        self._analyser: Analyser | None = None
        self._finders: dict[tuple[str, ...], LanguageFinder] = {}
        self._encoders: dict[str, Any] = {}
        self.vector = lru_cache(_REMEMBERED)(self._vector)

    def languages(self, query: str, spaces: Sequence[SearchSpace]) -> tuple[str, ...]:
        """Languages of the query's script, of those expected and those mined; may be none."""
        own = (space.name.removeprefix(_LEXICAL) for space in spaces if space.name.startswith(_LEXICAL))
        known = tuple(dict.fromkeys((*self._settings.clean.languages, *own)))
        with self._lock:
            if known not in self._finders:
                from issuemine.clean.language import LanguageFinder, is_known

                self._finders[known] = LanguageFinder([code for code in known if is_known(code)])
            return self._finders[known].written_as(query)

    def spaces_of(self, languages: Sequence[str], spaces: Sequence[SearchSpace]) -> list[SearchSpace]:
        """The spaces that texts of some languages are in; all where none of these is."""
        names = {self._settings.embed.space_of(language) for language in languages}
        return [space for space in spaces if space.name in names] or list(spaces)

    def words(self, query: str, languages: Sequence[str]) -> list[str]:
        """Content lemmas of a query, by the rules of its languages."""
        found = [
            token.lemma.lower()
            for language in languages or self._settings.clean.languages[:1]
            for token in self._content(query, language)
        ]
        return list(dict.fromkeys(found))

    def marked(
        self, texts: Sequence[str], languages: Sequence[str], words: Sequence[str]
    ) -> list[list[tuple[int, int]]]:
        """Where any of the words stands in each text, as half-open ranges of characters."""
        wanted = set(words)
        return [
            [
                (token.start, token.end)
                for token in self._content(text, language)
                if token.lemma.lower() in wanted
            ]
            for text, language in zip(texts, languages, strict=True)
        ]

    def _vector(self, space: SearchSpace, query: str) -> np.ndarray:
        """Unit vector of a query in a space; zero where the space knows none of its words.

        Raises
        ------
        UnavailableError
            If the encoder that made the space's vectors is not there.
        """
        encoder = self._encoder(space)
        if space.name.startswith(_LEXICAL):
            lemmas = [token.lemma for token in self._content(query, space.name.removeprefix(_LEXICAL))]
            found: np.ndarray = encoder.transform([lemmas])[0]
        else:
            found = encoder(query)
        return found

    def warm(self, spaces: Sequence[SearchSpace]) -> None:
        """Load what queries will need."""
        for space in spaces:
            self.vector(space, "warm")

    def _content(self, text: str, language: str) -> list[Token]:
        from issuemine.clean.tokens import NON_CONTENT, Analyser

        with self._lock:
            if self._analyser is None:
                self._analyser = Analyser(self._settings.clean, workers=1)
            tokens = self._analyser.analyse([text], language)[0].tokens
        return [token for token in tokens if token.pos not in NON_CONTENT]

    def _encoder(self, space: SearchSpace) -> Any:
        with self._lock:
            if space.revision not in self._encoders:
                self._encoders[space.revision] = self._loaded(space)
            return self._encoders[space.revision]

    def _loaded(self, space: SearchSpace) -> Any:
        if space.name.startswith(_LEXICAL):
            from issuemine.embed.lexical import LexicalEncoder

            path = self._layout.models / f"lexical-{space.revision}.npz"
            if path.is_file():
                return LexicalEncoder.load(path)
        else:
            from issuemine.embed import load_encoder

            encoder = load_encoder(self._settings.embed, space.revision)
            if encoder.revision == space.revision:
                encoder.serve()
                return Gathering(encoder.encode)
        raise UnavailableError(
            say("The encoder that made the vectors of {space} is not at hand.", space=space.name),
            say("Search by words (by=words), or serve with the settings of the run."),
        )
