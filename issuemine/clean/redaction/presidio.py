r"""presidio-analyzer's recognisers as rules of ours, with patterns that also work inside Korean.

Its own patterns lean on ``\b``, which finds no boundary between Hangul and digits ("카드번호4111…로"), so
each recogniser is given patterns with explicit borders; validation (Luhn, checksums, public suffixes)
stays presidio's. Importing presidio takes seconds, so only this module does, and only the redactor's
constructor imports it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import tldextract
from presidio_analyzer import Pattern
from presidio_analyzer.predefined_recognizers import (
    CreditCardRecognizer,
    EmailRecognizer,
    IbanRecognizer,
    IpRecognizer,
    KrDriverLicenseRecognizer,
    KrFrnRecognizer,
    KrRrnRecognizer,
    PhoneRecognizer,
    UkNinoRecognizer,
)

from issuemine.clean.redaction import checks
from issuemine.clean.redaction.rules import NUMBER, Gate, Recognizer
from issuemine.clean.redaction.spans import Span

_SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
"""Public suffixes from the list inside the package: nothing is fetched, nothing is cached on disk."""

_GROUP = "[- .\xa0–]?"
_WITH_DIGIT = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{0,6}\d[A-Za-z0-9]*")

EMAIL = (
    r"[A-Za-z0-9À-ɏ._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,18}"
    r"(?![A-Za-z0-9-])"
)
CARD = (
    rf"(?<!\d)(?<!\d[-.])(?:(?:4\d|5[0-8]|2[2-7]|6[02-9]|35|9\d)\d\d(?:{_GROUP}\d{{4}}){{3}}(?:\d{{3}})?"
    rf"|3[47]\d\d{_GROUP}\d{{6}}{_GROUP}\d{{5}}|3(?:0[0-5]|[68]\d)\d{_GROUP}\d{{6}}{_GROUP}\d{{4}})(?!\d)(?!-\d)"
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
IPV4 = rf"(?<![\d.])(?<![A-Za-z]){_OCTET}(?:\.{_OCTET}){{3}}(?:/(?:3[0-2]|[12]?\d))?(?!\d)(?!\.\d)"
IPV6 = (
    r"(?<![\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?"
    r"(?:/\d{1,3})?(?![\w:])"
)
REGISTRATION = r"(?<![\dA-Za-z])(?<!\d-)\d{{6}}(?:\s?[-–—]\s?|\s)?[{}]\d{{6}}(?!\d)(?!-\d)"
LICENCE = r"(?<![\dA-Za-z])(?<!\d-)\d{2}[- ]?\d{2}[- ]?\d{6}[- ]?\d{2}(?!\d)(?!-\d)"


def _upper(match: re.Match[str]) -> str:
    return match[0].upper()


class _Email(EmailRecognizer):  # type: ignore[misc]
    """presidio's, but with the bundled list of public suffixes."""

    def validate_result(self, pattern_text: str) -> bool:
        return bool(_SUFFIXES(pattern_text.rpartition("@")[2]).fqdn)


class _Iban(IbanRecognizer):  # type: ignore[misc]
    """presidio's, but blind to the case of letters in words with digits."""

    def analyze(self, text: str, *args: Any, **kwargs: Any) -> list[Any]:
        results: list[Any] = super().analyze(_WITH_DIGIT.sub(_upper, text), *args, **kwargs)
        return results


def _always(text: str, start: int, end: int, score: float) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class PresidioRule:
    """One of presidio's recognisers behind a gate, with a look at the surrounding words.

    ``accept`` is given the text, the span and presidio's score (1.0: a checksum held).
    """

    kind: str
    recognizer: Any
    anchors: tuple[str, ...] = ()
    digits: bool = False
    gate: Gate | None = None
    accept: Callable[[str, int, int, float], bool] = _always

    def find(self, text: str) -> Iterator[Span]:
        """Yield the spans that presidio finds and that ``accept`` confirms."""
        for result in self.recognizer.analyze(text, self.recognizer.supported_entities, None):
            start, end = result.start, result.end
            if text[start] == "(" and ")" not in text[start:end]:
                start += 1
            if self.accept(text, start, end, result.score):
                yield Span(start, end, self.kind)


def _with(recognizer: Any, pattern: str, **options: Any) -> Any:
    return recognizer(patterns=[Pattern(recognizer.__name__, pattern, 0.5)], **options)


def presidio_rules() -> tuple[Recognizer, ...]:
    """Build the rules that rest on presidio's recognisers."""
    dashes = [(mark, "") for mark in "- .\xa0–—"]
    dotted = re.compile(r"\d\.\d{1,3}\.\d{1,3}\.\d|:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]{0,4}:|::").search
    return (
        PresidioRule("EMAIL", _with(_Email, EMAIL), ("@",)),
        PresidioRule(
            "CARD",
            _with(CreditCardRecognizer, CARD, replacement_pairs=dashes),
            digits=True,
            gate=NUMBER,
            accept=checks.card,
        ),
        PresidioRule("IBAN", _Iban(replacement_pairs=dashes), digits=True, gate=NUMBER),
        PresidioRule("IP", _with(IpRecognizer, IPV4), digits=True, gate=dotted, accept=checks.ipv4),
        PresidioRule("IP", _with(IpRecognizer, IPV6), digits=True, gate=dotted, accept=checks.ipv6),
        PresidioRule(
            "KR_RRN",
            _with(KrRrnRecognizer, REGISTRATION.format("1-4"), replacement_pairs=dashes),
            digits=True,
            gate=NUMBER,
            accept=checks.rrn,
        ),
        PresidioRule(
            "KR_FRN",
            _with(KrFrnRecognizer, REGISTRATION.format("5-8"), replacement_pairs=dashes),
            digits=True,
            gate=NUMBER,
            accept=checks.frn,
        ),
        PresidioRule(
            "DRIVER_LICENCE",
            _with(KrDriverLicenseRecognizer, LICENCE),
            digits=True,
            gate=NUMBER,
            accept=checks.licence,
        ),
        PresidioRule(
            "NATIONAL_ID",
            UkNinoRecognizer(),
            digits=True,
            gate=re.compile(r"(?i)[a-z]{2}\s?\d\d\s?\d\d").search,
        ),
    )


def phone_matcher() -> PresidioRule:
    """Build the rule on presidio's PhoneRecognizer, which costs milliseconds for each number in a text.

    The redactor asks it last, about what the others have left. Korean and "+" numbers are theirs, so that
    it needs to know British and North American ones only.
    """
    recognizer = PhoneRecognizer(supported_regions=("GB", "US"), leniency=1)
    return PresidioRule("PHONE", recognizer, digits=True, gate=NUMBER, accept=checks.phone)
