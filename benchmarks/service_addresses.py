"""The addresses that the service is loaded with."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlencode

from benchmarks.service_world import AS_OF, TOPICS

KINDS = ("list", "detail", "trend", "breakdown", "search")
_FIRST = date(2023, 7, 1)
_DAYS = (7, 14, 28, 90, 180, 365, 730, 1096)
_FILTERS: dict[str, tuple[str, ...]] = {
    "language": ("en", "ko"),
    "channel": ("email", "web", "app", "phone", "chat"),
    "product": ("Wallet", "Card", "Loan", "Shop", "Travel", "Cloud"),
    "platform": ("ios", "android", "web"),
    "plan": ("free", "plus", "team", "business"),
    "region": ("eu", "us", "kr", "jp", "in", "br", "uk", "au"),
    "version": tuple(f"4.{number}" for number in range(24)),
    "attribute": ("country:DE", "country:KR", "country:US", "team:team 3"),
}
_WORDS = (
    "refund",
    "login",
    "code",
    "payment",
    "crash",
    "slow",
    "delivery",
    "card",
    "account",
    "declined",
    "update",
)
_MANY = 40_000


def fresh(kind: str, seed: int, *, search: bool = False, many: int = _MANY) -> list[str]:
    """Addresses of a kind, none twice."""
    rng = random.Random(f"{kind} {seed}")
    makers: dict[str, Callable[[random.Random], str]] = {
        "list": _list,
        "detail": _detail,
        "trend": _trend,
        "breakdown": _breakdown,
        "search": _search,
    }
    kinds = [kind] if kind != "mixed" else ["list"] * 3 + ["detail"] * 3 + ["trend"] * 2 + ["search"] * search
    found: dict[str, None] = {}
    while len(found) < many:
        found[makers[rng.choice(kinds)](rng)] = None
    return list(found)


def zipf(known: list[str], distinct: int = 500, seed: int = 2) -> list[str]:
    """Some of these addresses over and over, the n-th 1/n as often as the first."""
    weights = [1 / (place + 1) for place in range(distinct)]
    return random.Random(seed).choices(known[:distinct], weights, k=_MANY)


def _list(rng: random.Random) -> str:
    asked = _asked(rng) | {
        "sort": rng.choice(("count", "growth", "share")),
        "limit": rng.choice((10, 20, 50)),
    }
    return "/v1/topics?" + urlencode(asked, doseq=True)


def _detail(rng: random.Random) -> str:
    return f"/v1/topics/T{rng.randint(1, TOPICS)}?" + urlencode(_asked(rng), doseq=True)


def _breakdown(rng: random.Random) -> str:
    """The detail of the largest topics over years: what most records are broken down for."""
    asked = _asked(rng, days=(365, 730, 1096))
    return f"/v1/topics/T{rng.randint(1, 20)}?" + urlencode(asked, doseq=True)


def _trend(rng: random.Random) -> str:
    asked = _window(rng, _DAYS) | {"step": rng.choice(("day", "week", "month"))} | _language(rng)
    return f"/v1/topics/T{rng.randint(1, TOPICS)}/trend?" + urlencode(asked)


def _search(rng: random.Random) -> str:
    asked = {"q": " ".join(rng.sample(_WORDS, 3)) + f" {rng.randint(1, 10_000)}"} | _asked(rng)
    return "/v1/search?" + urlencode(asked, doseq=True)


def _asked(rng: random.Random, days: tuple[int, ...] = _DAYS) -> dict[str, object]:
    asked: dict[str, object] = dict(_window(rng, days)) | _language(rng)
    if rng.random() < 0.5:
        for name in rng.sample(list(_FILTERS), rng.choice((1, 1, 2))):
            asked[name] = (
                rng.sample(_FILTERS[name], rng.choice((1, 1, 2))) if name != "attribute" else "country:DE"
            )
    return asked


def _window(rng: random.Random, days: tuple[int, ...]) -> dict[str, str]:
    last = AS_OF - timedelta(days=rng.randint(0, 500))
    first = max(last - timedelta(days=rng.choice(days) - rng.randint(0, 3)), _FIRST)
    return {"first": first.isoformat(), "last": last.isoformat()}


def _language(rng: random.Random) -> dict[str, str]:
    return {"lang": "ko"} if rng.random() < 1 / 3 else {}
