"""Korean words that the grouping of morphemes treats in their own way, read from ``korean_words.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_WORDS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(
        files("issuemine.clean").joinpath("korean_words.toml").read_text(encoding="utf-8")
    ).items()
}

LIGHT = _WORDS["light"]
"""Predicates that say little unless they are negated."""

ADVERBS = _WORDS["adverbs"]
"""Adverbs that say little of what a text is about."""

LITTLE = _WORDS["little"]
"""Nouns of time, place and degree that join no compound and are no content by themselves."""

HEADS = _WORDS["heads"]
"""Nouns of what happens: last in a compound, they stand for themselves (로그인오류 is 로그인 오류)."""
