"""Templates, with everything that they may call. What stands in a field is escaped, whatever it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from issuemine.messages import say, speaking
from issuemine.pages import charts, words
from issuemine.pages.address import Address


def render(
    template: str, values: Mapping[str, Any], *, at: Address | None = None, offline: bool = False
) -> str:
    """A page in the language in force.

    Parameters
    ----------
    template : str
        Name of a file under ``templates/``.
    values : mapping
        What it shows.
    at : Address, optional
        Where the reader is; default: the home page with nothing chosen.
    offline : bool, default False
        Make a file that stands alone: style within, no script, no links to other pages.
    """
    shared = {"at": at or Address("/"), "offline": offline, "lang": speaking()}
    return _environment().get_template(template).render(shared | dict(values))


@cache
def asset(name: str) -> tuple[bytes, str]:
    """A file of the page's own, and a short hash that names its content."""
    content = (files("issuemine.pages") / "static" / name).read_bytes()
    return content, hashlib.blake2b(content, digest_size=6).hexdigest()


def _style() -> str:
    return asset("page.css")[0].decode()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("issuemine.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "say": say,
        "words": words,
        "charts": charts,
        "style": _style,
        "version": lambda name: asset(name)[1],
    }
    made.filters |= {
        "day": words.day,
        "minute": words.minute,
        "percent": words.percent,
        "short": words.short,
        "number": lambda count: f"{count:,}",
    }
    return made
