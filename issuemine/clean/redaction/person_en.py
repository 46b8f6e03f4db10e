"""English names, where the words around say so or a common first name begins them."""

from __future__ import annotations

import re

from issuemine.clean.redaction.names_en import BRANDS, FIRST_NAMES, NOT_NAMES
from issuemine.clean.redaction.rules import Rule

_WORD = r"[A-ZÀ-Þ][a-zà-ÿ'’]{1,20}(?:[-'’]?[A-ZÀ-Þ][a-zà-ÿ'’]{1,20}){0,2}"
_PARTICLE = r"(?:(?:van|von|de|del|da|di|la|le|bin|al|der|den)[ -]){0,2}"
_MORE = rf"(?:[ ](?:[A-Z]\.?[ ])?{_PARTICLE}(?:O['’]|Mc|Mac|D['’])?{_WORD})"
_NAME = rf"(?:[A-Z]\.[ ]?){{0,2}}{_WORD}{_MORE}{{0,2}}"
_PAIR = rf"{_WORD}{_MORE}{{1,2}}"
_HONORIFIC = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?[ ])?"

STATED = re.compile(
    rf"(?:\b(?i:my|full|his|her|maiden|husband's|wife's|legal)[ ](?:\w+[ ])?(?i:name)(?:[ ](?i:is|was)|['’]s|:)|\b(?i:the[ ]name[ ](?:is|of)|under[ ]the[ ]name(?:[ ]of)?|in[ ]the[ ]name[ ]of|call[ ]me|name's))[ ]{_HONORIFIC}(?P<v>{_NAME})"
)
STATED_LOWER = re.compile(
    r"\bmy (?:full )?name(?: is|['’]s) (?P<v>(?P<first>[a-z]{2,14})(?: [a-z]{2,16})?)(?=[,.!\n]| and | i |$)",
    re.IGNORECASE,
)
FIELD = re.compile(
    rf"(?:^|[\n,;|(>*])[ ]?(?i:(?:full|customer|contact|account[ ]holder|card[ ]?holder|first|last|sur|patient|passenger|recipient|guest|sender|beneficiary|payee|billing|caller|client|member|ship[ ]to)?[ -]?(?:name)?(?:[ ]on[ ](?:card|account|file))?|attn|c/o|account[ ]holder|card[ ]?holder|recipient|beneficiary|payee|passenger|caller|patient)[ ]?[:=][ ]?{_HONORIFIC}(?P<v>{_NAME})(?=[ ]*(?:$|[\n,;|()<]|[-–/]))"
)
SPEAKING = re.compile(
    rf"\b(?:[Tt]his is|[Ii]t['’]s|[Ii]t is)[ ]{_HONORIFIC}(?P<v>{_NAME})(?=,?[ ](?:speaking|calling|writing|here|again|from)\b)|\b(?P<w>{_PAIR})(?=[ ](?:speaking|here)\b)"
)
SIGNED = re.compile(
    rf"(?im:^|[.!?][ ])[ ]*(?i:(?:(?:kind|best|warm|warmest|many|with|very|yours?|my)[ ]){{0,2}}(?:regards|wishes|sincerely|truly|faithfully|thanks|cheers|respectfully|cordially|thank[ ]you|best|thx|love|rgds)(?:[ ](?:so[ ]much|again|in[ ]advance|for[ ]your[ ]help|and[ ]regards|yours))?)[ ]?[,.!\-–—]{{0,2}}[ ]*(?:\r?\n[ ]*){{1,3}}[-–—~]?[ ]?{_HONORIFIC}(?P<v>{_NAME})[ ]*(?=\r?\n|$|[,.(<|])"
)
SIGNED_INLINE = re.compile(
    rf"\b(?i:regards|sincerely|faithfully|cheers|thanks|wishes)[ ]?[,\-–—][ ]?{_HONORIFIC}(?P<v>{_NAME})[.]?\s*(?=$|\n)"
)
DASHED = re.compile(rf"\n[ ]?[-–—~]{{1,2}}[ ]?(?P<v>{_NAME})\s*$")
TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Messrs|Sir|Madame)\b\.?[ ](?P<v>{_NAME})")
PAIR = re.compile(rf"(?<![\w@./-])(?P<v>(?P<first>[A-Z][a-z]{{1,11}})(?:-[A-Z][a-z]{{2,10}})?{_MORE}{{1,2}})")
ADDRESSED = re.compile(
    rf"\b(?i:hi|hello|dear|hey|hiya|i['’]m|i am|spoke[ ](?:to|with)|speaking[ ](?:to|with)|talked[ ](?:to|with)|chatted[ ]with|agent|"
    rf"rep(?:resentative)?|named|called|contact|attn:?|c/o|ask(?:[ ]for)?|deliver[ ]to|adviser|advisor|technician|thanks|thank[ ]you|cheers|from|by|with|to)"
    rf",?[ ](?P<v>(?P<first>[A-Z][a-z]{{1,11}}){_MORE}{{0,2}})(?=\W|$)"
)


_CLOSINGS = (
    "regards", "wishes", "sincerely", "truly", "faithfully", "thank", "cheers", "respectfully", "cordially", "best", "thx", "love",
    "rgds",
)  # fmt: skip
_LAST_LINE = re.compile(r"\n[ ]*[-–—~]{0,2}[ ]?[A-ZÀ-Þ]").search
_PLACE = re.compile(
    r"(?:['’]s)?[ ](?:hospital|infirmary|university|college|school|airport|station|street|road|avenue|park|bridge|hotel|"
    r"museum|stadium|clinic|cent(?:er|re)|hall|building|library|church)\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"[A-Z][a-z]{1,11}")


def _has_first_name(text: str) -> bool:
    return not FIRST_NAMES.isdisjoint(map(str.lower, _CAPITALISED.findall(text)))


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[ ]", name) if word]


def _plausible(name: str) -> bool:
    """Say whether no word of a capitalised run is known to be no name."""
    words = [word.lower().strip(".'’") for word in _words(name)]
    return not any(word in NOT_NAMES for word in words) and " ".join(words[:2]) not in BRANDS


def _name(match: re.Match[str]) -> bool:
    value = match.groupdict().get("v") or match.groupdict().get("w") or ""
    return _plausible(value)


def _lower(match: re.Match[str]) -> bool:
    return match["first"].lower() in FIRST_NAMES


def _first(match: re.Match[str]) -> bool:
    return (
        match["first"].lower() in FIRST_NAMES
        and _plausible(match["v"])
        and _PLACE.match(match.string, match.end("v")) is None
    )


RULES = (
    Rule("PERSON", STATED, anchors=("name", "call me"), accept=_name),
    Rule("PERSON", STATED_LOWER, anchors=("my name", "my full name"), accept=_lower),
    Rule(
        "PERSON",
        FIELD,
        anchors=(
            "name",
            "attn",
            "c/o",
            "holder",
            "recipient",
            "payee",
            "beneficiary",
            "passenger",
            "caller",
            "patient",
        ),
        accept=_name,
    ),
    Rule("PERSON", SPEAKING, anchors=("speaking", " here", "this is", "it's", "it’s", "it is"), accept=_name),
    Rule("PERSON", SIGNED, anchors=_CLOSINGS, gate=_LAST_LINE, accept=_name),
    Rule("PERSON", SIGNED_INLINE, anchors=_CLOSINGS, accept=_name),
    Rule("PERSON", DASHED, gate=_LAST_LINE, accept=_name),
    Rule("PERSON", TITLED, gate=re.compile(r"[MDPS][a-z]{1,6}\.? [A-Z]").search, accept=_name),
    Rule("PERSON", PAIR, gate=_has_first_name, accept=_first),
    Rule("PERSON", ADDRESSED, gate=_has_first_name, accept=_first),
)
