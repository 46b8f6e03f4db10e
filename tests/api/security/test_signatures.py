"""Signatures of helpdesks: only what one of the secrets has signed, as it came and lately, is let in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from issuemine.config import HooksSettings, Settings
from issuemine.store.operational import writes
from tests.api.hooks.signing import SECRETS, hooks, signed
from tests.api.worlds import World, world

BODY = b'{"type": "zen:event-type:user.created", "topic": "ping", "event": "webwidget_triggered"}'
VENDORS = tuple(SECRETS)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.security.limiting._REFUSALS", "100000/second")
        with world(tmp_path_factory.mktemp("here") / "var", Settings(hooks=hooks())) as made:
            yield made


def post(here: World, vendor: str, body: bytes, headers: dict[str, str]) -> int:
    return here.client.post(f"/v1/hooks/{vendor}", content=body, headers=headers).status_code


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_a_helpdesk_has_signed_is_let_in(here: World, vendor: str) -> None:
    assert post(here, vendor, BODY, signed(vendor, BODY)) == 202


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_secret_before_holds_while_it_is_replaced(here: World, vendor: str) -> None:
    assert post(here, vendor, BODY, signed(vendor, BODY, "the-one-before")) == 202


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_body_that_was_changed_on_the_way_is_refused(here: World, vendor: str) -> None:
    assert post(here, vendor, BODY + b" ", signed(vendor, BODY)) == 401


@pytest.mark.parametrize("vendor", VENDORS)
def test_another_secret_or_none_is_refused(here: World, vendor: str) -> None:
    assert post(here, vendor, BODY, signed(vendor, BODY, "somebody-else")) == 401
    assert post(here, vendor, BODY, {}) == 401
    garbled = [(name, "ü".encode("latin-1")) for name in signed(vendor, BODY)]
    answer = here.client.post(f"/v1/hooks/{vendor}", content=BODY, headers=garbled)  # type: ignore[arg-type]
    assert answer.status_code == 401


@pytest.mark.parametrize("vendor", VENDORS)
def test_neither_key_nor_cookie_opens_a_webhook(here: World, vendor: str) -> None:
    assert post(here, vendor, BODY, here.by("admin")) == 401


@pytest.mark.parametrize("vendor", ["zendesk", "chatwoot"])
@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_signature_of_another_time_is_refused(here: World, vendor: str, minutes: int) -> None:
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    assert post(here, vendor, BODY, signed(vendor, BODY, at=at)) == 401
    assert post(here, vendor, BODY, signed(vendor, BODY, time="soon")) == 401
    assert post(here, vendor, BODY, signed(vendor, BODY, time="9" * 40)) == 401


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_helpdesk_without_a_secret_has_no_address(tmp_path: Path, vendor: str) -> None:
    with world(tmp_path / "var") as here:
        answer = here.client.post(f"/v1/hooks/{vendor}", content=BODY, headers=signed(vendor, BODY))
        assert answer.status_code == 404
        assert f"hooks.{vendor}" in answer.json()["detail"]


def test_a_page_of_another_site_in_a_browser_matters_as_little_as_a_cookie(here: World) -> None:
    headers = signed("zendesk", BODY) | {
        "Origin": "https://acme.zendesk.com",
        "Cookie": "issuemine_session=x",
    }
    assert post(here, "zendesk", BODY, headers) == 202


def test_what_is_refused_leaves_no_line_in_the_audit_log_and_what_is_let_in_does(here: World) -> None:
    before = writes.audit(here.store, 1, None)
    post(here, "zendesk", BODY, {})
    assert writes.audit(here.store, 1, None) == before
    post(here, "zendesk", BODY, signed("zendesk", BODY))
    (entry,) = writes.audit(here.store, 1, None)
    assert (entry.who, entry.role, entry.key_id, entry.status) == ("zendesk", "ingester", None, 202)
    assert entry.changed["outcome"] == "ignored"


def test_a_helpdesk_may_send_so_often_and_strangers_do_not_use_that_up(tmp_path: Path) -> None:
    often = hooks(rate_limit="3/minute")
    with world(tmp_path / "var", Settings(hooks=often)) as here:
        for _ in range(5):
            assert post(here, "zendesk", BODY, {}) == 401
        statuses = [post(here, "zendesk", BODY, signed("zendesk", BODY)) for _ in range(4)]
        assert statuses == [202, 202, 202, 429]
        assert post(here, "intercom", BODY, signed("intercom", BODY)) == 202


def test_secrets_are_never_shown() -> None:
    settings = HooksSettings(zendesk=(SecretStr("a-long-secret"),))
    assert "a-long-secret" not in f"{settings!r}{settings.model_dump_json()}"
