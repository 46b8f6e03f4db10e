"""Episodes: a signal begins high, ends low, and is news when it changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from issuemine.config import SignalsSettings
from issuemine.records import Nature, Severity, SignalState
from issuemine.trends.episodes import (
    Level,
    Past,
    goes_on,
    grew_to_news,
    is_news,
    severity_of,
    state_of,
)

DAY = date(2026, 5, 20)
SETTINGS = SignalsSettings()
HIGH = Level("day", 40, 4.0, 0, 9, 100, 1e-12, 1e-10, 36.0, 2.0, 60.0)
PAST = Past("T1@2026-05-18", "T1@2026-05-18", date(2026, 5, 18), DAY - timedelta(days=1), False)


def test_a_subject_without_a_past_is_new_and_a_known_one_gets_worse() -> None:
    assert state_of(HIGH, None, DAY, SETTINGS, begins=True) is SignalState.NEW
    assert state_of(HIGH, None, DAY, SETTINGS, begins=True, known=True) is SignalState.ESCALATING
    assert state_of(HIGH, None, DAY, SETTINGS, begins=True, resolved=True) is SignalState.REGRESSED


def test_a_signal_ends_at_a_lower_level_than_it_began() -> None:
    between = replace(HIGH, p_value=SETTINGS.end_p / 2)
    low = replace(HIGH, p_value=SETTINGS.end_p * 2)
    assert state_of(between, None, DAY, SETTINGS, begins=False) is None
    assert state_of(between, PAST, DAY, SETTINGS, begins=False) is SignalState.ONGOING
    assert state_of(low, PAST, DAY, SETTINGS, begins=False) is SignalState.QUIET


def test_what_comes_back_soon_goes_on_and_later_begins_anew() -> None:
    quiet = replace(PAST, quiet=True)
    again = replace(HIGH, lately=30.0, week_excess=8.0)
    soon, later = (quiet.last_day + timedelta(days=days) for days in (5, SETTINGS.cooldown_days + 1))
    assert state_of(again, quiet, soon, SETTINGS, begins=True) is SignalState.ONGOING
    assert goes_on(quiet, soon, SETTINGS)
    assert state_of(again, quiet, later, SETTINGS, begins=True) is SignalState.NEW
    assert not goes_on(quiet, later, SETTINGS)


def test_a_day_far_above_the_days_before_escalates_an_episode() -> None:
    assert state_of(HIGH, PAST, DAY, SETTINGS, begins=True) is SignalState.ESCALATING
    like_before = replace(HIGH, lately=30.0, week_excess=8.0)
    assert state_of(like_before, PAST, DAY, SETTINGS, begins=True) is SignalState.ONGOING


def test_a_slow_rise_escalates_beside_what_was_told_a_week_ago() -> None:
    slow = replace(HIGH, day_excess=6.0, lately=8.0, week_excess=50.0)
    told = replace(PAST, told_day=DAY - timedelta(days=9), told_excess=20.0)
    assert state_of(slow, told, DAY, SETTINGS, begins=True) is SignalState.ESCALATING
    yesterday = replace(told, told_day=DAY - timedelta(days=1))
    assert state_of(slow, yesterday, DAY, SETTINGS, begins=True) is SignalState.ONGOING


@pytest.mark.parametrize(
    ("level", "severity"),
    [
        (HIGH, Severity.HIGH),
        (replace(HIGH, observed=11, expected=4.0, q_value=0.004), Severity.MEDIUM),
        (replace(HIGH, observed=5, expected=1.0, q_value=0.004), Severity.LOW),
        (replace(HIGH, q_value=0.03), Severity.LOW),
    ],
)
def test_severity_needs_certainty_ratio_and_size(level: Level, severity: Severity) -> None:
    assert severity_of(level) is severity


def test_only_changes_of_organic_signals_that_weigh_enough_are_news() -> None:
    assert is_news(SignalState.NEW, Severity.MEDIUM, Nature.ORGANIC, SETTINGS)
    assert not is_news(SignalState.ONGOING, Severity.HIGH, Nature.ORGANIC, SETTINGS)
    assert not is_news(SignalState.NEW, Severity.LOW, Nature.ORGANIC, SETTINGS)
    assert not is_news(SignalState.NEW, Severity.HIGH, Nature.LOW_CONTENT, SETTINGS)


def test_what_begins_small_and_grows_is_news_once_it_weighs_enough_and_nobody_was_told() -> None:
    def grown(**changes: object) -> bool:
        values = {"state": SignalState.ONGOING, "severity": Severity.MEDIUM, "nature": Nature.ORGANIC}
        values |= {"past": PAST, "settings": SETTINGS}
        return grew_to_news(**(values | changes))  # type: ignore[arg-type]

    assert grown()
    assert not grown(severity=Severity.LOW)
    assert not grown(nature=Nature.LOW_CONTENT)
    assert not grown(past=replace(PAST, told_day=PAST.first_day))
    assert not grown(past=None)
    assert not grown(state=SignalState.QUIET)


def test_three_at_once_weigh_something_where_one_a_month_is_usual() -> None:
    few = replace(HIGH, observed=3, expected=0.08, q_value=3e-4)
    assert severity_of(few) is Severity.MEDIUM
    assert severity_of(replace(few, q_value=0.002)) is Severity.LOW
    assert severity_of(replace(few, expected=0.4)) is Severity.LOW
    assert severity_of(replace(few, observed=2)) is Severity.LOW
