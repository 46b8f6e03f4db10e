"""Filters are saved as a segment by keyboard, chosen from the picker, and go along."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import httpx
import pytest
from playwright.sync_api import expect

from tests.web.conftest import Visit
from tests.web.test_pages import PHONE, grave

Open = Callable[..., Visit]
NAME = "한국어 고객 메일"


@pytest.fixture
def unsaved(address: str) -> Iterator[None]:
    """Other tests find the pages as they were."""
    yield
    httpx.delete(f"{address}/v1/segments/{quote(NAME)}", timeout=60)


@pytest.mark.usefixtures("unsaved")
def test_filters_are_saved_by_keyboard_and_chosen_from_then_on(visit: Open) -> None:
    visited = visit("/?days=84&language=ko&channel=email")
    page = visited.page
    page.get_by_text("Save these filters as a segment").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("name", "name")
    assert grave(page) == []
    page.emulate_media(color_scheme="dark")
    assert grave(page, {"runOnly": ["color-contrast"]}) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    visited.shot("segment-saving")
    page.keyboard.type(NAME)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/\?days=84&segment={re.escape(quote(NAME))}$"), timeout=60_000)
    assert page.get_by_label("Segment").input_value() == NAME
    page.locator(".topics a.topic").first.click()
    expect(page).to_have_url(re.compile(r"/topics/T\d+\?days=84&segment="))
    meta = page.locator("#records ~ article .meta").all_inner_texts()
    assert meta
    assert all("Korean" in line for line in meta)
    page.get_by_label("Segment").select_option("")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).not_to_have_url(re.compile("segment"))


def test_nothing_is_offered_for_saving_where_nothing_is_chosen(visit: Open) -> None:
    page = visit("/?days=84").page
    expect(page.locator("h1")).to_be_visible()
    assert page.get_by_text("Save these filters").count() == 0


@pytest.mark.usefixtures("unsaved")
def test_a_name_that_is_none_is_told_of_and_nothing_is_saved(visit: Open, address: str) -> None:
    page = visit("/?language=ko").page
    page.get_by_text("Save these filters as a segment").click()
    page.get_by_label("Name").fill("<b>")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("A segment's name has letters", timeout=60_000)
    assert httpx.get(f"{address}/v1/segments", timeout=60).json() == {"segments": []}
