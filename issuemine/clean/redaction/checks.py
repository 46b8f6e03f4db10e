"""Whether a number that looks like personal data is some, judged by its form and the words before it."""

from __future__ import annotations

import re

import phonenumbers

from issuemine.clean.redaction import labels
from issuemine.clean.redaction.labels import labelled
from issuemine.clean.redaction.numbers import counts_something, digits, is_birth, is_date

_VERSION = re.compile(
    r"(?:\b(?:versions?|ver|v|build|release|rev|firmware|fw|update[ds]?|upgrade[ds]?|ios|android|windows|"
    r"macos|chrome|driver|app|software|sdk|patch|teams|client)|버전|빌드|업데이트|패치|펌웨어|릴리스|버젼)"
    r"(?:[\s:.(]|은|는|이|가|으로|로|에서|is|was|to|number|no)*$",
    re.IGNORECASE,
)
_IP_WORD = re.compile(
    r"\b(?:ip|ipv4|ipv6|address|host|server|gateway|dns|ping|proxy|login|logged|subnet|router|vpn)\b|"
    r"아이피|서버|접속|주소|게이트웨이|공유기|라우터",
    re.IGNORECASE,
)
_PUBLIC = {
    phonenumbers.PhoneNumberType.TOLL_FREE,
    phonenumbers.PhoneNumberType.PREMIUM_RATE,
    phonenumbers.PhoneNumberType.SHARED_COST,
    phonenumbers.PhoneNumberType.UAN,
    phonenumbers.PhoneNumberType.VOICEMAIL,
}
_SERVICE = re.compile(r"1[568]\d{6}|080\d{7,8}|1?8(?:00|33|44|55|66|77|88)\d{7}|08(?:00|08)\d{6,7}|03\d{9}")
_UNMISTAKABLE = re.compile(r"01[016789]([-. ])\d{3,4}\1\d{4}|[+＋]\d{1,3}[-. ()]\S.*", re.DOTALL)


def is_service_number(number: str) -> bool:
    """Say whether digits are a company's public number: 15xx/16xx/18xx-xxxx, toll-free.

    Such a number identifies no customer and is evidence ("1588-1234 로 걸면 끊깁니다"), so it stays.
    """
    return _SERVICE.fullmatch(number) is not None


def evidence(text: str, start: int) -> bool:
    """Say whether the words before a number call it an order, a parcel, a product or the like."""
    return labelled(labels.EVIDENCE, text, start)


def unmistakable(found: str) -> bool:
    """Say whether a number can hardly be anything but a phone's, whatever the words before it call it.

    Nobody writes an order as 010-1234-5678, nor an error with a plus before it.
    """
    return _UNMISTAKABLE.fullmatch(found) is not None


def glued(text: str, start: int, end: int) -> bool:
    """Say whether a number is part of a longer code (A-2123-010-1234-5678, 5678x)."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    return bool(re.search(r"[A-Za-z0-9][-_./]?$", before)) or bool(re.match(r"[A-Za-z_]|[-./]\d", after))


def phone(text: str, start: int, end: int, score: float) -> bool:
    """Phone numbers that phonenumbers holds valid: not service numbers, dates, amounts, order numbers."""
    found = text[start:end]
    number = digits(found)
    if is_service_number(number) or is_date(found) or counts_something(text[end : end + 24]):
        return False
    if labelled(labels.PHONE, text, start):
        return True
    if glued(text, start, end) or (evidence(text, start) and not unmistakable(found)):
        return False
    if found.startswith(("+", "＋")):
        return True
    if number.startswith("01"):
        return len(number) in (10, 11)
    if len(re.findall(r"\d+", found)) < 2:
        return number.startswith("0")
    if not number.startswith("0") and not re.fullmatch(r"\(?\d{3}\)?[-. ]{0,2}\d{3}[-. ]\d{4}", found):
        return number.startswith("1") and len(number) == 11
    return not _is_public(found)


def _is_public(found: str) -> bool:
    """Say whether a British number is toll-free, shared-cost or the like."""
    try:
        parsed = phonenumbers.parse(found, "GB")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed) and phonenumbers.number_type(parsed) in _PUBLIC


def card(text: str, start: int, end: int, score: float) -> bool:
    """Card numbers whose Luhn digit holds; a bare run without a label needs a common prefix."""
    if labelled(labels.CARD, text, start):
        return True
    if evidence(text, start) or labelled(labels.PHONE, text, start):
        return False
    return text[start] in "3456"


def rrn(text: str, start: int, end: int, score: float) -> bool:
    """Resident registration numbers: a date, then a checksum, a hyphen or a label."""
    return _registration(text, start, end, score, labels.RRN)


def frn(text: str, start: int, end: int, score: float) -> bool:
    """Foreigner registration numbers: a date, then a checksum, a hyphen or a label."""
    return _registration(text, start, end, score, labels.FRN)


def _registration(text: str, start: int, end: int, score: float, label: re.Pattern[str]) -> bool:
    number = digits(text[start:end])
    if labelled(label, text, start):
        return True
    if not is_birth(number[:6], number[6]) or evidence(text, start):
        return False
    hyphen = any(mark in text[start:end] for mark in "-–—")
    # Numbers issued since October 2020 have no check digit, so a hyphen after a birthday is enough.
    return hyphen or score == 1.0


def licence(text: str, start: int, end: int, score: float) -> bool:
    """Korean driving licences: hyphens, or twelve digits after a label."""
    if labelled(labels.LICENCE, text, start):
        return True
    return text[start:end].count("-") == 3 and not evidence(text, start)


def ipv4(text: str, start: int, end: int, score: float) -> bool:
    """Addresses, not versions: an IP word nearby, or an octet above 99 or a private net."""
    left = text[max(0, start - 32) : start]
    if re.search(r"(?i)\bips?\b[^\n]{0,16}$|아이피[^\n]{0,10}$", left):
        return True
    if _VERSION.search(left):
        return False
    if _IP_WORD.search(left):
        return True
    if re.match(r"\s?(?:서버|server\b|host\b)|:\d{2,5}\b", text[end : end + 24]):
        return True
    octets = [int(octet) for octet in text[start:end].split("/")[0].split(".")]
    return (max(octets) > 99 and octets[0] > 0) or octets[:2] == [10, 0]


def ipv6(text: str, start: int, end: int, score: float) -> bool:
    """Addresses, not ``std::vector``, times or MAC addresses."""
    found = text[start:end]
    return (found.count(":") >= 3 and len(digits(found)) > 0) or labelled(labels.IP, text, start)
