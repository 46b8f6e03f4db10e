"""Phone numbers in the ways that people write them and that a number parser does not know."""

from __future__ import annotations

import re

from issuemine.clean.redaction import checks, labels
from issuemine.clean.redaction.labels import labelled
from issuemine.clean.redaction.numbers import counts_something, digits, is_date
from issuemine.clean.redaction.rules import NUMBER, Rule

_SEP = r"[ \t\xa0.\-–—−‐‑－)(/_~·*]{0,3}"
_START = r"(?<!\d)(?<!\d[-.])"
_END = r"(?!\d)(?![-.–]\d)"
_COUNTRY = rf"(?:(?:[+＋]|(?<!\d)00)?82{_SEP}(?:\(0\))?{_SEP}0?|[(]?[0０])"

MOBILE = re.compile(rf"{_START}{_COUNTRY}[1１][016789０１６７８９]{_SEP}\d{{3,4}}{_SEP}\d{{4}}{_END}")
LANDLINE = re.compile(
    rf"{_START}{_COUNTRY}(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d?){_SEP}\d{{3,4}}{_SEP}\d{{4}}{_END}"
)
NORTH_AMERICAN = re.compile(
    rf"{_START}(?:\+?1[-. ]{{1,2}})?(?:\(\d{{3}}\)[ -]?|\d{{3}}[-. ])\d{{3}}[-. ]\d{{4}}"
    rf"(?:\s?(?:x|ext\.?|extension)\s?\d{{1,5}})?{_END}",
    re.IGNORECASE,
)
BRITISH = re.compile(
    rf"{_START}(?:\(?0(?:7\d{{3}}|1\d{{3}})\)?[ -]?\d{{3}}[ -]?\d{{3}}|"
    rf"\(?0(?:1\d1|11\d|2\d)\)?[ -]\d{{3,4}}[ -]\d{{4}}){_END}"
)
INTERNATIONAL = re.compile(rf"(?<![\d+])\+[1-9](?:[ .\-()/]{{0,3}}\d){{7,14}}{_END}")
LABELLED = re.compile(rf"{_START}(?:\(\d{{2,4}}\)|\d)(?:[ .\-()]{{0,2}}\d){{6,13}}{_END}")
_SPOKEN = "공영빵일이둘삼사오육륙칠팔구"
_SPOKEN_START = re.compile(r"[0공영빵oO][ .\-]?[1일][ .\-]?[016-9공영빵일육륙칠팔구oO]")
SPOKEN = re.compile(
    rf"[0공영빵oO]{_SEP}[1일]{_SEP}[016789공영빵일육륙칠팔구oO]에?{_SEP}(?:[0-9{_SPOKEN}oO]\s?){{3,4}}에?{_SEP}"
    rf"(?:[0-9{_SPOKEN}oO]\s?){{3}}[0-9{_SPOKEN}oO](?!\d)"
)


def _free(match: re.Match[str]) -> bool:
    """Say whether a number stands alone and no label calls it evidence."""
    text, (start, end) = match.string, match.span()
    if checks.is_service_number(digits(match[0])):
        return False
    if labelled(labels.PHONE, text, start):
        return True
    known = checks.evidence(text, start) and not checks.unmistakable(match[0])
    return not known and not checks.glued(text, start, end)


def _landline(match: re.Match[str]) -> bool:
    bare = match[0].isdecimal()
    return _free(match) and (not bare or match[0][0] == "0") and not is_date(match[0])


def _north_american(match: re.Match[str]) -> bool:
    if labelled(labels.PHONE, match.string, match.start()):
        return not checks.is_service_number(digits(match[0])[:11])
    loose = match[0].count(" ") >= 2 and "(" not in match[0]
    return _free(match) and not loose


def _british(match: re.Match[str]) -> bool:
    return _free(match) and (not match[0].isdecimal() or match[0].startswith("07"))


def _labelled(match: re.Match[str]) -> bool:
    text, (start, end) = match.string, match.span()
    number = digits(match[0])
    return (
        labelled(labels.PHONE, text, start)
        and not checks.is_service_number(number)
        and not is_date(match[0])
        and not counts_something(text[end : end + 24])
    )


def _spoken(match: re.Match[str]) -> bool:
    return not match[0].replace(" ", "").isascii() or "o" in match[0].lower()


RULES = (
    Rule("PHONE", MOBILE, digits=True, gate=NUMBER, accept=_free),
    Rule("PHONE", LANDLINE, digits=True, gate=NUMBER, accept=_landline),
    Rule("PHONE", NORTH_AMERICAN, digits=True, gate=NUMBER, accept=_north_american),
    Rule("PHONE", BRITISH, digits=True, gate=NUMBER, accept=_british),
    Rule("PHONE", INTERNATIONAL, digits=True, gate=NUMBER, accept=_free),
    Rule("PHONE", LABELLED, digits=True, gate=NUMBER, accept=_labelled),
    Rule("PHONE", SPOKEN, anchors=("공", "영", "빵", "o"), gate=_SPOKEN_START.search, accept=_spoken),
)
