"""A signal ends whatever a run does, wherever it comes."""

import signal
import subprocess
import sys
import threading
from contextlib import suppress

import pytest

from pipelines.stopping import Stopped, Stopping
from pipelines.watch import exit_code_of
from tests.pipelines.processes import DEADLINE, environment

_ENDLESS = """
import os, signal, threading
from pathlib import Path
from issuemine.store.connection import Database
from pipelines.stopping import Stopped, stopping
from pipelines.watch import exit_code_of
database = Database(Path(":memory:"))
with stopping.installed(), stopping.interrupting(database.interrupt):
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    try:
        database.script("SELECT max(hash(i)) FROM range(900000000000) AS t(i)")
    except BaseException:
        stopping.settle()
print(exit_code_of(stopping.asked))
"""


def test_a_statement_that_takes_for_ever_is_interrupted() -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _ENDLESS],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE,
    )
    assert done.stdout.strip() == "143", done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_each_signal_has_its_exit_code(number: signal.Signals, code: int) -> None:
    stopping = Stopping()
    with stopping.installed(), pytest.raises(Stopped) as stopped:
        signal.raise_signal(number)
    assert exit_code_of(stopped.value) == code


def test_a_stop_that_a_library_swallows_is_asked_for_again() -> None:
    stopping = Stopping()
    with stopping.installed():
        with suppress(Stopped):  # as a library may
            signal.raise_signal(signal.SIGTERM)
        with pytest.raises(Stopped):
            threading.Event().wait(DEADLINE)


def test_nothing_disturbs_a_run_that_is_about_to_end() -> None:
    stopping = Stopping()
    with stopping.installed():
        stopping.settle()
        signal.raise_signal(signal.SIGTERM)
    assert exit_code_of(stopping.asked) == 143


def test_a_stop_that_came_at_the_end_of_a_night_holds_for_the_next() -> None:
    stopping = Stopping()
    with stopping.installed():
        stopping.settle()
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(Stopped):
            stopping.resume()


def test_a_night_after_another_can_be_stopped() -> None:
    stopping = Stopping()
    with stopping.installed():
        stopping.settle()
        stopping.resume()
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGTERM)


def test_handlers_are_as_before_afterwards() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)]
    with Stopping().installed():
        assert signal.getsignal(signal.SIGTERM) != before[0]
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)] == before
