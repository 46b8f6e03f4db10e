"""Marked-up sentences: ``call [[PHONE|010-1234-5678]] please`` is a text and its personal data in place."""

from collections.abc import Iterator
from dataclasses import dataclass
from re import compile as pattern

from issuemine.clean.redaction import Span
from tests.issuemine.clean.redaction import (
    cases_en_contact,
    cases_en_ids,
    cases_en_kept,
    cases_en_mixed,
    cases_en_people,
    cases_ko_contact,
    cases_ko_fresh,
    cases_ko_ids,
    cases_ko_kept,
    cases_ko_mixed,
    cases_ko_people,
)

_MARK = pattern(r"\[\[([A-Z_]+)\|(.*?)\]\]")


@dataclass(frozen=True)
class Case:
    """A text and its true spans."""

    text: str
    spans: tuple[Span, ...]


def read(line: str) -> Case:
    """Take the marks out of a line; ``⏎`` is a line break and ``⁀`` nothing."""
    line = line.replace("⏎", "\n").replace("⁀", "")
    text, spans, done = "", [], 0
    for mark in _MARK.finditer(line.replace("\n", "\0")):
        text += line[done : mark.start()]
        value = line[mark.start(2) : mark.end(2)]
        spans.append(Span(len(text), len(text) + len(value), mark[1]))
        text += value
        done = mark.end()
    return Case(text + line[done:], tuple(spans))


def _cases(*modules: object) -> Iterator[Case]:
    for module in modules:
        for line in module.CASES.strip().splitlines():
            yield read(line)


ENGLISH = tuple(_cases(cases_en_contact, cases_en_ids, cases_en_people, cases_en_kept, cases_en_mixed))
KOREAN = tuple(
    _cases(cases_ko_contact, cases_ko_ids, cases_ko_people, cases_ko_kept, cases_ko_mixed, cases_ko_fresh)
)
