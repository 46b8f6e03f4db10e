"""Versions, error codes, devices and amounts in texts: further attributes of records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

from issuemine.errors import SettingsError
from issuemine.messages import say

RULES = 1
"""Number of the built-in rules; what was found by other rules is found anew."""

_NUMBER = r"^\d{1,3}(,\d{3})*(\.\d+)?$|^\d+(\.\d+)?$"
_CURRENCY = [
    "$",
    "€",
    "£",
    "₩",
    "usd",
    "eur",
    "gbp",
    "krw",
    "dollars",
    "dollar",
    "euro",
    "euros",
    "won",
    "원",
    "달러",
]
_DEVICES = ["iphone", "ipad", "galaxy", "pixel", "macbook", "아이폰", "아이패드", "갤럭시"]
_MODEL = r"(?i)^(\d{1,2}|[a-z]{1,2}\d{1,3}|x[rs]?|pro|max|mini|plus|ultra|fold|flip|note|se)$"
_PATTERNS: dict[str, list[list[dict[str, Any]]]] = {
    "version": [
        [{"TEXT": {"REGEX": r"^[vV]?\d{1,4}(\.\d{1,5}){1,3}$"}}],
        [{"LOWER": {"IN": ["version", "ver", "버전"]}}, {"TEXT": {"REGEX": r"^\d{1,4}(\.\d{1,5}){0,3}$"}}],
    ],
    "error_code": [
        [{"TEXT": {"REGEX": r"^[A-Z]{1,5}[-_]?\d{2,6}$"}}],
        [
            {"LOWER": {"IN": ["error", "code", "err", "오류", "에러", "코드"]}},
            {"TEXT": {"REGEX": r"^#?\d{2,6}$"}},
        ],
    ],
    "device": [[{"LOWER": {"IN": _DEVICES}}, {"TEXT": {"REGEX": _MODEL}, "OP": "{0,3}"}]],
    "amount": [
        [{"LOWER": {"IN": _CURRENCY}}, {"TEXT": {"REGEX": _NUMBER}}],
        [{"TEXT": {"REGEX": _NUMBER}}, {"LOWER": {"IN": _CURRENCY}}],
    ],
}
_LEADS = re.compile(r"^(version|ver|버전|error|code|err|오류|에러|코드)\s+#?", re.IGNORECASE)
_SPLIT = re.compile(r"(?<=[\d])(?=[가-힣])|(?<=[$€£₩])(?=\d)|(?<=\d)(?=[$€£₩])|(?<=원)(?=[은이을의에])")


def entities(texts: Iterable[str], patterns: dict[str, str]) -> Iterator[dict[str, str]]:
    """The first entity of each kind in each text, normalised.

    Parameters
    ----------
    texts : iterable of str
        Redacted texts.
    patterns : dict of str to str
        Further kinds: name to regular expression; the whole match is the value.

    Yields
    ------
    dict of str to str
        Kind to value: a version without its ``v``, a code in capitals, a device as it is written.

    Raises
    ------
    SettingsError
        If a pattern is no regular expression.
    """
    own = {name: _compiled(name, pattern) for name, pattern in patterns.items()}
    language, matcher = _matcher()
    for text in texts:
        doc = language.make_doc(_SPLIT.sub(" ", text))
        found = dict(_longest(doc, matcher))
        for name, pattern in own.items():
            if (match := pattern.search(text)) is not None:
                found[name] = match.group()
        yield found


def _longest(doc: Doc, matcher: Matcher) -> Iterator[tuple[str, str]]:
    """The first match of each kind, the longest of those that begin there; none inside of another kind's."""
    taken: set[int] = set()
    seen: set[str] = set()
    matches = [(doc.vocab.strings[key], start, end) for key, start, end in matcher(doc)]
    order = {kind: place for place, kind in enumerate(("device", "amount", "error_code", "version"))}
    for kind, start, end in sorted(
        matches, key=lambda match: (match[1], match[1] - match[2], order[match[0]])
    ):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            if kind not in seen:
                seen.add(kind)
                yield kind, _normal(kind, doc[start:end].text)


def _normal(kind: str, text: str) -> str:
    text = " ".join(_LEADS.sub("", text).split())
    if kind == "version":
        return text.lstrip("vV")
    if kind == "amount":
        return re.sub(r"(?<=[$€£₩]) | (?=[$€£₩원])", "", text)
    return text.upper() if kind == "error_code" else text


@cache
def _matcher() -> tuple[Language, Matcher]:
    language = spacy.blank("xx")
    matcher = Matcher(language.vocab)
    for kind, alternatives in _PATTERNS.items():
        matcher.add(kind, alternatives)
    return language, matcher


def _compiled(name: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise SettingsError(
            say("causes.entity_patterns.{name} is no regular expression.", name=name),
            say("Mend it, or take it out."),
        ) from error
