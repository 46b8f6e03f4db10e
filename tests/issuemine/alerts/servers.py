"""Real receivers on this machine that answer as they are told to: at once, late, never, or with a failure."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = int | tuple[int, dict[str, str]] | Callable[[BaseHTTPRequestHandler], None]
"""A status, a status with headers, or what to do with the request instead."""


@dataclass
class Received:
    """A request: its headers with small letters, and its body."""

    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)


@dataclass
class Receiver:
    """An HTTP server: ``answers`` in turn, the last of them from then on."""

    answers: list[Answer]
    url: str = ""
    requests: list[Received] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)
    closing: threading.Event = field(default_factory=threading.Event)

    def wait_for(self, count: int, seconds: float = 60) -> None:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.requests) >= count, seconds), "nothing arrived"

    @property
    def ids(self) -> list[str]:
        return [request.headers["webhook-id"] for request in self.requests]


@contextmanager
def receiving(*answers: Answer) -> Iterator[Receiver]:
    """Serve on a free port until the context ends."""
    receiver = Receiver(list(answers) or [204])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with receiver.arrived:
                at = min(len(receiver.requests), len(receiver.answers) - 1)
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.requests.append(Received(headers, body))
                receiver.arrived.notify_all()
            answer = receiver.answers[at]
            if callable(answer):
                answer(self)
                return
            status, more = answer if isinstance(answer, tuple) else (answer, {})
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def hold(self) -> None:
            """Say nothing until the server closes."""
            receiver.closing.wait(120)

        def drip(self) -> None:
            """Begin an answer and go on with it for ever, a byte at a time."""
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not receiver.closing.wait(0.05):
                try:
                    self.wfile.write(b"z")
                except OSError:
                    return

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def hanging(handler: Any) -> None:
    """Never answer."""
    handler.hold()


def dripping(handler: Any) -> None:
    """Answer for ever."""
    handler.drip()


def cut(handler: Any) -> None:
    """Close the connection without an answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)


def slow(seconds: float) -> Answer:
    """Answer 200 after a while."""

    def answer(handler: Any) -> None:
        time.sleep(seconds)
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """An SMTP handler that keeps what comes, and answers as told: replies in turn, the last from then on."""

    def __init__(self, *replies: str) -> None:
        self.replies = list(replies) or ["250 kept"]
        self.mails: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.mails.append(envelope)
        return self.replies[min(len(self.mails), len(self.replies)) - 1]


@contextmanager
def mail_server(mailbox: Any, **options: Any) -> Iterator[int]:
    """Serve SMTP on a free port; gives the port."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
