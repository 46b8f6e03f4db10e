"""How much personal data is found, and how much else is left alone, kind by kind."""

from collections import Counter

import pytest

from issuemine.clean.redaction import Redactor, Span
from tests.issuemine.clean.redaction.corpus import ENGLISH, KOREAN, Case, read

RECALL = 0.98
PRECISION = 0.95
ENOUGH = 20


def counts(redactor: Redactor, cases: tuple[Case, ...]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """True, found and rightly found spans by kind. Right means: the same range and the same kind."""
    true: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for case in cases:
        spans = set(redactor.redact(case.text).spans)
        true.update(span.kind for span in case.spans)
        found.update(span.kind for span in spans)
        right.update(span.kind for span in spans & set(case.spans))
    return true, found, right


def shares(true: int, found: int, right: int) -> tuple[float, float]:
    """Recall and precision; of nothing, both are whole."""
    return (right / true if true else 1.0), (right / found if found else 1.0)


def test_each_language_has_three_hundred_cases() -> None:
    assert len(ENGLISH) >= 300
    assert len(KOREAN) >= 300
    for cases in (ENGLISH, KOREAN):
        assert len({case.text for case in cases}) == len(cases)
        assert sum(not case.spans for case in cases) >= 100


def test_marks_are_read() -> None:
    assert read("a [[PHONE|12⏎3]] b") == Case("a 12\n3 b", (Span(2, 6, "PHONE"),))


@pytest.mark.parametrize("cases", [ENGLISH, KOREAN, ENGLISH + KOREAN], ids=["en", "ko", "both"])
def test_nearly_all_is_found_and_nearly_nothing_else(redactor: Redactor, cases: tuple[Case, ...]) -> None:
    true, found, right = counts(redactor, cases)
    recall, precision = shares(true.total(), found.total(), right.total())
    assert recall >= RECALL
    assert precision >= PRECISION


def test_each_kind_is_found(redactor: Redactor, capsys: pytest.CaptureFixture[str]) -> None:
    true, found, right = counts(redactor, ENGLISH + KOREAN)
    rows = {
        kind: (*shares(true[kind], found[kind], right[kind]), true[kind]) for kind in sorted(true | found)
    }
    with capsys.disabled():
        lines = [f"\n{'kind':<16}{'cases':>6}{'recall':>8}{'precision':>11}"]
        lines += [
            f"{kind:<16}{n:>6}{recall:>8.3f}{precision:>11.3f}"
            for kind, (recall, precision, n) in rows.items()
        ]
        print("\n".join(lines))  # noqa: T201
    short = {
        kind
        for kind, (recall, precision, n) in rows.items()
        if n >= ENOUGH and (recall < RECALL or precision < PRECISION)
    }
    assert short == set()
