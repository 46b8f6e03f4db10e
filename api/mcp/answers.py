"""Answers for assistants: what the API tells, without what would only fill a context window."""

from __future__ import annotations

from typing import Any

from api.causes.service import topic_causes
from api.compare import service as comparisons
from api.compare.asking import Side
from api.deps import Reading
from api.search import service as searches
from api.search.service import Engine, Query
from api.signals.service import list_signals, topic_signals
from api.topics.service import list_topics, topic_records
from api.topics.service import topic_detail as whole_topic
from api.trends.service import trend
from issuemine.messages import say
from issuemine.pages import words
from issuemine.store.causes import Segment
from issuemine.store.emerging import states
from issuemine.store.reading import Filters, Window

_QUOTE = 200
_TEXT = 400
_VALUES = 3
_ISSUES = 5
_BY_WEEK = 60
"""Days from which on a trend is told by week, and not by day."""


def top_issues(
    read: Reading, window: Window, filters: Filters, *, sort: str, intent: str | None, limit: int
) -> dict[str, Any]:
    """The issues with most records, or that grow most."""
    found = list_topics(
        read,
        window,
        filters,
        sort=sort,
        intent=intent,
        least_intent=0.25,
        include_hidden=False,
        limit=limit,
        after=None,
    )
    stands = states(read.database)
    return _of(read, window) | {
        "issues": [
            _named(row)
            | {name: row[name] for name in ("records", "share", "growth")}
            | {
                "change": words.change(row)[0],
                "state": stands.get(row["topic_id"], {}).get("state"),
                "languages": row["languages"],
                "quote": words.short(row["quote"] or "", _QUOTE),
            }
            for row in found["topics"]
        ],
        "more_issues": found["next_cursor"] is not None,
        "left_out_as_praise_or_other": found["hidden_topics"],
        "change_compares_days": window.growth_days,
    }


def issue_detail(
    read: Reading, topic_id: str, window: Window, filters: Filters, *, records: int
) -> dict[str, Any]:
    """One issue: how many, since when, for whom, in whose words."""
    topic = whole_topic(read, topic_id, window, filters)
    days = (window.last - window.first).days + 1
    step = "day" if days <= _BY_WEEK else "week"
    found = topic_records(read, topic_id, window, filters, records, None) if records else {"records": []}
    stands = topic_signals(read, topic_id, window)
    counts = ("records", "share", "growth", "first_seen", "last_seen", "hidden", "retired", "merged_into")
    return (
        _of(read, window)
        | _named(topic)
        | {name: topic[name] for name in counts}
        | {
            "change": words.change(topic)[0],
            "state": stands["state"],
            "state_since": stands["since"],
            "keywords": [keyword["word"] for keyword in topic["keywords"]],
            "quotes": [words.short(quote["text"], _QUOTE) for quote in topic["quotes"]],
            "trend": {
                "step": step,
                # By all records: the API tells trends without filters too.
                "points": [
                    [point["start"].isoformat(), point["records"]]
                    for point in trend(read, topic_id, window, step)["points"]
                ],
            },
            "who": {
                name: [
                    {"value": row["value"], "share": row["share"], "overall_share": row["overall_share"]}
                    for row in rows[:_VALUES]
                ]
                for name, rows in topic["breakdowns"].items()
            },
            "same_issue_in_other_languages": [_named(other) for other in topic["linked"]],
            "became": [words.became(event) for event in topic["lineage"]],
            "latest_records": [
                {
                    "record_id": row["record_id"],
                    "at": row["created_at"],
                    "channel": row["channel"],
                    "text": words.short(row["text"], _TEXT),
                }
                for row in found["records"]
            ],
        }
    )


def emerging(read: Reading, window: Window, *, limit: int) -> dict[str, Any]:
    """What came up more than its past explains, the newest first."""
    found = list_signals(read, window, news=True, limit=limit, after=None)
    return _of(read, window) | {
        "signals": [
            {
                "day": row["day"],
                "topic_id": row["topic_id"],
                "about": words.called(row),
                "state": row["state"],
                "severity": row["severity"],
                "told": words.in_figures(row),
                "made_of": words.nature(row["nature"]) or None,
                "quotes": [words.short(quote["text"], _QUOTE) for quote in row["quotes"][:2]],
                "page": f"/topics/{row['topic_id']}" if row["topic_id"] else None,
            }
            for row in found["signals"]
        ],
        "more_signals": found["next_cursor"] is not None,
        "message": say("Nothing stands out.") if not found["signals"] else None,
    }


def why(read: Reading, topic_id: str, window: Window, filters: Filters) -> dict[str, Any]:
    """What is different about an issue, in sentences, each with how sure it is."""
    found = topic_causes(read, Segment(topic_id, filters), window, "others")
    return _of(read, window) | {
        "topic_id": topic_id,
        "page": f"/topics/{topic_id}",
        "message": found["message"],
        "candidates": [
            {name: row[name] for name in ("sentence", "basis", "strength", "records_url")}
            for row in found["candidates"]
        ],
        "since": [
            {"sentence": row["sentence"], "strength": row["strength"], "day": row["day"]}
            | {"fits": [fit["sentence"] for fit in row["candidates"]]}
            for row in found["changes"]
        ],
        "since_message": found["changes_message"],
        "new_phrases": [row["phrase"] for row in found["phrases"]],
        "comes_after": [row["sentence"] for row in found["sequences"]["before"]],
        "is_followed_by": [row["sentence"] for row in found["sequences"]["next"]],
    }


def search_feedback(read: Reading, engine: Engine, query: Query, *, limit: int) -> dict[str, Any]:
    """What customers wrote that fits a query, and the issues that they spoke of."""
    ranking = searches.ranked(read, engine, query, searches.VOTERS)
    issues = searches.topics(read, engine, ranking, _ISSUES)["topics"]
    found = searches.mentions(read, engine, ranking, limit)
    return _of(read, query.window) | {
        "found_by": found["by"],
        "words_looked_for": found["words"],
        "issues": [
            _named(row)
            | {"passages_among_the_best": row["mentions"], "hidden_as_praise_or_other": row["hidden"]}
            for row in issues
        ],
        "passages": [
            {
                "record_id": row["record_id"],
                "day": row["day"],
                "channel": row["channel"],
                "language": row["language"],
                "text": words.short(row["text"], _TEXT),
                "issue": _named(row["topic"]) if row["topic"] else None,
            }
            for row in found["mentions"]
        ],
        "more_passages": found["next"] is not None,
        "message": None if found["mentions"] else say("No passage fits."),
    }


def compare(read: Reading, sides: tuple[Side, Side], *, limit: int) -> dict[str, Any]:
    """Two periods or groups: what differs most, with intervals."""
    found = comparisons.compare(read, sides, limit=limit)
    figures = ("records", "other_records", "ratio", "low", "high", "q_value", "strength", "sentence")
    return {
        "snapshot": found["snapshot"],
        "first": found["sides"][0],
        "second": found["sides"][1],
        "message": found["message"],
        "issues": [_named(row) | {name: row[name] for name in figures} for row in found["topics"]],
        "more_issues": found["next_cursor"] is not None,
    }


def _of(read: Reading, window: Window) -> dict[str, Any]:
    """Which snapshot and days an answer is of."""
    return {"snapshot": read.snapshot.snapshot_id, "first": window.first, "last": window.last}


def _named(row: dict[str, Any]) -> dict[str, Any]:
    """An issue by its id, its label, and the address of its page."""
    return {"topic_id": row["topic_id"], "label": row["label"], "page": f"/topics/{row['topic_id']}"}
