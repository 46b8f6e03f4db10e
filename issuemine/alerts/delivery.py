"""Sending what is due: every channel by itself, with a few quick tries, within a bounded time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from queue import Empty, Queue
from threading import Event, Thread

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
    waiting: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        waiting.setdefault(delivery.channel, []).append(delivery)
    for channel in [name for name in waiting if name not in senders]:
        gone = mark("the channel is not in the settings")
        yield from (Outcome(delivery, gone) for delivery in waiting.pop(channel))
    work = _Work(settings, time.monotonic() + seconds)
    for channel, own in waiting.items():
        # A daemon: a receiver that never answers cannot keep the process from ending.
        Thread(target=_serve, args=(work, channel, own, senders[channel]), daemon=True).start()
    left, told = set(waiting), set[str]()
    try:
        while left and time.monotonic() < work.deadline and not stopped():
            for result in work.came(min(_LOOK_SECONDS, work.deadline - time.monotonic())):
                if isinstance(result, Outcome):
                    told.add(result.delivery.key)
                    yield result
                else:
                    left.discard(result)
    finally:
        work.over.set()
    rest = [result for result in work.came(0) if isinstance(result, Outcome)]
    yield from rest
    told |= {outcome.delivery.key for outcome in rest}
    for delivery in list(work.under_way.values()):
        if delivery.key not in told:
            yield Outcome(delivery, mark("no answer in time"))


@dataclass
class _Work:
    """What the threads of the channels share with the one that waits for them."""

    settings: AlertsSettings
    deadline: float
    over: Event = field(default_factory=Event)
    results: Queue[Outcome | str] = field(default_factory=Queue)
    """Outcomes, and names of channels that are done."""
    under_way: dict[str, Delivery] = field(default_factory=dict)

    def came(self, seconds: float) -> Iterator[Outcome | str]:
        """What has come by now; waits for so many seconds where nothing has."""
        try:
            yield self.results.get(timeout=max(seconds, 0.001))
            while True:
                yield self.results.get_nowait()
        except Empty:
            return


def _serve(work: _Work, channel: str, deliveries: list[Delivery], sender: Sender) -> None:
    """Send what is due by one channel, until its receiver is in trouble or the time is up."""
    try:
        for delivery in deliveries:
            if work.over.is_set() or time.monotonic() >= work.deadline:
                return
            work.under_way[channel] = delivery
            outcome = _attempt(delivery, sender, work.settings, work.deadline)
            work.results.put(outcome)
            del work.under_way[channel]
            if outcome.passing:
                return
    finally:
        work.results.put(channel)


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
