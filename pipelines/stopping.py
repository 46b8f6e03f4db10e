"""A run that is told to stop ends within seconds, with its manifest written and its lock released.

Python runs a signal's handler between two of its own instructions, and libraries may swallow what it
raises or sit in a long statement. So the handler interrupts the database, and asks again every few
seconds until the run is seen to end.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_AGAIN_SECONDS = 3.0


class Stopped(BaseException):
    """A signal told the process to stop; no ``Exception``, so that nothing takes it for a failure."""

    def __init__(self, signum: int) -> None:
        self.signum = signum
        super().__init__(signal.Signals(signum).name)

    @property
    def exit_code(self) -> int:
        """What a shell reports of a process that a signal ended: 130 for SIGINT, 143 for SIGTERM."""
        return 128 + self.signum


class Stopping:
    """Whether the process was told to stop, and whether it may be disturbed now."""

    def __init__(self) -> None:
        self._signum: int | None = None
        self._settled = False
        self._listening = False
        self._interrupts: list[Callable[[], None]] = []

    @property
    def asked(self) -> Stopped | None:
        """The stop that was asked for, if one was."""
        return Stopped(self._signum) if self._signum is not None else None

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Listen to SIGTERM and SIGINT; only in the main thread of a process."""
        self._signum, self._settled = None, False
        before = {number: signal.signal(number, self._told) for number in (*_SIGNALS, signal.SIGALRM)}
        self._listening = True
        try:
            yield
        finally:
            self._listening = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def interrupting(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Call a function too when a stop is asked for within the context."""
        self._interrupts.append(interrupt)
        try:
            yield
        finally:
            self._interrupts.remove(interrupt)

    def settle(self) -> None:
        """From now on nothing disturbs the process: it is about to end."""
        self._settled = True
        signal.setitimer(signal.ITIMER_REAL, 0)

    def resume(self) -> None:
        """Another run begins in this process: it may be disturbed again.

        Raises
        ------
        Stopped
            If a stop was asked for while nothing could be disturbed.
        """
        self._settled = False
        if self._listening and self._signum is not None:
            raise Stopped(self._signum)

    def _told(self, signum: int, _: FrameType | None) -> None:
        if signum != signal.SIGALRM and self._signum is None:
            self._signum = signum
        if self._signum is None or self._settled:
            return
        signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS)
        for interrupt in self._interrupts:
            interrupt()
        raise Stopped(self._signum)


stopping = Stopping()
"""Of this process: signals are the process's own."""
