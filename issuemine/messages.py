"""What people read, in their language: Korean or English.

Messages are written in English where they are said, as templates with named fields, and looked up in the
catalogue of the language in force (gettext's format, one file a language, read as it is: nothing to
compile). The command line speaks the language of the settings or of the environment, the service that of
the request.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Literal, get_args

from babel.core import negotiate_locale
from babel.messages.pofile import read_po

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_SETTING = "ISSUEMINE_INTERFACE__LANGUAGE"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def say(template: str, **values: object) -> str:
    """A message in the language in force.

    Parameters
    ----------
    template : str
        English text with named fields as for ``str.format``; a literal, so that it can be collected for
        the catalogues.
    **values : object
        What the fields stand for. Never a record's text.
    """
    found = _catalogue(speaking()).get(template, template)
    return found.format(**values) if values else found


def mark(template: str) -> str:
    """Collect a message for the catalogues that is stored in English and said later, by :func:`say`."""
    return template


def retell(stored: str) -> str:
    """Say a message in the language in force that was stored in English.

    Parameters
    ----------
    stored : str
        A text made of a marked template; its fields may hold further stored messages. Any other text
        comes back as it is.
    """
    catalogue = _catalogue(speaking())
    if stored in catalogue or not catalogue:
        return catalogue.get(stored, stored)
    for pattern, translation in _patterns(speaking()):
        if (found := pattern.fullmatch(stored)) is not None:
            values = {name: retell(value) for name, value in found.groupdict().items()}
            return "".join(values[piece] if is_field else piece for piece, is_field in translation)
    return stored


def speaking() -> Language:
    """The language in force."""
    return _language.get() or environment_language()


def speak(language: Language) -> None:
    """Speak a language from now on, in this context (a thread, a task, a request)."""
    _language.set(language)


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Speak a language inside of a block."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def environment_language() -> Language:
    """The language that the environment asks for: the setting's variable, else the locale, else English."""
    asked = (os.environ.get(name, "") for name in (_SETTING, *_LOCALE))
    return _nearest([next((re.split("[.@]", name)[0] for name in asked if name not in ("", "auto")), "en")])


def negotiate(accept_language: str) -> Language:
    """The language that a browser likes best.

    Parameters
    ----------
    accept_language : str
        Value of the header (RFC 9110, section 12.5.4); what cannot be read counts as not sent.
    """
    wishes: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        name, _, quality = part.partition(";")
        try:
            weight = float(quality.partition("=")[2]) if quality else 1.0
        except ValueError:
            weight = 0.0
        if name.strip() and 0 < weight <= 1:
            wishes.append((weight, name.strip()))
    return _nearest([name for _, name in sorted(wishes, key=lambda wish: -wish[0])])


def _nearest(wishes: list[str]) -> Language:
    """Of our languages the first that is wished for, English where none is."""
    for wish in wishes:
        found = negotiate_locale([wish.lower().replace("-", "_")], LANGUAGES)
        for language in LANGUAGES:
            if found == language:
                return language
    return "en"


@cache
def _catalogue(language: Language) -> dict[str, str]:
    """Message to translation; what is missing there stays English."""
    path = files("issuemine").joinpath("locale", f"{language}.po")
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string}


@cache
def _patterns(language: Language) -> list[tuple[re.Pattern[str], list[tuple[str, bool]]]]:
    """Templates with fields as patterns, those with the most text first, and the pieces of what to say.

    A stored message has its values formatted already: they are put in as they stand.
    """
    found = []
    for template, translation in _catalogue(language).items():
        pieces = _pieces(template)
        said = sum(len(piece) for piece, is_field in pieces if not is_field)
        if said and len(pieces) > 1:
            pattern, named = "", set[str]()
            for piece, is_field in pieces:
                group = f"(?P={piece})" if piece in named else f"(?P<{piece}>.+)"
                pattern += group if is_field else re.escape(piece)
                named |= {piece} if is_field else set()
            found.append((said, re.compile(pattern, re.DOTALL), _pieces(translation)))
    return [(pattern, translation) for _, pattern, translation in sorted(found, key=lambda row: -row[0])]


def _pieces(template: str) -> list[tuple[str, bool]]:
    """Texts and names of fields in turn; the flag tells a field."""
    parsed = [((text, False), (name or "", True)) for text, name, _, _ in Formatter().parse(template)]
    return [piece for pair in parsed for piece in pair if piece[0]]


_language: ContextVar[Language | None] = ContextVar("language", default=None)
