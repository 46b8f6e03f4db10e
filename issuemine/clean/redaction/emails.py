"""E-mail addresses written to hide from machines: "name (at) example (dot) com", "name골뱅이naver.com"."""

from __future__ import annotations

import re

from issuemine.clean.redaction.rules import Rule

_AT = r"(?:\s?[\[({]\s?(?:at|@|골뱅이)\s?[\])}]\s?|\s?골뱅이\s?|\s?@\s)"
_DOT = r"(?:\.|\s?[\[({]\s?(?:dot|\.|점)\s?[\])}]\s?|\s(?:dot|닷|점)\s)"

HIDDEN = re.compile(
    rf"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{{1,63}}{_AT}(?:[A-Za-z0-9-]{{1,40}}{_DOT}){{1,3}}[A-Za-z]{{2,10}}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
SPOKEN = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._-]{1,40}(?:\sdot\s[A-Za-z0-9]{1,40})?\sat\s(?:[A-Za-z0-9-]{1,40}\s?(?:\sdot\s)){1,3}(?:com|net|org|io|kr|co|uk|edu)\b",
    re.IGNORECASE,
)

RULES = (
    Rule("EMAIL", HIDDEN, anchors=("at)", "at]", "@", "골뱅이", "at }")),
    Rule("EMAIL", SPOKEN, anchors=(" dot ",)),
)
