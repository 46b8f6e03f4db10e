"""What a run found, in words and pictures for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from issuemine.errors import IssuemineError
from issuemine.messages import retell, say
from issuemine.records import DeliveryStatus, MappedFile, RunManifest
from issuemine.store.connection import Database
from issuemine.store.emerging import signals
from issuemine.store.snapshot import Snapshot
from issuemine.trends import sparkline
from pipelines.emerging import print_signals
from pipelines.listing import listing

_MANIFOLD = 4
"""From this growth on, a change is told as a multiple instead of in percent."""
_LINKED = 3
"""Most linked topics named under a topic."""


def print_mapping(console: Console, files: Sequence[MappedFile]) -> None:
    """Tell which column of each file became which field."""
    for file in files:
        told = say(
            "{rows:,} rows, {format}, {encoding}", rows=file.rows, format=file.format, encoding=file.encoding
        )
        if file.date_order:
            told += ", " + say("dates {order}", order=file.date_order)
        console.print(Text(file.file, style="bold") + Text(f"  {told}", style="not bold dim"))
        pairs = ", ".join(f"{field} ← {column}" for field, column in file.columns.items())
        console.print(Text(f"  {pairs}", style="dim"))
        if file.attributes:
            shown = ", ".join(file.attributes[:8]) + (" ..." if len(file.attributes) > 8 else "")
            console.print(Text("  " + say("attributes: {names}", names=shown), style="dim"))


def told_in_a_line(manifest: RunManifest) -> str:
    """One night of a replay."""
    told = manifest.stability
    return say(
        "{day}: {mentions:,} new mentions, {topics:,} topics, {born:.0f} born, {ended:.0f} ended",
        day=manifest.as_of,
        mentions=manifest.counts.get("new_mentions", 0),
        topics=manifest.counts.get("topics", 0),
        born=told.get("born", 0) + told.get("split_from", 0) + told.get("revived", 0),
        ended=told.get("retired", 0) + told.get("merged_into", 0),
    )


def print_alerts(
    console: Console, alerts: Mapping[str, int] | None, failure: IssuemineError | None = None
) -> None:
    """Tell what became of the alerts of a run, where there is anything to tell."""
    if failure is not None:
        console.print(
            Text(say("The alerts could not be sent: {reason}", reason=failure.message), style="red")
        )
        console.print(Text(say("They stay for later: issuemine alerts send"), style="dim"))
    elif alerts is not None and any(alerts[name] for name in ("sent_now", "failed_now", "held", "dead")):
        told = say(
            "Alerts: {sent:,} sent, {failed:,} failed and tried again later, {held:,} held until their hour.",
            sent=alerts["sent_now"],
            failed=alerts["failed_now"],
            held=alerts["held"],
        )
        console.print(told)
        if alerts[DeliveryStatus.DEAD]:
            console.print(
                say(
                    "Messages that were given up: {dead:,}. See: issuemine alerts list --status dead",
                    dead=alerts[DeliveryStatus.DEAD],
                )
            )


def print_summary(console: Console, snapshot: Snapshot, growth_days: int, top: int) -> None:
    """Tell the top issues, then what is unassigned and what was rejected and why."""
    print_topics(console, snapshot, growth_days, top)
    info = snapshot.info
    news = signals(snapshot.database, info["as_of"], info["as_of"], news=True)
    if news:
        console.print(Text(say("What emerges"), style="bold"))
        print_signals(console, news)
        console.print()
    share = info["unassigned_mentions"] / max(info["mentions"], 1)
    console.print(
        say(
            "{unassigned:,} of {mentions:,} mentions ({share:.1%}) belong to no topic yet; they are kept and "
            "looked at again at the next run.",
            unassigned=info["unassigned_mentions"],
            mentions=info["mentions"],
            share=share,
        )
    )
    print_rejects(console, snapshot.database, snapshot.snapshot_id)
    console.print(Text(say("Look closer: issuemine topics --top 50, or issuemine serve"), style="dim"))


def print_topics(console: Console, snapshot: Snapshot, growth_days: int, top: int) -> None:
    """Print the list of top issues."""
    found = listing(snapshot, growth_days, top)
    if not found["topics"]:
        console.print(
            say(
                "No recurring issue was found. Topics need at least discover.min_topic_size records that "
                "speak of the same thing: add more records, or lower that setting."
            )
        )
        return
    console.print(Text(_title(found), style="bold"))
    widest = max(len(f"{topic['records']:,}") for topic in found["topics"])
    for rank, topic in enumerate(found["topics"], start=1):
        _print_topic(console, rank, topic, widest)
    console.print()
    if found["hidden_topics"]:
        console.print(
            say("Topics left out as mostly praise or small talk: {topics:,}.", topics=found["hidden_topics"])
        )


def _print_topic(console: Console, rank: int, topic: dict[str, Any], widest: int) -> None:
    """The figures beside the label, and under it a quote and the topics that seem to be the same issue."""
    head = Text.assemble(
        ("\n" + f"{rank:>3}  ", "dim"),
        (f"{topic['records']:>{widest},}", "bold"),
        (f"  {topic['share']:>5.1%}  ", ""),
        (sparkline(topic["trend"]).ljust(12), "cyan"),
        "  ",
        _change(topic),
        "  ",
        (topic["label"], "bold"),
        (f"  {topic['topic_id']}", "dim"),
    )
    console.print(head, no_wrap=True, overflow="ellipsis", highlight=False)
    if topic["quotes"]:
        room = max(console.width, 60) - 10
        line = _short(topic["quotes"][0]["text"], 2 * room)
        console.print(Padding(Text(f"“{line}”", style="dim italic"), (0, 0, 0, 5)), highlight=False)
    if topic["linked"]:
        shown = ", ".join(f"{other['topic_id']} {other['label']}" for other in topic["linked"][:_LINKED])
        more = " ..." if len(topic["linked"]) > _LINKED else ""
        console.print(Text(f"     ≈ {shown}{more}", style="dim"), no_wrap=True, overflow="ellipsis")


def print_history(console: Console, manifest: RunManifest) -> None:
    """Tell what the run did to days that were told before: records that came late, and a restatement."""
    late, moved = (manifest.counts.get(name) for name in ("late_records", "restated_mentions"))
    if late:
        console.print(say("Records that came in late, counted on their own days: {late:,}.", late=late))
    if sent := manifest.counts.get("inbox_records"):
        console.print(say("Records that were sent to the service since the last run: {sent:,}.", sent=sent))
    if damaged := manifest.counts.get("inbox_damaged"):
        told = say("Posts of the inbox that were damaged and put aside: {damaged:,}.", damaged=damaged)
        console.print(Text(told, style="red"))
    if ahead := manifest.counts.get("future_records"):
        told = say("Records dated in the future, which do not count until that day: {ahead:,}.", ahead=ahead)
        console.print(told)
    if (without := manifest.counts.get("days_without_exposure")) is not None:
        told = say(
            "Exposure was told of {known:,} days; on {without:,} days counts are out of all records.",
            known=manifest.counts["exposure_days"],
            without=without,
        )
        console.print(told)
    if moved is not None:
        told = say("Past days were restated: {mentions:,} mentions moved to another topic.", mentions=moved)
        console.print(told)


def print_rejects(console: Console, database: Database, run_id: str) -> None:
    """Tell how many rows of a run were rejected, and the most frequent reasons with an example's place."""
    rows = database.table("read/rejects", {"run_id": run_id}).to_pylist()
    if not rows:
        console.print(say("No row was rejected."))
        return
    console.print(say("Rows that were rejected or only partly used: {rows:,}", rows=len(rows)))
    reasons = Counter((row["field"], row["reason"]) for row in rows)
    for (field, reason), count in reasons.most_common(5):
        first = next(row for row in rows if (row["field"], row["reason"]) == (field, reason))
        why = f"{field}: {retell(reason)}" if field else retell(reason)
        place = say("first: {file}, row {row}", file=first["file"], row=first["row"])
        console.print(f"  {count:,} × {why} ({place})", markup=False)


def _title(found: dict[str, Any]) -> str:
    return say(
        "Top recurring issues in {records:,} records up to {day} ({topics:,} topics)",
        records=found["records"],
        day=found["as_of"],
        topics=found["all_topics"],
    )


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + " …"


def _change(topic: dict[str, Any]) -> Text:
    """Change of the topic's rate over the growth window; grey where the counts are too small to say."""
    if topic["recent"] + topic["previous"] < 10:
        return Text("      –", style="dim")
    if topic["previous"] == 0:
        return Text(say("new").rjust(7), style="red")
    if topic["growth"] >= _MANIFOLD:
        return Text(f"{'×' + format(topic['growth'], '.0f'):>7}", style="red")
    percent = (topic["growth"] - 1) * 100
    style = "red" if percent > 25 else "green" if percent < -25 else "dim"
    return Text(f"{percent:+5.0f} %", style=style)
