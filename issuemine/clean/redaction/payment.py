"""Cards and bank accounts that have no check digit to tell, only a word beside them."""

from __future__ import annotations

import re

from issuemine.clean.redaction import checks, labels
from issuemine.clean.redaction.labels import label, labelled
from issuemine.clean.redaction.numbers import counts_something, digits, is_date
from issuemine.clean.redaction.rules import NUMBER, Rule

BANKS = (
    r"(?:KB\s?국민|국민|신한|우리|하나|KEB하나|기업|IBK\s?기업|IBK|NH\s?농협|농협|지역농협|단위농협|수협|SC\s?제일|제일|씨티|한국씨티|산업|KDB|"
    r"대구|iM|부산|경남|광주|전북|제주|대구|BNK부산|외환|새마을|저축|카카오|토스|케이|K|산림조합|상호저축)(?:\s?은행|\s?뱅크|중앙회)|"
    r"(?:KB|NH|IBK|SC|MG)(?=[^A-Za-z])|카카오뱅크|카뱅|토스뱅크|토뱅|케이뱅크|케뱅|새마을금고|신협|우체국|농협|수협|신한|국민|우리|하나|기업|"
    r"키움증권|미래에셋|삼성증권|한국투자증권"
)
_ACCOUNT_KO = r"계좌(?:번호)?|통장(?:번호)?|입금처|가상계좌"
_ACCOUNT_WORD = label(_ACCOUNT_KO)
_BANK = label(rf"(?:{BANKS})(?:\s?(?:{_ACCOUNT_KO}))?|{_ACCOUNT_KO}")
_BANK_AFTER = re.compile(rf"\s?[(,/]?\s?(?:{BANKS})")
_ACCOUNT_EN = label(
    r"\b(?:(?:bank|checking|savings?|current|deposit|iban|joint)?\s?(?:account|acct|a/c|acc)|routing|aba|"
    r"sort\s?code|bsb|swift)\b\.?"
)

ACCOUNT_KO = re.compile(
    r"(?<![\d.A-Za-z])(?<!\d-)(?:\d{2,6}(?:\s?[-–]\s?\d{1,8}){1,3}|\d{9,16}|"
    r"\d{3,6}(?: \d{2,6}){2,3})(?!\d)(?!-\d)"
)
ACCOUNT_EN = re.compile(r"(?<![\d.A-Za-z])(?<!\d-)\d(?:[ -]?\d){5,17}(?!\d)(?![-.]\d)")
CARD_GROUPS = re.compile(
    r"(?<!\d)(?<!\d-)\d{4}(?:[- .–]?\d{4}){2}[- .–]?\d{3,4}(?!\d)(?!-\d)|"
    r"(?<!\d)3[47]\d\d[- ]?\d{6}[- ]?\d{5}(?!\d)"
)
CVC = re.compile(r"\b(?:cvc|cvv|cvv2|cvc2|security code)\b[^\d\n]{0,12}(?P<v>\d{3,4})(?!\d)", re.IGNORECASE)


def _account_ko(match: re.Match[str]) -> bool:
    text, (start, end) = match.string, match.span()
    if not 9 <= len(digits(match[0])) <= 16 or is_date(match[0]) or counts_something(text[end : end + 24]):
        return False
    if labelled(_BANK, text, start):
        return not re.match(r"01[016789]-?\d{3,4}-?\d{4}$", match[0]) or labelled(_ACCOUNT_WORD, text, start)
    return _BANK_AFTER.match(text, end) is not None and not labelled(labels.PHONE, text, start)


def _account_en(match: re.Match[str]) -> bool:
    text, (start, end) = match.string, match.span()
    return (
        labelled(_ACCOUNT_EN, text, start)
        and not is_date(match[0])
        and not counts_something(text[end : end + 24])
    )


def _card(match: re.Match[str]) -> bool:
    return labelled(labels.CARD, match.string, match.start()) and not checks.evidence(
        match.string, match.start()
    )


RULES = (
    Rule("BANK_ACCOUNT", ACCOUNT_KO, digits=True, gate=NUMBER, accept=_account_ko),
    Rule(
        "BANK_ACCOUNT",
        ACCOUNT_EN,
        digits=True,
        gate=re.compile(r"\d(?:[ -]?\d){5}").search,
        accept=_account_en,
    ),
    Rule("CARD", CARD_GROUPS, digits=True, gate=NUMBER, accept=_card),
    Rule("SECRET", CVC, anchors=("cvc", "cvv", "security code"), digits=True),
)
