"""English-language street addresses, from the house number to the postcode."""

from __future__ import annotations

import re

from issuemine.clean.redaction.labels import label, labelled
from issuemine.clean.redaction.rules import Rule

_SURE = "street|avenue|boulevard|parkway|crescent|terrace|lane|road"
_OTHER = (
    "St|Ave|Av|Blvd|Rd|Ln|Dr|Drive|Ct|Court|Pl|Place|Sq|Square|Way|Close|Cres|Pkwy|Hwy|Highway|Circle|Cir|Trail|Trl|"
    "Gardens|Grove|Hill|Mews|Row|Walk|Alley|Loop|Quay|Wharf|Park|Ter|Pike|Green|Rise|View|Broadway|Turnpike"
)
_SURE_ANY = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}|{word.upper()}" for word in _SURE.split("|"))
_STOP = (
    r"(?!(?i:of|on|the|in|at|per|a|an|and|or|to|for|from|with|hours?|minutes?|mins?|days?|weeks?|months?|years?|times?|"
    r"miles?|km|yards?|people|cars?|users?|stars?|way|one|two|more|different|other|my|your|our|this|that|is|was|down|"
    r"feet|metres|meters|percent|blocks?|am|pm|GB|MB|lane|wheel|away)\b)"
)
_HOUSE = r"(?<![\w.,$£€#-])\d{1,5}(?:[A-Za-z]|-\d{1,5})?"
_COMPASS = r"(?:(?:[NSEW]{1,2}\.?|North|South|East|West|Northeast|Northwest|Southeast|Southwest)\s)?"
_CAPITAL = r"(?:[A-Z][A-Za-z'’.-]{0,20}|\d{1,3}(?:st|nd|rd|th))"
_ROOM = r"(?i:apt|apartment|suite|ste|unit|flat|room|rm|floor|fl)"
_UNIT = (
    rf"(?:,?\s{{1,2}}(?:{_ROOM}\b\.?\s?#?\s?[A-Za-z]?\d{{0,5}}[A-Za-z]?|#\s?\d{{1,5}}[A-Za-z]?|"
    r"\d{1,2}(?:st|nd|rd|th)\s[Ff]loor))?"
)
_STATE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|"
    r"W[AIVY])"
)
_STATE_NAME = (
    r"(?:California|Texas|Florida|New York|Illinois|Washington|Oregon|Ohio|Georgia|Massachusetts|Virginia|"
    r"Colorado|Arizona|Michigan|Pennsylvania)"
)
_UK_POSTCODE = r"(?:GIR 0AA|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})"
_CITY = r"(?:,?\s{1,2}[A-Z][a-zA-Z.'’-]{1,20}(?:\s[A-Z][a-zA-Z.'’-]{1,20}){0,2})"
_TAIL = (
    rf"(?:{_CITY}?(?:,\s?|\s)(?:{_STATE}|{_STATE_NAME})(?:,?\s\d{{5}}(?:-\d{{4}})?)?(?![\w-])|"
    rf"{_CITY}{{0,2}},?\s{_UK_POSTCODE}(?!\w)|{_CITY}?,?\s\d{{5}}(?:-\d{{4}})?(?!\w)|,\s?[A-Z][a-z]{{2,20}}(?:\s[A-Z][a-z]{{2,20}})?(?![\w])){{0,2}}"
)

CAPITALISED = re.compile(
    rf"(?:(?:[Ff]lat|[Aa]pt\.?|[Uu]nit|[Ss]uite|[Rr]oom)\s#?\w{{1,5}},?\s)?{_HOUSE}\s{_COMPASS}(?:{_STOP}{_CAPITAL}\s){{1,3}}?"
    rf"(?:(?:{_SURE_ANY}|{_OTHER})\b(?:(?<=St|Av|Rd|Ln|Dr|Ct|Pl|Sq)\.|(?<=Ave|Cir|Trl|Ter|Hwy)\.|(?<=Blvd|Pkwy)\.)?)(?:\s(?:[NSEW]{{1,2}}|North|South|East|West)\b)?{_UNIT}{_TAIL}"
)
LOWER = re.compile(
    rf"{_HOUSE}\s(?:[nsew]\.?\s)?(?:{_STOP}[a-z][a-z'’-]{{1,20}}\s){{1,2}}?(?:street|avenue|boulevard|lane|road|st|ave|blvd|rd)\b"
    rf"(?!\s(?:is|was|trip|test|signs?|map|view|works?))(?:,?\s(?:apt|unit|flat|suite|#)\.?\s?#?\w{{1,5}}\b)?(?:(?:,\s?[a-z]{{3,20}})?,?\s[a-z]{{2}}\s\d{{5}}\b)?",
)
PO_BOX = re.compile(rf"\b(?i:P\.?\s?O\.?\s?Box)\s\d{{1,6}}\b{_TAIL}")
ZIP = re.compile(
    r"\b(?:zip|postal)(?:\s?code)?(?:\s(?:is|was)|\s?[:=])?\s(?P<v>\d{5}(?:-\d{4})?)(?![\d-])", re.IGNORECASE
)
CITY_ZIP = re.compile(
    rf"(?<![\w])[A-Z][a-z]{{2,20}}(?:\s[A-Z][a-z]{{2,20}})?,\s{_STATE}\s\d{{5}}(?:-\d{{4}})?(?!\w)"
)
UK = re.compile(rf"(?<!\w)(?P<v>{_UK_POSTCODE})(?!\w)", re.IGNORECASE)

_NEAR = label(
    r"\b(?:post\s?code|postal\s?code|address|live|living|deliver(?:ed|y)?|postcode|based|located|located\sin|area)\b(?:\s(?:in|to|near|area))?"
)


def _lower(match: re.Match[str]) -> bool:
    return not re.match(r"\d+\s(?:way|lane)\b", match[0])


def _uk(match: re.Match[str]) -> bool:
    return labelled(_NEAR, match.string, match.start("v"))


_ONE_WORD = r"(?:[A-Z][a-z]{2,12}(?:way|gate|side|wood|field|hurst)|Broadway)"
ONE_WORD = re.compile(rf"\b(?i:at|to|live|address)\b:?[ ](?P<v>{_HOUSE}\s{_ONE_WORD}\b{_UNIT}{_TAIL})")

RULES = (
    Rule(
        "ADDRESS",
        CAPITALISED,
        digits=True,
        gate=re.compile(r"\d[A-Za-z]?\s[A-Z0-9]").search,
    ),
    Rule("ADDRESS", LOWER, digits=True, gate=re.compile(r"\d[A-Za-z]?\s[a-z0-9]").search, accept=_lower),
    Rule("ADDRESS", ONE_WORD, digits=True, gate=re.compile(r"\d[A-Za-z]?\s[A-Z0-9]").search),
    Rule("ADDRESS", PO_BOX, anchors=("box",), digits=True),
    Rule("ADDRESS", ZIP, anchors=("zip", "postal"), digits=True),
    Rule("ADDRESS", CITY_ZIP, digits=True, gate=re.compile(r"[A-Z]{2}\s\d{5}").search),
    Rule("ADDRESS", UK, digits=True, gate=re.compile(r"(?i)[a-z]\d[a-z\d]?\s?\d[a-z]{2}").search, accept=_uk),
)
