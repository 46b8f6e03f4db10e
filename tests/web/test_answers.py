"""What pages answer, without a browser: days that cannot be, what is said, and addresses of nothing."""

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from api.web.home import MOST, more

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def lead(answer: httpx.Response) -> str:
    """What the page of a failure tells."""
    return str(HTMLParser(answer.text).css_first(".problem .lead").text())


@pytest.mark.parametrize("path", ["/", "/topics/{largest}", "/topics/{largest}/why", "/map", "/compare"])
@pytest.mark.parametrize("query", ["last=0001-01-05", "first=0001-01-01", "first=9999-12-31"])
def test_days_off_the_calendar_are_refused_on_a_page(
    address: str, largest: str, path: str, query: str
) -> None:
    answer = httpx.get(f"{address}{path.format(largest=largest)}?{query}", timeout=60)
    assert answer.status_code == 422
    assert "1900-01-01" in lead(answer)


@pytest.mark.parametrize("query", ["b_last=0001-01-01", "b_first=9999-12-31"])
def test_so_are_those_of_the_other_side_of_a_comparison(address: str, query: str) -> None:
    answer = httpx.get(f"{address}/compare?{query}", timeout=60)
    assert (answer.status_code, "1900-01-01" in lead(answer)) == (422, True)


@pytest.mark.parametrize(("days", "status"), [("1830", 200), ("1831", 422), ("999999", 422)])
def test_a_page_counts_as_many_days_as_the_api(address: str, days: str, status: int) -> None:
    answer = httpx.get(f"{address}/?days={days}", timeout=60)
    assert answer.status_code == status
    if status == 422:
        assert f"{int(days):,} days" in lead(answer)
        assert "at most 1,830" in lead(answer)


@pytest.mark.parametrize("path", ["/", "/topics/{largest}", "/map"])
@pytest.mark.parametrize("last", ["1900-01-01", "2199-12-31"])
def test_the_calendar_s_own_ends_are_days_like_others(
    address: str, largest: str, path: str, last: str
) -> None:
    query = f"first={last}&last={last}"
    assert httpx.get(f"{address}{path.format(largest=largest)}?{query}", timeout=60).status_code == 200


@pytest.mark.parametrize(
    ("top", "there", "offered"),
    [(20, 20, None), (20, 21, 50), (980, 5_000, 1_000), (1_000, 5_000, None)],
)
def test_more_issues_are_offered_while_the_page_can_list_them(
    top: int, there: int, offered: int | None
) -> None:
    assert more(top, there) == offered


def test_the_most_that_is_offered_is_answered(address: str) -> None:
    assert httpx.get(f"{address}/?top={MOST}", timeout=60).status_code == 200
    assert httpx.get(f"{address}/?top={MOST + 1}", timeout=60).status_code == 404


@pytest.mark.parametrize("path", ["/nothing", "/topics/T1/nothing", "/topics/T1/curate"])
def test_an_address_of_nothing_is_told_to_a_browser_as_a_page(address: str, path: str) -> None:
    answer = httpx.get(f"{address}{path}?lang=ko", headers=BROWSER)
    page = HTMLParser(answer.text)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert page.css_first("html").attributes["lang"] == "ko"
    assert page.css_first(".problem a.button").attributes["href"] == "/?lang=ko"


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [("/nothing", "*/*", 404), ("/v1/nothing", BROWSER["Accept"], 404), ("/topics/T1/curate", "*/*", 405)],
)
def test_a_program_is_told_of_it_as_a_problem(address: str, path: str, accept: str, status: int) -> None:
    answer = httpx.get(address + path, headers={"Accept": accept})
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_form_sent_to_nowhere_is_answered_for_programs(address: str) -> None:
    answer = httpx.post(f"{address}/nothing", headers=BROWSER)
    assert answer.headers["content-type"] == "application/problem+json"
