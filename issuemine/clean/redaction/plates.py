"""Vehicle plates: Korean by their form, others by the word before them."""

from __future__ import annotations

import re

from issuemine.clean.redaction import labels
from issuemine.clean.redaction.labels import labelled
from issuemine.clean.redaction.numbers import counts_something
from issuemine.clean.redaction.rules import Rule

_USE = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주하허호바사아자배"
_AMBIGUOUS = "로도호주자조수오부구고"
"""Uses that are also particles or counters: "301호 2021", "30로 1000"."""
_REGIONS = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"

KOREAN = re.compile(
    rf"(?:(?:{_REGIONS})\s?)?(?<![\d.,-])(?P<number>\d{{2,3}})(?P<use>[{_USE}])(?P<gap>\s?)\d{{4}}(?![\d,]|[-.]\d)"
)
LABELLED = re.compile(
    r"(?<![A-Za-z0-9])(?P<v>(?=[A-Z \-]{0,4}\d|\d)[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{2,4}){1,2})(?![A-Za-z0-9])"
)
_WORD = labels.label(
    r"\b(?:(?:licen[cs]e|number|registration|car|reg)\s?plates?|plates?|car\s?reg(?:istration)?|vehicle\s?reg(?:istration)?|registration|reg)\b"
)


def _korean(match: re.Match[str]) -> bool:
    text, (start, end) = match.string, match.span()
    if labelled(labels.PLATE, text, start):
        return True
    if counts_something(text[end : end + 24]):
        return False
    return not (match["gap"] or match["use"] in _AMBIGUOUS) or (
        match["use"] not in _AMBIGUOUS and bool(match["gap"])
    )


def _labelled(match: re.Match[str]) -> bool:
    value = match["v"].replace(" ", "").replace("-", "")
    mixed = any(char.isdigit() for char in value) and any(char.isalpha() for char in value)
    return mixed and 5 <= len(value) <= 8 and labelled(_WORD, match.string, match.start())


RULES = (
    Rule("PLATE", KOREAN, digits=True, gate=re.compile(r"\d[가-힣]\s?\d{4}").search, accept=_korean),
    Rule("PLATE", LABELLED, anchors=("plate", "reg"), digits=True, accept=_labelled),
)
