"""Web addresses that carry a token, a password or a person are redacted whole; plain ones are evidence.

The whole address goes, not only its query: tokens sit in paths as well, and half an address helps nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from issuemine.clean.redaction.rules import Gate
from issuemine.clean.redaction.spans import Span
from issuemine.clean.redaction.tokens import UUID, is_random

_CHAR = r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~\\|]"
_TAIL = rf"(?:{_CHAR}|(?<==)[가-힣]{{1,20}})"
URL = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:[a-z][a-z0-9+.-]{{1,15}}://|www\.){_TAIL}{{3,4000}})|"
    rf"(?<![\w@/.-])(?:(?:[a-z0-9-]{{1,63}}\.){{1,5}}[a-z]{{2,10}}(?:/[\w./%-]{{0,300}})?[?#]{_TAIL}{{3,4000}})",
    re.IGNORECASE,
)
_PRIVATE_NAME = re.compile(
    r"(?:^|[?&#;/])[a-z_.\[\]-]*(?:token|key|secret|sig|signature|auth|code|session|sid|jwt|otp|pass(?:word|wd)?|pwd|"
    r"e-?mail|phone|mobile|tel|name|user|uid|account|acct|invite|reset|verify|confirm|magic|ticket|credential|"
    r"assertion|state|nonce|hash|access|ssn|birth|address)[a-z_.\[\]0-9-]*=[^&\s]+",
    re.IGNORECASE,
)
_PERSONAL_VALUE = re.compile(r"@|%40|=(?:\+|%2B)?\d{8,15}(?=&|$)", re.IGNORECASE)


def is_private(url: str) -> bool:
    """Say whether an address holds a credential or a person: in userinfo, query, fragment or path."""
    rest = url.split("://", 1)[-1]
    if "@" in re.split(r"[/?]", rest, maxsplit=1)[0]:
        return True
    tail = re.split(r"[/?#]", rest, maxsplit=1)[-1]
    query = "".join(re.findall(r"[?#].*", rest, re.DOTALL))
    return (
        _PRIVATE_NAME.search(query) is not None
        or _PERSONAL_VALUE.search(query) is not None
        or UUID.search(tail) is not None
        or is_random(tail)
    )


def trimmed(url: str) -> str:
    """Take off the punctuation that ends a sentence or closes a bracket opened before the address."""
    while url and (
        url[-1] in ".,;:!?'|*" or (url[-1] == ")" and url.count("(") < url.count(")")) or url[-1] == "]"
    ):
        url = url[:-1]
    return url


@dataclass(frozen=True, slots=True)
class UrlRecognizer:
    """Finds addresses that are private."""

    kind: str = "URL"
    anchors: tuple[str, ...] = ("://", "www.", "=")
    digits: bool = False
    gate: Gate | None = None

    def find(self, text: str) -> Iterator[Span]:
        """Yield the spans of private addresses."""
        for match in URL.finditer(text):
            url = trimmed(match[0])
            if is_private(url):
                yield Span(match.start(), match.start() + len(url), self.kind)


RULES = (UrlRecognizer(),)
