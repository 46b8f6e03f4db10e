"""Passwords, keys and tokens: by their vendor's form, by the word before them, or by looking random."""

from __future__ import annotations

import re

from issuemine.clean.redaction import checks
from issuemine.clean.redaction.rules import LONG_TOKEN, Rule
from issuemine.clean.redaction.tokens import UUID, entropy, switches
from issuemine.clean.redaction.words import words

PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?"
    r"(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|\Z)"
)
VENDOR = re.compile(
    r"(?<![A-Za-z0-9_])(?:"
    r"(?:sk|pk|rk)[-_](?:live_|test_|proj-|ant-|svcacct-|or-)?[A-Za-z0-9_-]{16,300}|"
    r"(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}|"
    r"gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|gl(?:pat|dt|rt)-[A-Za-z0-9_-]{16,64}|"
    r"xox[abeprs]-[A-Za-z0-9-]{10,250}|AIza[0-9A-Za-z_-]{30,40}|ya29\.[0-9A-Za-z_-]{20,300}|"
    r"npm_[A-Za-z0-9]{30,40}|SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}|hf_[A-Za-z0-9]{20,64}|"
    r"whsec_[A-Za-z0-9]{16,64}|dop_v1_[a-f0-9]{64}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}|"
    r"eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}(?:\.[A-Za-z0-9_-]{0,2000})?"
    r")"
)
BEARER = re.compile(r"\b(?:bearer|basic)\s+(?P<v>[A-Za-z0-9._~+/=-]{8,4000})", re.IGNORECASE)
NAMED_KEY = re.compile(
    r"(?<![A-Za-z])(?:(?:api|secret|access|auth|client|refresh|session|private|license|encryption|"
    r"webhook|aws|x)[ _-]?){1,3}(?:key|token|secret|id)"
    r"[\"']?\s?(?:is|was|[:=]|->|은|는)?\s?[\"'“]?(?P<v>[A-Za-z0-9._~+/=-]{8,512})|"
    r"(?<![A-Za-z])(?:token|secret|키|토큰|시크릿)[\"']?\s?(?:is|was|[:=]|은|는)?\s?[\"'“]?"
    r"(?P<w>[A-Za-z0-9._~+/=-]{12,512})",
    re.IGNORECASE,
)
_VALUE = r"(?P<v>[!#-&(-;=?-~]{4,80}?)(?=[\"'“”‘’`),.;:]*(?:[^!-~]|$))"
PASSWORD_EN = re.compile(
    r"(?<![A-Za-z])(?:passwords?|passcode|passphrase|passwd|pwd|pw|pass(?=\s?[:=]|\sis\s))(?:\s(?:for|to)\s(?:\w+\s){0,2}\w+)?"
    r"(?P<sep>\s?(?:(?:\b(?:is|was)\s?)?(?:[:=]|->)|\b(?:is|was|to|as)\b)\s?(?:set\sto\s|still\s)?|\s)[\"'“‘`]?"
    + _VALUE,
    re.IGNORECASE,
)
PASSWORD_KO = re.compile(
    r"(?:비밀\s?번호|비번|패스워드|패스\s?코드|암호|핀\s?번호|PIN\s?번호|(?<![A-Za-z/])PW(?=[\s:：=은는]))(?P<sep>(?:[\s:：=]|[은는이가을를]){0,4})"
    r"[\"'“‘`]?" + _VALUE,
    re.IGNORECASE,
)
PIN = re.compile(
    r"\bpin(?:\s(?:code|number|no\.?))?(?:\s(?:is|was)|\s?[:=])?\s(?P<v>\d{4,8})(?![\d-])", re.IGNORECASE
)
BARE = re.compile(r"(?<![A-Za-z0-9+/_=.-])[A-Za-z0-9+/_-]{32,4000}={0,2}(?![A-Za-z0-9+/_=-])")

_STATES = frozenset(words("en", "password_states"))
_COUNTED = re.compile(
    r"\s?(?:자리|회|번(?!호)|분|초|년|월|일|시간|글자|자(?!리)|개|%|원|차|단계|days?|times?|characters?|digits?)"
)
_ERROR_CODE = re.compile(r"[A-Za-z]{1,4}-?\d{2,5}")
_HASH = re.compile(
    r"\b(?:trace|correlation|request|commit|sha-?\d*|md5|checksum|hash|build|revision|digest|fingerprint|"
    r"error|event|activity|crash|report)\b[^\n]{0,16}$",
    re.IGNORECASE,
)


def _marked(value: str) -> bool:
    """Say whether a word has a digit or a sign inside, as passwords do and words do not."""
    inner = value.rstrip(".,;:!?\"'`)”’")
    return len(inner) >= 4 and any(not char.isalpha() and char not in "-'’/" for char in inner)


def _password_en(match: re.Match[str]) -> bool:
    value, separator, after = (
        match["v"],
        match["sep"].strip().lower(),
        match.string[match.end() : match.end() + 120],
    )
    word = value.rstrip(".,;:!?\"'`)").lower()
    if word in _STATES or _COUNTED.match(after) or value.startswith("<"):
        return False
    if _marked(value):
        signed = any(not char.isalnum() and char not in "-_'’/." for char in word)
        quoted = match.string[match.start("v") - 1] in "\"'“‘`"
        return bool(separator) or quoted or (len(word) >= 8 and (switches(word) >= 2 or signed))
    alone = not after.split("\n", 1)[0].strip()
    return separator[-1:] in (":", "=", ">") and word.isalpha() and len(word) >= 6 and alone


def _password_ko(match: re.Match[str]) -> bool:
    value, after = match["v"], match.string[match.end() : match.end() + 120]
    if value.startswith("<") or not _marked(value) or _COUNTED.match(after):
        return False
    return not (_ERROR_CODE.fullmatch(value) and re.match(r"\s?(?:오류|에러|코드|번)", after))


def _named_key(match: re.Match[str]) -> bool:
    value = (match["v"] or match["w"]).rstrip(".")
    return switches(value) >= 2 or (any(char.isdigit() for char in value) and len(value) >= 20)


def _bearer(match: re.Match[str]) -> bool:
    return any(char.isdigit() for char in match["v"]) or len(match["v"]) >= 24


def _bare(match: re.Match[str]) -> bool:
    token = match[0].rstrip("=")
    if UUID.fullmatch(token) or checks.evidence(match.string, match.start()):
        return False
    if _HASH.search(match.string[max(0, match.start() - 40) : match.start()]):
        return False
    runs = [run for run in re.split(r"[-_/+]", token) if len(run) >= 12]
    return entropy(token) >= 3.2 and switches(token) >= 6 and any(switches(run) >= 3 for run in runs)


RULES = (
    Rule("SECRET", PRIVATE_KEY, anchors=("private key",)),
    Rule("SECRET", VENDOR, gate=LONG_TOKEN),
    Rule("SECRET", BEARER, anchors=("bearer", "basic"), accept=_bearer),
    Rule(
        "SECRET",
        NAMED_KEY,
        anchors=("key", "token", "secret", "session", "키", "토큰", "시크릿"),
        accept=_named_key,
    ),
    Rule("SECRET", PASSWORD_EN, anchors=("pass", "pw"), accept=_password_en),
    Rule("SECRET", PASSWORD_KO, anchors=("비밀", "비번", "패스", "암호", "번호", "pw"), accept=_password_ko),
    Rule("SECRET", PIN, anchors=("pin ", "pin:", "pin="), digits=True),
    Rule("SECRET", BARE, gate=LONG_TOKEN, accept=_bare),
)
