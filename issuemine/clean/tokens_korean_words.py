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

SHORT = _WORDS["short"]
"""Nouns of one syllable that may be part of a noun that is in no dictionary."""

AFTER = _WORDS["after"]
"""Nouns of time that are often glued to the noun before them."""

SUPPORT = _WORDS["support"]
"""Words of support texts that Kiwi's dictionary lacks."""

REPEATING = _WORDS["repeating"]
"""Verbs that make a verb of a word that imitates a sound or a movement: 버벅거리다."""

PREFIXES = _WORDS["prefixes"]
"""Determiners of one syllable that make one word with the noun that follows without a space."""

LESSER = _WORDS["lesser"]
"""Words of anger, reproach and doubt, which say little of what a text is about."""
