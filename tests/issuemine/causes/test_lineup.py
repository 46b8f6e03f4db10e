"""Changes lined up with a change point: ranked by date and scope, worth little where any date fits."""

from datetime import timedelta

import numpy as np

from issuemine.causes.changepoints import change_points
from issuemine.causes.dating import ChangePoint
from issuemine.causes.lineup import line_up
from issuemine.causes.scopes import ScopeCounts, scope_fit
from issuemine.records_changes import Change
from tests.issuemine.causes.test_changepoints import FIRST, step, world

LAST = FIRST + timedelta(days=399)
SPAN = (FIRST, LAST)


def point() -> ChangePoint:
    (found,) = change_points(*world([20], step(400, (200, 5.0)), 8.0), FIRST)
    return found


def release(day: int, name: str = "5.2", last: int | None = None, **scope: str) -> Change:
    start = FIRST + timedelta(days=day)
    return Change("release", name, start, start if last is None else FIRST + timedelta(days=last), scope)


def unknown(_: Change) -> None:
    return None


def moved(inside: float, outside: float) -> ScopeCounts:
    """Equally many records of all with a scope and without, before and after; 50 of the topic each before."""
    return ScopeCounts(inside, outside, 50, 50, 1_000, 1_000, 1_000, 1_000)


def test_the_release_of_the_day_is_the_best_candidate_and_strong_in_a_sparse_log() -> None:
    log = [release(20, "5.0"), release(110, "5.1"), release(200), release(300, "5.3")]
    best, *others = line_up(point(), 1e-6, log, unknown, SPAN)
    assert (log[best.place].name, best.strength) == ("5.2", "strong")
    assert best.placebo <= 0.02
    assert others == []


def test_a_release_every_week_is_never_strong() -> None:
    for offset in range(7):
        log = [release(day, str(day)) for day in range(offset, 400, 7)]
        found = line_up(point(), 1e-9, log, unknown, SPAN)
        assert {each.strength for each in found} <= {"weak"}
        assert all(each.placebo > 0.05 for each in found)


def test_nothing_that_came_after_or_long_before_is_a_candidate() -> None:
    assert line_up(point(), 1e-9, [release(205), release(150)], unknown, SPAN) == []
    assert line_up(point(), 1e-9, [], unknown, SPAN) == []


def test_the_nearer_of_two_changes_comes_first() -> None:
    log = [release(190, "far"), release(199, "near")]
    assert [log[each.place].name for each in line_up(point(), 1e-9, log, unknown, SPAN)] == ["near", "far"]


def test_a_change_whose_scope_holds_the_excess_beats_a_nearer_one_whose_scope_does_not() -> None:
    log = [release(200, "ios", platform="iOS"), release(199, "android", platform="Android")]
    counts = {"iOS": moved(50, 250), "Android": moved(250, 50)}
    found = line_up(point(), 1e-9, log, lambda change: counts[change.scope["platform"]], SPAN)
    assert [log[each.place].name for each in found] == ["android"]
    assert found[0].scope_share is not None
    assert found[0].scope_share > 0.9


def test_what_fits_most_days_as_well_is_not_listed() -> None:
    log = [release(day, str(day)) for day in range(400)]
    assert line_up(point(), 1e-9, log, unknown, SPAN) == []


def test_a_scope_makes_one_of_many_releases_rare_where_only_it_holds_the_excess() -> None:
    log = [release(day, str(day), version=str(day)) for day in range(4, 400, 7)]
    counts = {"200": moved(250, 50)}
    (best, *_) = line_up(
        point(), 1e-9, log, lambda change: counts.get(change.scope["version"], moved(40, 260)), SPAN
    )
    assert log[best.place].name == "200"
    assert best.strength == "strong"


def test_the_end_of_an_outage_fits_a_rate_that_falls() -> None:
    points = change_points(*world([21], step(400, (150, 8.0), (170, 1.0)), 4.0), FIRST)
    log = [release(150, "outage", last=169)]
    begun, ended = (line_up(each, 1e-9, log, unknown, SPAN)[0] for each in points)
    assert (begun.ended, ended.ended) == (False, True)
    assert (begun.lag_days, ended.lag_days) == (0, 0)


def test_the_placebo_is_how_often_random_days_fit_as_well() -> None:
    generator = np.random.default_rng(22)
    shares, found_point = [], point()
    for _ in range(200):
        log = [release(int(day), str(day)) for day in generator.choice(400, 12, replace=False)]
        found = line_up(found_point, 1e-9, log, unknown, SPAN)
        shares.append(found[0].placebo if found else 1.0)
    assert np.mean(np.array(shares) <= 0.1) <= 0.16
    assert np.mean(np.array(shares) <= 0.02) <= 0.05


def test_a_small_effect_is_weak_however_well_the_date_fits() -> None:
    (small,) = change_points(*world([23], step(400, (200, 1.4)), 30.0), FIRST)
    (found,) = line_up(small, 1e-9, [release(200)], unknown, SPAN)
    assert found.strength != "strong"


def test_a_new_version_is_compared_with_the_whole_past() -> None:
    chance, share = scope_fit(ScopeCounts(100, 40, 0, 60, 400, 600, 0, 1_000), 1.0)
    assert chance is not None
    assert chance > 0.99
    assert share is not None
    assert share > 0.9


def test_where_no_record_tells_the_scope_is_not_judged() -> None:
    assert scope_fit(None, 1.0) == (None, None)


def test_a_change_whose_scope_did_not_change_more_than_the_rest_is_weak_however_rare_its_date() -> None:
    even = [moved(160, 140), moved(150, 150), moved(120, 180)]
    for counts in even:
        found = line_up(point(), 1e-9, [release(200, platform="Android")], lambda _, told=counts: told, SPAN)
        assert {each.strength for each in found} <= {"weak"}


def test_a_change_that_holds_less_than_half_of_the_difference_is_moderate_at_most() -> None:
    counts = ScopeCounts(90, 210, 10, 90, 100, 1_900, 100, 1_900)
    (found,) = line_up(point(), 1e-9, [release(200, platform="Android")], lambda _: counts, SPAN)
    assert found.scope_share is not None
    assert found.scope_share < 0.5
    assert found.strength == "moderate"
