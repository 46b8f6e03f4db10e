"""The glossary: which words of several languages say the same thing.

A tab-separated table in UTF-8. The first line names the languages of the columns (ISO 639-1), each line
after it is one concept with its words in dictionary form, separated by ``|``. A last column ``generic``
may mark concepts that say too little to link topics by themselves. A line that starts with ``#`` is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from issuemine.errors import NamingError
from issuemine.messages import say

GENERIC = "generic"
_LANGUAGE = re.compile(r"[a-z]{2}")
_LETTER = re.compile(r"[^\W\d_]")
_APART = re.compile(r"[\s\-_'’·]+")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that people speak of.

    Attributes
    ----------
    words : dict of str to tuple of str
        Its words by language; at least two languages have some.
    generic : bool
        Whether it says too little to link topics by itself ("error", "app").
    """

    words: dict[str, tuple[str, ...]]
    generic: bool = False


def load_glossary(own: Path | None = None) -> tuple[Concept, ...]:
    """The glossary that comes with the project, and the lines of one's own after it.

    A word may stand for several concepts, so an own line takes nothing away from the others.

    Parameters
    ----------
    own : Path, optional
        A table in the same format; its languages may be others.

    Raises
    ------
    NamingError
        If the file cannot be read or a line cannot be used; names the file, the line and what to do.
    """
    concepts = _shipped()
    if own is None:
        return concepts
    try:
        text = own.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NamingError(
            say("The glossary {file} cannot be read ({kind}).", file=own, kind=type(error).__name__),
            say("Check naming.glossary, and save the file as UTF-8 text with tabs between the columns."),
        ) from error
    return (*concepts, *_concepts(text, own.name))


def word_key(word: str) -> str:
    """A word without what makes no difference: capitals, spaces, hyphens and apostrophes."""
    return _APART.sub("", word.casefold())


@cache
def _shipped() -> tuple[Concept, ...]:
    text = (files("issuemine.naming") / "glossary.tsv").read_text(encoding="utf-8")
    return tuple(_concepts(text, "glossary.tsv"))


def _concepts(text: str, file: str) -> Iterator[Concept]:
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    if not lines:
        return
    languages = _languages(lines[0][1], lines[0][0], file)
    for number, line in lines[1:]:
        yield _concept(line, languages, number, file)


def _languages(line: str, number: int, file: str) -> list[str]:
    """Languages of the columns, in order."""
    names = [name.strip().lower() for name in line.split("\t")]
    if names[-1] == GENERIC:
        names.pop()
    if len(names) < 2 or len(set(names)) < len(names) or not all(map(_LANGUAGE.fullmatch, names)):
        raise _unusable(
            file,
            number,
            say("it names no two languages"),
            say("Start the file with a line such as 'en', 'ko', 'generic', with tabs between."),
        )
    return names


def _concept(line: str, languages: list[str], number: int, file: str) -> Concept:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > len(languages) + 1:
        raise _unusable(
            file, number, say("it has more columns than the first line"), say("Take out the surplus tabs.")
        )
    mark = cells.pop().lower() if len(cells) > len(languages) else ""
    if mark not in {"", GENERIC}:
        raise _unusable(
            file,
            number,
            say("its last column is neither empty nor 'generic'"),
            say("Separate the words of one language by '|', not by tabs."),
        )
    words = {
        language: tuple(word for part in cell.split("|") if (word := " ".join(part.split())))
        for language, cell in zip(languages, cells, strict=False)
    }
    words = {language: found for language, found in words.items() if found}
    if len(words) < 2:
        raise _unusable(
            file,
            number,
            say("it has words of one language alone"),
            say("Give at least one word in each of two languages, with a tab between."),
        )
    for found in words.values():
        keys = [word_key(word) for word in found]
        if not all(map(_LETTER.search, keys)):
            raise _unusable(file, number, say("it has a word without letters"), say("Take that word out."))
        if len(set(keys)) < len(keys):
            raise _unusable(file, number, say("it has the same word twice"), say("Take one of the two out."))
    return Concept(words, mark == GENERIC)


def _unusable(file: str, number: int, reason: str, hint: str) -> NamingError:
    return NamingError(
        say(
            "Line {number} of the glossary {file} cannot be used: {reason}.",
            number=number,
            file=file,
            reason=reason,
        ),
        hint,
    )
