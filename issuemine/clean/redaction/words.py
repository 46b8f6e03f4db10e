"""The word lists of ``words.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path

_LISTS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def words(language: str, name: str) -> tuple[str, ...]:
    """Give a list of words, in the order of the file.

    Parameters
    ----------
    language : str
        ISO 639-1 code, a table of the file.
    name : str
        A key of that table.
    """
    text: str = _LISTS[language][name]
    return tuple(word.strip() for word in text.split("," if "," in text else None))


def alternatives(language: str, name: str) -> str:
    """Join a list to alternatives of a regular expression, longer words first."""
    return "|".join(sorted(words(language, name), key=lambda word: (-len(word), word)))
