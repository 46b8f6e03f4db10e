"""Texts: phrases with choices and slots, put together as people write them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_TYPO_SHARE = 0.06


@dataclass(frozen=True)
class Issue:
    """One kind of thing that records speak of, with what is planted in its history.

    ``rate`` is records a day for every 100. ``starts``, ``fixed`` and ``grows_after_release`` hold a
    moment as a share of the whole span; ``followed_by`` names the issue that some of its customers
    report some days later.
    """

    key: str
    intent: str
    rate: float
    texts: dict[str, tuple[str, ...]]
    starts: dict[str, Any] | None
    fixed: dict[str, Any] | None
    grows_after_release: dict[str, Any] | None
    followed_by: dict[str, Any] | None


@dataclass(frozen=True)
class Frame:
    """What stands around a message in one language."""

    greetings: tuple[str, ...]
    closings: tuple[str, ...]
    details: tuple[str, ...]
    names: tuple[str, ...]
    quoted: str
    joiners: tuple[str, ...]


@cache
def load() -> tuple[tuple[Issue, ...], dict[str, Frame]]:
    """The issues, and the frame of each language."""
    data = tomllib.loads((files("issuemine.sample") / "issues.toml").read_text(encoding="utf-8"))
    frames = {language: _frame(row) for language, row in data["frame"].items()}
    issues = tuple(
        Issue(
            key=row["key"],
            intent=row["intent"],
            rate=row["rate"],
            texts={language: tuple(row[language]) for language in frames},
            starts=row.get("starts"),
            fixed=row.get("fixed"),
            grows_after_release=row.get("grows_after_release"),
            followed_by=row.get("followed_by"),
        )
        for row in data["issue"]
    )
    return issues, frames


def _frame(row: dict[str, Any]) -> Frame:
    """A frame from its table of lists of texts."""
    parts: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
    }
    return Frame(**parts)


def phrase(issue: Issue, language: str, rng: np.random.Generator) -> str:
    """One sentence on an issue, its choices made and its order number filled in."""
    template = _pick(issue.texts[language], rng)
    text = _CHOICE.sub(lambda choice: _pick(tuple(choice.group(1).split("|")), rng), template)
    text = text.replace("{order}", f"{rng.integers(10**8, 10**9)}")
    text = re.sub(r"\s+([,?.])", r"\1", " ".join(text.split()))
    text = text if text[-1] in "?.!" else text + _pick((".", ".", "!", ""), rng)
    return _with_typo(text, rng) if rng.random() < _TYPO_SHARE and language == "en" else text


def message(sentences: list[str], frame: Frame, kind: str, rng: np.random.Generator) -> str:
    """The sentences as one message of a kind: a ticket has greeting, signature and maybe personal data."""
    text = sentences[0]
    for sentence in sentences[1:]:
        joiner = _pick(frame.joiners, rng)
        text += joiner + (sentence[0].lower() + sentence[1:] if joiner.strip() else sentence)
    if kind != "ticket":
        return text
    person = {
        "name": _pick(frame.names, rng),
        "email": f"customer{rng.integers(1000, 9999)}@example.com",
        "phone": f"010-{rng.integers(2000, 9999)}-{rng.integers(1000, 9999)}",
    }
    if rng.random() < 0.15:
        text += " " + _pick(frame.details, rng)
    if rng.random() < 0.6:
        text = f"{_pick(frame.greetings, rng)}\n\n{text}"
    if rng.random() < 0.5:
        text += "\n\n" + _pick(frame.closings, rng)
    if rng.random() < 0.1:
        text += frame.quoted
    return re.sub(r"\{(\w+)\}", lambda slot: person[slot.group(1)], text)


def _pick(options: tuple[str, ...], rng: np.random.Generator) -> str:
    return options[int(rng.integers(len(options)))]


def _with_typo(text: str, rng: np.random.Generator) -> str:
    """The text with two neighbouring letters of one word swapped."""
    places = [i for i in range(1, len(text) - 2) if text[i].isalpha() and text[i + 1].isalpha()]
    if not places:
        return text
    place = places[int(rng.integers(len(places)))]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
