"""Sending all that is due: tries, order, and a bounded time whatever receivers do."""

from typing import Any

import pytest

from issuemine.alerts.delivery import Outcome, deliver
from issuemine.alerts.senders import sender_of
from issuemine.config import AlertsSettings
from issuemine.records import Delivery
from tests.issuemine.alerts.servers import Answer, dripping, free_port, hanging, receiving
from tests.issuemine.alerts.signals import delivery

QUICK = {"timeout_seconds": 0.3, "backoff_seconds": 0.01, "tries": 3}
ENOUGH = 30.0


def sent(
    urls: dict[str, str],
    messages: list[Delivery],
    *,
    seconds: float = ENOUGH,
    stop: bool = False,
    **more: Any,
) -> list[Outcome]:
    channels = {name: {"kind": "slack", "url": url} for name, url in urls.items()}
    settings = AlertsSettings.model_validate({"channels": channels} | QUICK | more)
    senders = {name: sender_of(name, settings, "en") for name in urls}
    return list(deliver(messages, senders, settings, seconds, lambda: stop))


def messages(*keys: str, channel: str = "ops") -> list[Delivery]:
    return [delivery(channel, key) for key in keys]


@pytest.mark.parametrize("first", [500, 429, hanging])
def test_what_fails_is_tried_again_at_once_with_the_same_key(first: Answer) -> None:
    with receiving(first, first, 200) as receiver:
        (outcome,) = sent({"ops": receiver.url}, messages("k1"))
    assert outcome.failure is None
    assert [request.headers["idempotency-key"] for request in receiver.requests] == ["k1"] * 3


def test_after_some_tries_it_is_left_for_later() -> None:
    with receiving(503) as receiver:
        (outcome,) = sent({"ops": receiver.url}, messages("k1"))
    assert (outcome.failure, len(receiver.requests)) == ("answered with HTTP status 503", 3)


def test_a_refusal_for_good_is_not_tried_again_at_once_and_does_not_stop_the_others() -> None:
    with receiving(400, 200) as receiver:
        first, second = sent({"ops": receiver.url}, messages("k1", "k2"))
    assert (first.failure, second.failure) == ("answered with HTTP status 400", None)
    assert len(receiver.requests) == 2


def test_a_receiver_in_trouble_is_spared_the_rest() -> None:
    with receiving(500, 500, 500, 200) as receiver:
        outcomes = sent({"ops": receiver.url}, messages("k1", "k2", "k3"))
    assert [outcome.delivery.key for outcome in outcomes] == ["k1"]
    assert len(receiver.requests) == 3


def test_a_receiver_that_asks_for_a_short_wait_is_tried_again_and_one_that_asks_for_a_long_one_is_not() -> (
    None
):
    with receiving((429, {"Retry-After": "1"}), 200) as receiver:
        (outcome,) = sent({"ops": receiver.url}, messages("k1"), timeout_seconds=2)
    assert outcome.failure is None
    with receiving((429, {"Retry-After": "600"}), 200) as receiver:
        (outcome,) = sent({"ops": receiver.url}, messages("k1"))
    assert len(receiver.requests) == 1
    assert outcome.wait is not None
    assert outcome.wait.total_seconds() == 600


@pytest.mark.parametrize("answer", [hanging, dripping])
def test_a_receiver_that_never_ends_holds_nobody_up_for_longer_than_is_set(answer: Answer) -> None:
    with receiving(answer) as bad, receiving(200) as good:
        both = [delivery("bad", "k1"), delivery("good", "k2"), delivery("good", "k3")]
        urls = {"bad": bad.url, "good": good.url}
        found = sent(urls, both, seconds=1.0, timeout_seconds=600)
        outcomes = {outcome.delivery.key: outcome.failure for outcome in found}
    assert outcomes == {"k1": "no answer in time", "k2": None, "k3": None}


def test_one_channel_that_is_not_there_does_not_stop_another() -> None:
    gone = f"http://127.0.0.1:{free_port()}/"
    with receiving(200) as good:
        found = sent({"gone": gone, "good": good.url}, [delivery("gone", "k1"), delivery("good", "k2")])
    assert {outcome.delivery.key: outcome.failure for outcome in found} == {"k1": "no connection", "k2": None}


def test_a_message_for_a_channel_that_the_settings_no_longer_have_fails() -> None:
    (outcome,) = sent({}, messages("k1"))
    assert outcome.failure == "the channel is not in the settings"


def test_a_stop_that_is_asked_for_ends_it_early() -> None:
    with receiving(hanging) as receiver:
        never = {"seconds": 100_000.0, "timeout_seconds": 100_000}
        outcomes = sent({"ops": receiver.url}, messages("k1", "k2"), stop=True, **never)
    assert all(outcome.failure == "no answer in time" for outcome in outcomes)


def test_a_message_that_cannot_be_written_does_not_stop_the_others() -> None:
    broken = Delivery(
        **{name: getattr(delivery(key="k1"), name) for name in Delivery.__dataclass_fields__}
        | {"contents": ({},)}
    )
    with receiving(200) as receiver:
        first, second = sent({"ops": receiver.url}, [broken, *messages("k2")])
    assert first.failure == "it could not be sent (KeyError)"
    assert second.failure is None
    assert len(receiver.requests) == 1
