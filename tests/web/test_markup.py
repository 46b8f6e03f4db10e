"""Texts of records and what people call things stay texts, whatever is written in them."""

from datetime import UTC, date, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from api.web.topic import pieces
from issuemine.pages.address import Address
from issuemine.pages.rendering import render

EVIL = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="alert(\'1\')">',
    "</script><script>alert(1)</script>",
    "' onfocus='alert(1)' autofocus='",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "&lt;b&gt; & <!-- <svg/onload=alert(1)>",
)
WHO = {"name": "ann", "open": True, "by_session": False, "curates": True, "csrf_token": ""}


def shown(evil: str) -> str:
    """The page of an issue with this text wherever a text from outside can stand."""
    quote = {"text": evil, "mention_id": evil, "record_id": "r1"}
    row = {"records": 3, "recent": 3, "previous": 0, "growth": 1.0, "share": 0.5}
    topic = row | {
        "topic_id": "T1",
        "label": evil,
        "keywords": [{"word": evil}],
        "quotes": [quote],
        "owner": evil,
        "tickets": [],
        "notes": [{"at": datetime(2026, 3, 1, tzinfo=UTC), "author": evil, "text": evil}],
        "linked": [{"topic_id": "T2", "label": evil, "terms": [{"term": evil, "other_term": evil}]}],
        "breakdowns": {evil: [{"value": evil, "records": 1, "share": 1.0, "overall_share": 0.5}]},
        "lineage": [],
        "labels": [],
        "first_seen": date(2026, 3, 1),
        "last_seen": date(2026, 3, 2),
    }
    topic |= dict.fromkeys(("hidden", "pinned", "locked", "retired"), False) | {"merged_into": None}
    record = {
        "created_at": datetime(2026, 3, 1, tzinfo=UTC),
        "channel": evil,
        "language": evil,
        "version": evil,
    }
    record["pieces"] = pieces(evil, [{"start": 2, "end": 9}])
    signal = {"day": date(2026, 3, 1), "kind": "signal", "told": evil}
    event = {"event_id": 1, "at": datetime(2026, 3, 1, tzinfo=UTC), "author": evil, "in_words": evil}
    fields = [{"name": "channel", "title": evil, "options": [(evil, evil)], "chosen": evil}]
    values = {
        "who": WHO,
        "topic": topic,
        "stands": {"state": None, "events": []},
        "signals": [],
        "points": [{"start": date(2026, 3, 1), "records": 1, "all_records": 2}],
        "marked": [signal],
        "plotted": {"name": evil, "marks": [evil]},
        "records": {"records": [record], "next_cursor": None},
        "mentions": [quote],
        "known": [("T2", evil)],
        "said": [event | {"in_effect": True}],
        "done": evil,
        "failed": evil,
        "choices": {"periods": [], "days": "", "fields": fields, "custom": False, "names": (), "any": True},
        "plotly": "/static/plotly.min.js",
        "styles": "",
    }
    return render("topic.html", values, at=Address("/topics/T1", (("q", evil), ("channel", evil))))


@pytest.mark.parametrize("evil", EVIL)
def test_no_text_becomes_markup(evil: str) -> None:
    page, harmless = HTMLParser(shown(evil)), HTMLParser(shown("harmless"))
    assert [node.tag for node in page.root.traverse()] == [node.tag for node in harmless.root.traverse()]
    for node, other in zip(page.root.traverse(), harmless.root.traverse(), strict=True):
        assert list(node.attributes) == list(other.attributes)
        assert not [name for name in node.attributes if name.startswith("on") or name == "style"]
    assert page.css_first("h1").text() == evil
    assert page.css_first(".record mark").text() == evil[2:9]
    assert "".join(node.text() for node in page.css("#records ~ article p:last-child")) == evil


@pytest.mark.parametrize("evil", EVIL)
def test_what_scripts_are_given_cannot_end_its_element(evil: str) -> None:
    (script,) = HTMLParser(shown(evil)).css("script[type='application/json']")
    assert "<" not in script.text()


def test_a_report_is_one_file_without_scripts_or_anything_from_elsewhere() -> None:
    values = {
        "window": type("W", (), {"first": date(2026, 3, 1), "last": date(2026, 3, 7)}),
        "emerging": [],
        "growing": [],
        "rows": [],
        "compared": "",
        "totals": {"records": 0, "topics": 0},
    }
    page = HTMLParser(render("report.html", values, offline=True))
    assert page.css("script, link, img, iframe, [src]") == []
    assert len(page.css("style")) == 1
    assert [node for node in page.css("a") if node.attributes.get("href", "").startswith("http")] == []


@pytest.mark.parametrize(
    ("places", "marked"),
    [([], []), ([(0, 3)], ["abc"]), ([(4, 6), (1, 3)], ["bc", "ef"]), ([(0, 4), (2, 6)], ["abcd", "ef"])],
)
def test_a_text_is_cut_where_the_issue_is_spoken_of_and_nothing_is_lost(
    places: list[tuple[int, int]], marked: list[str]
) -> None:
    cut = pieces("abcdefgh", [{"start": start, "end": end} for start, end in places])
    assert "".join(piece["text"] for piece in cut) == "abcdefgh"
    assert [piece["text"] for piece in cut if piece["marked"]] == marked
