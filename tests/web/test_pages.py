"""Each page in a real browser: phone, desk, dark, both languages, by keyboard, to a screen reader."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from issuemine.store.changes import change_points
from issuemine.store.snapshot import Snapshot
from tests.web.conftest import Visit

Open = Callable[..., Visit]
PATHS = ("/", "/topics/{largest}", "/map", "/search?q=refund", "/compare", "/runs", "/sign-in")
PHONE = {"width": 360, "height": 780}


def name_of(path: str) -> str:
    return path.partition("?")[0].strip("/").replace("/{largest}", "") or "home"


def drawn(page: Page) -> None:
    """Wait until Plotly has taken over the chart, where there is one."""
    if page.locator("figure[data-chart]").count():
        expect(page.locator("figure.drawn")).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_phone_and_desk_and_axe_finds_nothing_serious_by_day_or_in_the_dark(
    visit: Open, largest: str, path: str
) -> None:
    visited = visit(path.format(largest=largest))
    page = visited.page
    expect(page.locator("h1")).to_have_count(1)
    drawn(page)
    visited.shot(f"{name_of(path)}-desk")
    assert grave(page) == []
    page.emulate_media(color_scheme="dark")
    drawn(page)
    visited.shot(f"{name_of(path)}-dark")
    assert grave(page, {"runOnly": ["color-contrast", "link-in-text-block"]}) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visited.shot(f"{name_of(path)}-phone")


def grave(page: Page, options: dict[str, object] | None = None) -> list[tuple[str, str]]:
    """What axe-core finds serious or critical: the rule, and an element that breaks it."""
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_speaks_korean_to_a_korean_browser_and_english_when_told(
    visit: Open, largest: str, path: str
) -> None:
    visited = visit(path.format(largest=largest), locale="ko-KR")
    page = visited.page
    assert page.locator("html").get_attribute("lang") == "ko"
    assert re.search("[가-힣]", page.locator("nav").inner_text())
    visited.shot(f"{name_of(path)}-ko")
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("nav").inner_text().split() == ["Today", "Map", "Search", "Compare", "Runs"]
    page.locator("nav a").nth(1).click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_first_page_can_be_walked_with_the_keyboard_alone(visit: Open) -> None:
    page = visit("/").page
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.name || document.activeElement.className"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert seen.index("days") < seen.index("language") < seen.index("topic")
    page.locator("a.topic").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/topics/T\d+"))


def test_what_is_chosen_lives_in_the_address_and_goes_along(visit: Open) -> None:
    page = visit("/").page
    page.get_by_label("Period").select_option("7")
    page.get_by_label("Language").select_option("ko")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?days=7&language=ko$"))
    assert page.get_by_label("Language").input_value() == "ko"
    page.locator(".topics a.topic").first.click()
    expect(page).to_have_url(re.compile(r"/topics/T\d+\?days=7&language=ko$"))
    meta = page.locator("#records ~ article .meta").all_inner_texts()
    assert meta
    assert all("Korean" in line for line in meta)


def test_pages_work_without_script(visit: Open, largest: str) -> None:
    page = visit("/", java_script_enabled=False).page
    page.get_by_label("Period").select_option("7")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("h1")).to_have_text("What people write about")
    assert "days=7" in page.url
    page.goto(page.url.partition("?")[0] + f"topics/{largest}")
    expect(page.locator("figure.chart > svg")).to_be_visible()
    assert page.locator("figure.chart rect").count() > 20


def test_the_search_finds_issues_by_their_words_and_says_so_when_there_is_none(visit: Open) -> None:
    page = visit("/search").page
    page.get_by_label("Words or a sentence").fill("refund")
    page.keyboard.press("Enter")
    assert "refund" in page.locator(".topics tbody").inner_text().lower()
    marks = page.locator("section[aria-labelledby=passages] mark").all_inner_texts()
    assert marks
    assert all(mark.lower().startswith("refund") for mark in marks)
    page.get_by_label("How").select_option("meaning")
    page.get_by_label("Words or a sentence").fill("I want my money back")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("by=meaning"))
    topic = page.locator("section[aria-labelledby=passages] .meta a").first
    assert "refund" in topic.inner_text().lower()
    topic.click()
    expect(page.locator("#records")).to_be_visible()
    page.go_back()
    page.get_by_label("Words or a sentence").fill("zyzzyva")
    page.keyboard.press("Enter")
    expect(page.locator(".empty")).to_contain_text("No issue fits")


def test_what_is_different_is_looked_for_once_the_page_is_there_or_on_a_page_of_its_own(
    visit: Open, largest: str
) -> None:
    page = visit(f"/topics/{largest}").page
    part = page.locator("[data-load]")
    expect(part.locator("a.button")).to_have_count(0, timeout=15_000)
    told = part.inner_text().strip()
    assert told
    alone = visit(f"/topics/{largest}", java_script_enabled=False).page
    alone.get_by_role("link", name="Look for what is different").click()
    assert told.splitlines()[0] in alone.locator("main").inner_text()


def test_the_map_shows_every_issue_of_its_list_and_leads_to_it(visit: Open) -> None:
    page = visit("/map").page
    listed = page.locator(".topics tbody tr").count()
    assert listed > 10
    assert page.locator("figure.map > svg circle").count() == listed
    drawn(page)
    assert page.locator(".plot .point").count() == listed


def test_what_is_not_there_is_told_as_a_page(visit: Open) -> None:
    for path, said in (
        ("/topics/T99999", "There is no topic T99999"),
        ("/?days=soon", "'soon' is no number of days"),
        ("/?first=2026-05-02&last=2026-05-01", "ends"),
    ):
        page = visit(path).page
        expect(page.locator(".problem .lead")).to_contain_text(said)
        page.get_by_role("link", name="To the first page").click()
        expect(page.locator("h2").first).to_have_text("Emerging now")


def test_the_first_view_is_quick_and_light(
    visit: Open, largest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in ("/", f"/topics/{largest}"):
        page = visit(path).page
        drawn(page)
        painted = page.evaluate(
            "new Promise(done => new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))"
            ".observe({type: 'largest-contentful-paint', buffered: true}))"
        )
        sizes = page.evaluate(
            "performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))"
            ".map(entry => entry.transferSize)"
        )
        with capsys.disabled():
            print(f"\n{path}: largest paint after {painted:.0f} ms, {sum(sizes):,} bytes")  # noqa: T201
        assert 0 < sum(sizes) < 1_500_000
    page.reload()
    drawn(page)
    again = page.evaluate(
        "performance.getEntriesByType('resource').filter(entry => entry.name.includes('/static/'))"
        ".map(entry => entry.transferSize)"
    )
    assert again
    assert sum(again) == 0, "scripts and style come from the browser's cache"


def test_what_is_different_is_told_in_the_words_of_the_api(visit: Open, address: str, largest: str) -> None:
    page = visit(f"/topics/{largest}/why").page
    told = page.request.get(f"{address}/v1/topics/{largest}/causes").json()
    around = [*told["sequences"]["before"], *told["sequences"]["next"]]
    expected = [
        told["message"],
        told["changes_message"],
        told["sequences"]["message"],
        *(point["sentence"] for point in told["changes"][:4]),
        *(sequence["saving"] for sequence in around[:4]),
    ]
    text = page.locator("main").inner_text()
    assert [sentence for sentence in expected if sentence not in text] == []


def test_a_candidate_leads_to_the_page_of_its_records(visit: Open, address: str, snapshot: Snapshot) -> None:
    for topic in snapshot.database.table("read/topic_labels")["topic_id"].to_pylist():
        page = visit(f"/topics/{topic}/why?days=0&lang=ko").page
        if page.get_by_role("link", name="해당 기록 보기").count():
            break
    told = page.request.get(f"{address}/v1/topics/{topic}/causes").json()["candidates"]
    page.get_by_role("link", name="해당 기록 보기").first.click()
    counted = page.locator(".figures dd").first.inner_text()
    assert counted == str(next(found["records"] for found in told if found["records_url"]))
    assert page.locator("html").get_attribute("lang") == "ko"


def test_what_stands_beside_the_trend_fits_a_phone(visit: Open, snapshot: Snapshot) -> None:
    topics = snapshot.database.table("read/topic_labels")["topic_id"].to_pylist()
    changed = next(topic for topic in topics if change_points(snapshot.database, topic))
    page = visit(f"/topics/{changed}?days=60", viewport=PHONE).page
    expect(page.locator(".marks li.since").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
