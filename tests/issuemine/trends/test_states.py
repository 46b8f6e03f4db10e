"""Where topics stand: people's decisions win, signals move, silence settles."""

from datetime import date, timedelta

from issuemine.config import SignalsSettings
from issuemine.records import Nature, Severity, SignalState
from issuemine.trends.states import Decided, Heard, Reason, Standing, standing

DAY = date(2026, 5, 20)
SETTINGS = SignalsSettings()
RISES = Heard("T1@2026-05-20", SignalState.ESCALATING, Severity.HIGH, Nature.ORGANIC)
RESOLVED = Decided(SignalState.RESOLVED, "kim", 7)
ARCHIVED = Decided(SignalState.ARCHIVED, "kim", 7)


def after(
    before: Standing | None = None,
    heard: Heard | None = None,
    decided: Decided | None = None,
    silent: int = 0,
    age: int = 400,
) -> Standing:
    first, last = DAY - timedelta(days=age), DAY - timedelta(days=silent)
    return standing(before, DAY, first, last, heard, decided, SETTINGS)


def test_records_and_silence_say_where_a_topic_stands() -> None:
    assert after(age=3).state is SignalState.NEW
    assert after().state is SignalState.ONGOING
    assert after(silent=SETTINGS.quiet_days).state is SignalState.QUIET
    settled = after(silent=SETTINGS.resolved_days)
    assert (settled.state, settled.reason) == (SignalState.RESOLVED, Reason.SILENCE)


def test_a_decision_wins_over_a_signal_of_the_same_night_and_holds() -> None:
    now = after(after(), RISES, RESOLVED)
    assert (now.state, now.author) == (SignalState.RESOLVED, "kim")
    assert after(now, None, RESOLVED) == now


def test_what_was_resolved_regresses_and_the_old_decision_does_not_settle_it_again() -> None:
    back = after(after(decided=RESOLVED), RISES, RESOLVED)
    assert (back.state, back.signal_id) == (SignalState.REGRESSED, RISES.signal_id)
    assert after(back, None, RESOLVED).state is SignalState.ONGOING
    again = Decided(SignalState.RESOLVED, "lee", 9)
    assert after(back, None, again).state is SignalState.RESOLVED


def test_what_is_archived_comes_back_only_when_it_escalates_enough() -> None:
    put_away = after(decided=ARCHIVED)
    little = Heard("T1@2026-05-20", SignalState.ESCALATING, Severity.LOW, Nature.ORGANIC)
    assert after(put_away, little, ARCHIVED) == put_away
    assert after(put_away, RISES, ARCHIVED).state is SignalState.ESCALATING


def test_a_decision_that_is_undone_or_reopened_is_as_if_never_made() -> None:
    decided = after(decided=RESOLVED)
    assert after(decided).state is SignalState.ONGOING
    assert after(decided, decided=Decided(None, "kim", 8)).state is SignalState.ONGOING


def test_a_burst_without_content_moves_nothing() -> None:
    empty = Heard("T1@2026-05-20", SignalState.ESCALATING, Severity.HIGH, Nature.LOW_CONTENT)
    assert after(after(), empty).state is SignalState.ONGOING


def test_a_topic_keeps_the_state_of_its_signal_while_that_goes_on() -> None:
    rising = after(after(), RISES)
    goes_on = Heard("T1@2026-05-21", SignalState.ONGOING, Severity.HIGH, Nature.ORGANIC)
    assert after(rising, goes_on) == rising
    over = Heard("T1@2026-05-22", SignalState.QUIET, Severity.LOW, Nature.ORGANIC)
    assert after(rising, over).state is SignalState.ONGOING
