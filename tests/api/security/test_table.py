"""Every route, asked by everybody: the table of outcomes is made by walking the routes, and judged."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.security.roles import ANYONE, SIGNED, Needs, needs
from api.security.routes import Door, doors
from issuemine.config import ApiSettings, Settings
from issuemine.records_access import Role
from tests.api.hooks.signing import SECRETS, hooks, signed
from tests.api.worlds import World, world

DOORS = doors(create_app(Path("nowhere"), Settings()))
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ASKED = [
    (door, method) for door in DOORS for method in METHODS if door.methods is None or method in door.methods
]
WHO = (
    *map(str, Role),
    "no key",
    "wrong key",
    "expired",
    "revoked",
    "signed in",
    "cookie of another installation",
    "signed by its helpdesk",
    "signed by another helpdesk",
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    # The table asks more often than one key or address may otherwise.
    settings = Settings(api=ApiSettings(rate_limit="100000/second"), hooks=hooks())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.security.limiting._REFUSALS", "100000/second")
        with world(tmp_path_factory.mktemp("here") / "var", settings) as made:
            yield made


@pytest.fixture(scope="module")
def cookies(here: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Cookies of somebody who signed in here as a curator, and of an admin of another installation."""
    with world(tmp_path_factory.mktemp("there") / "var") as there:
        return {
            "signed in": cookie(here, "curator"),
            "cookie of another installation": cookie(there, "admin"),
        }


def cookie(of: World, name: str) -> str:
    answer = of.client.post("/sign-in", data={"key": of.keys[name]})
    assert answer.status_code == 303
    found = of.client.cookies["issuemine_session"]
    of.client.cookies.clear()
    return found


def ask(here: World, cookies: dict[str, str], door: Door, method: str, who: str) -> int:
    """Status of an answer; a write has no body, so that what is let in is told that it does not fit.

    Other routes than helpdesks' are sent a signature too, which opens none of them.
    """
    path = re.sub(r"\{[^}]*\}", "1", door.path)
    headers = {"Accept": "application/json"}
    if who in here.keys:
        headers |= here.by(who)
    elif who == "wrong key":
        headers["Authorization"] = here.by("admin")["Authorization"][:-4] + "AAAA"
    elif who in cookies:
        headers["Cookie"] = f"issuemine_session={cookies[who]}"
    elif who.startswith("signed by"):
        own = door.needs.signed_by if door.needs is not None and door.needs.signed_by else "zendesk"
        for vendor in SECRETS:
            if (vendor == own) == (who == "signed by its helpdesk"):
                headers |= signed(vendor, b"")
    return here.client.request(method, path, headers=headers).status_code


def expected(asked: Needs, method: str, who: str) -> int | None:
    """Status of a refusal; None where the request is let in."""
    if asked.role == ANYONE:
        return None
    if asked.role == SIGNED:
        return None if who == "signed by its helpdesk" else 401
    if who == "signed in":
        # A write by cookie alone has no page's token.
        return (None if method == "GET" else 403) if Role.CURATOR.may(asked.role) else 403
    if who not in set(Role):
        return 401
    return None if Role(who).may(asked.role) else 403


def test_every_route_says_which_role_it_asks_for() -> None:
    assert [door.path for door in DOORS if door.needs is None] == []


def test_every_route_answers_only_those_that_it_may(here: World, cookies: dict[str, str]) -> None:
    rows, wrong = [], []
    for door, method in ASKED:
        assert door.needs is not None
        outcomes = []
        for who in WHO:
            status = ask(here, cookies, door, method, who)
            want = expected(door.needs, method, who)
            let_in = status not in (401, 403) or (door.path == "/sign-in" and status == 401)
            if (want is None and not let_in) or (want is not None and status != want):
                wrong.append((door.path, method, who, status, want))
            outcomes.append("in" if want is None and let_in else str(status))
        rows.append(f"| {method} {door.path} | {door.needs.role} | {' | '.join(outcomes)} |")
    head = f"| route | asks for | {' | '.join(WHO)} |\n|{'---|' * (len(WHO) + 2)}"
    table = "\n".join((head, *rows)) + "\n"
    if folder := os.environ.get("ISSUEMINE_TEST_ARTEFACTS"):
        (Path(folder) / "access.md").write_text(table, encoding="utf-8")
    sys.stdout.write(table)
    assert wrong == []


def test_a_route_that_does_not_say_what_it_asks_for_is_open_to_nobody(here: World) -> None:
    app = here.client.app
    assert isinstance(app, FastAPI)
    fresh = create_app(here.layout.folder, Settings())

    @fresh.get("/v1/forgotten")
    def forgotten() -> str:
        return "open"

    @fresh.get("/v1/late")
    @needs(Role.READER)
    def late() -> str:
        return "in"

    client = TestClient(fresh)
    assert client.get("/v1/forgotten", headers=here.by("admin")).status_code == 403
    assert client.get("/v1/late", headers=here.by("reader")).json() == "in"
    assert client.get("/v1/late").status_code == 401
