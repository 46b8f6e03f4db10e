"""Sending what is due: every channel by itself, with a few quick tries, within a bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from queue import Empty, Queue
from threading import Thread

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
)

from issuemine.alerts.senders import Sender, SendFailure
from issuemine.config import AlertsSettings
from issuemine.messages import mark
from issuemine.records import Delivery

_LOOK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt to send ended: sent, or failed with a reason; the rest is as of ``SendFailure``."""

    delivery: Delivery
    failure: str | None = None
    wait: timedelta | None = None
    passing: bool = False


def deliver(
    deliveries: Sequence[Delivery],
    senders: Mapping[str, Sender],
    settings: AlertsSettings,
    seconds: float,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """Send deliveries; yields how each that was tried ended, as soon as that is known.

    Channels are served beside one another, each in the order of its deliveries. Where a receiver is in
    trouble, the rest of its channel is left for later; where it refuses one message for good, the others
    are still tried. What was not tried is not told of. A try that is under way when the time is up counts
    as failed.

    Parameters
    ----------
    deliveries : sequence of Delivery
        What is due.
    senders : mapping of str to Sender
        By channel; a delivery by any other channel fails.
    settings : AlertsSettings
        Tries and their patience.
    seconds : float
        Bounds all of it, whatever receivers and libraries do.
    stopped : callable, optional
        Asked now and then whether to end early.
    """
    deadline = time.monotonic() + seconds
    results: Queue[Outcome | str] = Queue()
    under_way: dict[str, Delivery] = {}
    waiting: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        waiting.setdefault(delivery.channel, []).append(delivery)
    for channel in [name for name in waiting if name not in senders]:
        gone = mark("the channel is not in the settings")
        yield from (Outcome(delivery, gone) for delivery in waiting.pop(channel))
    for channel, own in waiting.items():
        work = (channel, own, senders[channel], settings, deadline, results, under_way)
        # A daemon: a receiver that never answers cannot keep the process from ending.
        Thread(target=_serve, args=work, name=f"alerts-{channel}", daemon=True).start()
    left = set(waiting)
    while left and time.monotonic() < deadline and not stopped():
        try:
            result = results.get(timeout=max(0.0, min(_LOOK_SECONDS, deadline - time.monotonic())))
        except Empty:
            continue
        if isinstance(result, str):
            left.discard(result)
        else:
            yield result
    done = set()
    while not results.empty():
        result = results.get()
        if isinstance(result, Outcome):
            done.add(result.delivery.key)
            yield result
    for channel in left:
        hanging = under_way.get(channel)
        if hanging is not None and hanging.key not in done:
            yield Outcome(hanging, mark("no answer in time"))


def _serve(
    channel: str,
    deliveries: list[Delivery],
    sender: Sender,
    settings: AlertsSettings,
    deadline: float,
    results: Queue[Outcome | str],
    under_way: dict[str, Delivery],
) -> None:
    """Send what is due by one channel, until its receiver is in trouble or the time is up."""
    try:
        for delivery in deliveries:
            if time.monotonic() >= deadline:
                return
            under_way[channel] = delivery
            outcome = _attempt(delivery, sender, settings, deadline)
            results.put(outcome)
            del under_way[channel]
            if outcome.passing:
                return
    finally:
        results.put(channel)


def _attempt(delivery: Delivery, sender: Sender, settings: AlertsSettings, deadline: float) -> Outcome:
    """A few quick tries."""
    backoff = wait_exponential_jitter(multiplier=settings.backoff_seconds, jitter=settings.backoff_seconds)

    def again(error: BaseException) -> bool:
        return isinstance(error, SendFailure) and error.passing and _asked(error) <= settings.timeout_seconds

    def pause(state: RetryCallState) -> float:
        return max(backoff(state), _asked(state.outcome.exception() if state.outcome else None))

    tries = Retrying(
        stop=stop_after_attempt(settings.tries) | stop_before_delay(deadline - time.monotonic()),
        wait=pause,
        retry=retry_if_exception(again),
        reraise=True,
    )
    try:
        for attempt in tries:
            with attempt:
                left = deadline - time.monotonic()
                sender.send(delivery, max(_LOOK_SECONDS, min(settings.timeout_seconds, left)))
    except SendFailure as failure:
        return Outcome(delivery, failure.reason, failure.wait, passing=failure.passing)
    except Exception as error:  # a fault of ours must neither lose the message nor stop the others
        return Outcome(delivery, mark("it could not be sent ({kind})").format(kind=type(error).__name__))
    return Outcome(delivery)


def _asked(error: BaseException | None) -> float:
    """Seconds for which the other side asks to be left alone."""
    wait = error.wait if isinstance(error, SendFailure) else None
    return wait.total_seconds() if wait is not None else 0.0
