"""Runs the service: its processes, the port they share, and how it stops.

When it is told to stop, nobody is let in any more, who is being answered is answered to the end, and after a
while whatever is still at work is cut off, so that the end is always near.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

_LINGER = 5.0
"""Seconds that a process may take to end once its last answer is given or cut off."""
_PATIENCE = 60
"""Seconds after which a process that does not even say that it is alive is replaced: on a busy machine it
may be slow to."""


def run(host: str, port: int, workers: int, seconds: float, ready: Callable[[str], None]) -> None:
    """Serve until told to stop.

    Parameters
    ----------
    host, port : str, int
        Where to listen; port 0 takes a free one.
    workers : int
        Processes that answer.
    seconds : float
        How long answers under way are given when the service is stopped.
    ready : callable
        Told the address once it is listened at.
    """
    config = _Config(
        "api.served:served",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=max(1, round(seconds)),
        timeout_worker_healthcheck=_PATIENCE,
    )
    # Without sharing at first, since another service on this port must not go unseen.
    with config.bind_socket() as probe:
        config.port = probe.getsockname()[1]
    name = f"[{host}]" if ":" in host else host
    ready(f"http://{name}:{config.port}")
    if workers > 1:
        _Processes(config, []).run()
    else:
        _alone(config, seconds)


def _bound(config: uvicorn.Config) -> socket.socket:
    """A socket that shares its port with others: the system deals connections out among those who listen.

    Of one socket for all, the process that wakes first takes every connection that waits, so that one is busy
    and the others are idle.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    found = socket.socket(family)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    # Inherited by each connection: an answer's second packet must not wait for the first one's receipt, which
    # takes 40 ms. asyncio would see to it, but does not for sockets that are handed to it.
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    found.bind((config.host, config.port))
    found.set_inheritable(True)
    return found


class _Config(uvicorn.Config):
    """What each process is told; a worker ends with the one that began it, also where that is killed."""

    def load(self) -> None:
        """Load the application."""
        super().load()
        parent = multiprocessing.parent_process()
        if parent is not None:
            threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


class _Processes(Multiprocess):
    """The processes that answer, and the end of them."""

    @property
    def sockets(self) -> list[socket.socket]:
        """A socket of its own for each process that is begun; here it is closed once that has it."""
        return [_bound(self.config)]

    @sockets.setter
    def sockets(self, _: list[socket.socket]) -> None:
        """What uvicorn would have all processes share."""

    def join_all(self) -> None:
        """Wait for them, and end those that do not come to an end."""
        end = time.monotonic() + (self.config.timeout_graceful_shutdown or 0) + _LINGER
        for worker in self.processes:
            worker.process.join(max(0.0, end - time.monotonic()))
            if worker.process.is_alive():
                worker.process.kill()
        super().join_all()


def _alone(config: uvicorn.Config, seconds: float) -> None:
    """Serve in this process. Being told to stop is no failure: it ends with 0."""

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: Any) -> None:
            # A daemon: where the process ends by itself before, it is gone.
            threading.Thread(target=_cut_off, args=(seconds + _LINGER,), daemon=True).start()
            super().handle_exit(sig, frame)

    # uvicorn gives signals on, once it has stopped, to whoever listened before.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    server = Server(config)
    server.run([_bound(config)])
    gc.unfreeze()  # what the application has kept from the collector can go now
    if not server.started:
        sys.exit(STARTUP_FAILURE)


def _cut_off(seconds: float) -> None:
    """End this process after a while, whatever it is still computing."""
    time.sleep(seconds)
    os._exit(0)
