"""What the page of the search shows."""

from __future__ import annotations

from typing import Any

from api.search import service
from api.search.service import By, Engine, Query
from api.web.asking import Asked
from api.web.home import all_topics, with_series
from api.web.topic import pieces
from issuemine.messages import say

_LONGEST = 500
_TOPICS, _MENTIONS = 10, 20


def found(asked: Asked, engine: Engine) -> dict[str, Any]:
    """Issues and passages that fit what was typed in, the best first; nothing where nothing was."""
    text = asked.at.value("q").strip()[:_LONGEST]
    by = asked.at.value("by") if asked.at.value("by") in list(By) else By.BOTH.value
    chosen = {"choices": asked.choices, "window": asked.window, "by": by, "ways": _ways(), "told": None}
    if not text:
        return chosen | {"rows": [], "mentions": []}
    query = Query(text, asked.window, asked.filters, By(by))
    ranking = service.ranked(asked.read, engine, query, service.VOTERS)
    topics = service.topics(asked.read, engine, ranking, _TOPICS)
    mentions = service.mentions(asked.read, engine, ranking, _MENTIONS)
    known = {
        row["topic_id"]: row
        for row in all_topics(asked.read, asked.window, asked.filters, hidden=True)["topics"]
    }
    rows = [
        known[row["topic_id"]] | {"quote_pieces": pieces(row["quote"]["text"], row["quote"]["marks"])}
        for row in topics["topics"]
        if row["topic_id"] in known
    ]
    with_series(asked.read, asked.window, asked.filters, rows)
    for mention in mentions["mentions"]:
        mention["pieces"] = pieces(mention["text"], mention["marks"])
    if mentions["by"] != by:
        chosen["told"] = say("This snapshot is searched by words alone. The next run adds the meaning.")
    return chosen | {"rows": rows, "mentions": mentions["mentions"]}


def _ways() -> list[tuple[str, str]]:
    return [
        (By.BOTH.value, say("By words and meaning")),
        (By.WORDS.value, say("By words")),
        (By.MEANING.value, say("By meaning")),
    ]
