"""What came before: how often a sequence of topics is named where there is none, and which ones are found.

Each world has 3,000 customers, most of whom write seldom and a few every other day, 40 topics with shares
that differ and drift, a topic that bursts for a day, customers who mostly write of one topic of their own,
and contacts that are repeated until they are settled. Nothing follows anything in it; then one to three
sequences are planted: a share of the contacts about a topic is followed by another one after half a day to 12
days. Background is the number of contacts that the planted pair has without it. Run
``python -m benchmarks.causes_preceding [--worlds 300] [--seed 0] [--speed 1000000]``.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from benchmarks.causes_tables import memory
from issuemine.causes.preceding import Sequence, sequences
from issuemine.store.sequences import sequence_counts

DAYS, TOPICS, WITHIN, LEAST = 180, 40, 14, 10
FIRST = np.datetime64("2026-01-01T00:00:00", "us")
LIFTS = ((1.2, 2.0), (2.0, 4.0), (4.0, 8.0), (8.0, np.inf))
PLANTED = ((5, 15), (15, 30), (30, 100), (100, 10**9))


@dataclass
class World:
    """Contacts: customer, moment in days, topic."""

    customer: np.ndarray
    at: np.ndarray
    topic: np.ndarray

    def with_more(self, customer: np.ndarray, at: np.ndarray, topic: np.ndarray) -> World:
        """The same contacts and others; what lies beyond the last day is left out."""
        kept = at < DAYS
        return World(
            np.concatenate([self.customer, customer[kept]]),
            np.concatenate([self.at, at[kept]]),
            np.concatenate([self.topic, topic[kept]]),
        )


def world(generator: np.random.Generator, customers: int = 3_000) -> World:
    """Contacts among which no topic follows another."""
    often = np.minimum(generator.pareto(1.5, customers), 60.0)
    customer = np.repeat(np.arange(customers), generator.poisson(1 + often))
    at = generator.uniform(0, DAYS, len(customer))
    shares = generator.dirichlet(np.full(TOPICS, 1.0))
    drift = np.exp(generator.normal(0, 0.5, (2, TOPICS)))
    early, late = (shares * each / (shares * each).sum() for each in drift)
    topic = np.where(
        generator.random(len(at)) < at / DAYS,
        generator.choice(TOPICS, len(at), p=late),
        generator.choice(TOPICS, len(at), p=early),
    )
    own = generator.choice(TOPICS, customers, p=shares)
    loyal = (generator.random(customers) < 0.2)[customer] & (generator.random(len(at)) < 0.5)
    topic = np.where(loyal, own[customer], topic)
    burst = generator.choice(customers, customers // 20, replace=False)
    found = World(customer, at, topic).with_more(
        burst,
        generator.uniform(60, 61, len(burst)),
        np.full(len(burst), int(generator.integers(TOPICS))),
    )
    again = np.flatnonzero(generator.random(len(found.at)) < 0.15)
    later = found.at[again] + generator.exponential(3, len(again))
    return found.with_more(found.customer[again], later, found.topic[again])


def planted(
    generator: np.random.Generator, contacts: World
) -> tuple[World, dict[tuple[int, int], tuple[int, int]]]:
    """The contacts with one to three sequences, and how many contacts each planted over what background."""
    truth = {}
    whole = contacts
    for _ in range(int(generator.integers(1, 4))):
        first, then = (int(each) for each in generator.choice(TOPICS, 2, replace=False))
        places = np.flatnonzero(contacts.topic == first)
        places = places[generator.random(len(places)) < np.exp(generator.uniform(np.log(0.03), np.log(0.5)))]
        later = contacts.at[places] + generator.uniform(0.5, 1.0) * generator.uniform(1, 12, len(places))
        truth[(first, then)] = (int((later < DAYS).sum()), background(contacts, first, then))
        whole = whole.with_more(contacts.customer[places], later, np.full(len(places), then))
    return whole, truth


def background(contacts: World, first: int, then: int) -> int:
    """Contacts about a topic by customers who wrote of the other one in the days before; one by one."""
    moments: dict[int, list[float]] = {}
    for place in np.flatnonzero(contacts.topic == first):
        moments.setdefault(int(contacts.customer[place]), []).append(float(contacts.at[place]))
    return sum(
        any(0 < contacts.at[place] - at <= WITHIN for at in moments.get(int(contacts.customer[place]), ()))
        for place in np.flatnonzero(contacts.topic == then)
    )


def found(contacts: World) -> list[Sequence]:
    """Sequences named."""
    ids = np.char.mod("r%08d", np.arange(len(contacts.at)))
    moments = FIRST + (contacts.at * 86_400e6).astype("timedelta64[us]")
    records = pa.table(
        {
            "record_id": ids,
            "customer_ref": np.char.mod("c%d", contacts.customer),
            "created_at": pa.array(moments).cast(pa.timestamp("us", tz="UTC")),
            "day": pa.array(moments.astype("datetime64[D]")),
            "language": np.full(len(ids), "en"),
            "counted": np.ones(len(ids), dtype=bool),
        }
    )
    with memory() as database:
        database.create("records", records)
        database.create("mentions", pa.table({"mention_id": ids, "record_id": ids}))
        topics = np.char.mod("T%d", contacts.topic)
        database.create("shown_assignments", pa.table({"mention_id": ids, "topic_id": topics}))
        last = (FIRST + np.timedelta64(DAYS, "D")).astype("datetime64[D]").item()
        return sequences(sequence_counts(database, last, days=WITHIN, least=LEAST), least=LEAST)


def null(worlds: int, seed: int) -> None:
    """How often anything is named where nothing follows anything."""
    best: Counter[str] = Counter()
    for number in range(worlds):
        strengths = [each.strength for each in found(world(np.random.default_rng([seed, number])))]
        order = ("strong", "moderate", "weak")
        best[min(strengths, key=order.index) if strengths else "none"] += 1
    wrong = best["strong"] + best["moderate"]
    print(f"{worlds} worlds without: " + ", ".join(f"{name} {count}" for name, count in best.most_common()))
    print(f"moderate or better: {wrong} ({wrong / worlds:.1%})", flush=True)


def recall(worlds: int, seed: int) -> None:
    """Planted sequences that are named, and how many of those named were planted."""
    cells: dict[tuple[int, int], list[bool]] = {}
    right, named, firm_right, firm = 0, 0, 0, 0
    for number in range(worlds):
        generator = np.random.default_rng([seed, number, 1])
        contacts, truth = planted(generator, world(generator))
        told = {(int(each.topic_id[1:]), int(each.next_id[1:])): each for each in found(contacts)}
        named += len(told)
        right += len(told.keys() & truth.keys())
        sure = {pair for pair, each in told.items() if each.strength != "weak"}
        firm += len(sure)
        firm_right += len(sure & truth.keys())
        for pair, (count, before) in truth.items():
            lift = (count + before) / max(before, 1)
            row = next((place for place, (low, high) in enumerate(LIFTS) if low <= lift < high), None)
            column = next((place for place, (low, high) in enumerate(PLANTED) if low <= count < high), None)
            if row is not None and column is not None:
                cells.setdefault((row, column), []).append(pair in told)
    print(f"{worlds} worlds with sequences; recall by lift and planted contacts")
    names = [f"{low} to {high}" if high < 10**9 else f"{low} or more" for low, high in PLANTED]
    print("lift        " + "".join(f"{name:>14}" for name in names))
    for row, (low, high) in enumerate(LIFTS):
        outcomes = [cells.get((row, column), []) for column in range(len(PLANTED))]
        line = "".join(f"{f'{sum(each)}/{len(each)}':>14}" for each in outcomes)
        print(f"{low:.1f} to {high:<5.1f}{line}")
    print(f"precision: {right}/{named}; moderate or better {firm_right}/{firm}", flush=True)


def speed(records: int, seed: int) -> None:
    """Seconds and memory of many contacts."""
    contacts = world(np.random.default_rng(seed), customers=int(records / 4.5))
    start = time.perf_counter()
    count = len(found(contacts))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"{len(contacts.at):,} contacts, {TOPICS} topics: {time.perf_counter() - start:.1f} s with loading, "
        f"most memory {peak:.1f} GiB, {count} sequences"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--speed", type=int, default=1_000_000)
    arguments = parser.parse_args()
    null(arguments.worlds, arguments.seed)
    recall(arguments.worlds, arguments.seed)
    if arguments.speed:
        speed(arguments.speed, arguments.seed)


if __name__ == "__main__":
    main()
