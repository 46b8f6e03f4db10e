"""Official numbers: business registration, passports, driving licences, masked registration numbers."""

from __future__ import annotations

import re

from issuemine.clean.redaction import checks, labels
from issuemine.clean.redaction.labels import labelled
from issuemine.clean.redaction.numbers import is_birth
from issuemine.clean.redaction.rules import NUMBER, Rule

_REGIONS = "서울|부산|대구|인천|광주|대전|울산|경기|강원|충북|충남|전북|전남|경북|경남|제주"

BRN = re.compile(r"(?<![\dA-Za-z])(?<!\d-)(?:\d{3}\s?[-–]\s?\d{2}\s?[-–]\s?\d{5}|\d{10})(?!\d)(?!-\d)")
MASKED_RRN = re.compile(
    r"(?<![\dA-Za-z])(?P<day>\d{6})\s?[-–]?\s?(?P<century>[1-8])(?P<mask>[*xX●○•#]{6}|\d[*xX●○•#]{5})?(?![\d*])"
)
PASSPORT_KR = re.compile(r"(?<![A-Za-z0-9])[MSRODG]\d{3}[A-Z0-9]\d{4}(?![A-Za-z0-9])(?!-\d)", re.IGNORECASE)
PASSPORT = re.compile(
    r"(?<![A-Za-z0-9-])(?=[A-Za-z0-9]*\d[A-Za-z]?\d[A-Za-z0-9]*\d)[A-Za-z]{0,2}\d[A-Za-z0-9]{5,8}(?![A-Za-z0-9-])"
)
LICENCE_REGION = re.compile(rf"(?:{_REGIONS})\s?\d{{2}}\s?-\s?\d{{6}}\s?-\s?\d{{2}}(?!\d)")
LICENCE_UK = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2,5}9{0,3}\d{6}[A-Z9]{2}\d[A-Z]{2}(?![A-Za-z0-9])")
LICENCE_EN = re.compile(
    r"(?<![A-Za-z0-9-])(?=[A-Za-z-]{0,3}\d)[A-Za-z]{0,2}\d(?:[- ]?\d|-?[A-Za-z](?=[-\dA-Z\s]|$)){5,15}"
    r"(?![A-Za-z0-9])(?!-\d)"
)
_DRIVER = labels.label(r"\bdriv(?:er'?s?|er’s|ing)\s?licen[cs]e\b|\bdl\b")

SSN = re.compile(r"(?<![\w-])\d{3}(?P<mark>[- ])\d{2}(?P=mark)\d{4}(?![\w-])")


def _brn(match: re.Match[str]) -> bool:
    text, start = match.string, match.start()
    # The check digit is not asked for: typed numbers are wrong, and as personal, often enough.
    return labelled(labels.BRN, text, start) or not (match[0].isdecimal() or checks.evidence(text, start))


def _masked(match: re.Match[str]) -> bool:
    """A citizen's number, of which figures are hidden or missing."""
    if match["century"] > "4":
        return False
    if match["mask"]:
        return is_birth(match["day"], match["century"])
    return labelled(labels.RRN, match.string, match.start()) and is_birth(match["day"], match["century"])


def _masked_foreigner(match: re.Match[str]) -> bool:
    if match["century"] < "5" or not is_birth(match["day"], match["century"]):
        return False
    return match["mask"] is not None or labelled(labels.FRN, match.string, match.start())


def _passport_kr(match: re.Match[str]) -> bool:
    text, start = match.string, match.start()
    if labelled(labels.PASSPORT, text, start):
        return True
    return (
        match[0][0] == "M" and not checks.evidence(text, start) and not checks.glued(text, start, match.end())
    )


def _passport(match: re.Match[str]) -> bool:
    return labelled(labels.PASSPORT, match.string, match.start())


def _ssn(match: re.Match[str]) -> bool:
    # Unlike presidio's, this knows no numbers of samples: 123-45-6789 is what people type.
    if labelled(labels.SSN, match.string, match.start()):
        return True
    return match["mark"] == "-" and not checks.evidence(match.string, match.start())


def _licence(match: re.Match[str]) -> bool:
    return labelled(_DRIVER, match.string, match.start())


RULES = (
    Rule("KR_BRN", BRN, digits=True, gate=NUMBER, accept=_brn),
    Rule("KR_RRN", MASKED_RRN, digits=True, gate=re.compile(r"\d{6}").search, accept=_masked),
    Rule(
        "KR_FRN",
        MASKED_RRN,
        digits=True,
        gate=re.compile(r"\d{6}").search,
        accept=_masked_foreigner,
    ),
    Rule(
        "PASSPORT",
        PASSPORT_KR,
        digits=True,
        gate=re.compile(r"(?i)[MSRODG]\d{3}[a-z0-9]\d{4}").search,
        accept=_passport_kr,
    ),
    Rule("PASSPORT", PASSPORT, anchors=("passport", "여권"), digits=True, accept=_passport),
    Rule("NATIONAL_ID", SSN, digits=True, gate=NUMBER, accept=_ssn),
    Rule("DRIVER_LICENCE", LICENCE_REGION, digits=True, gate=NUMBER),
    Rule("DRIVER_LICENCE", LICENCE_UK, digits=True, gate=NUMBER),
    Rule("DRIVER_LICENCE", LICENCE_EN, anchors=("licen", "dl"), digits=True, accept=_licence),
)
