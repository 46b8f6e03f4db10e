import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from issuemine.config import NamingSettings
from issuemine.errors import NamingError
from issuemine.naming.llm import GIVE_UP_AFTER, LanguageModelNamer, checked_label
from issuemine.records import Keyword, Quote, TopicName

Answer = Callable[[dict[str, object], int], tuple[int, bytes]]


class Endpoint:
    """A chat completion server on this machine; ``answer`` gets the request and its number."""

    def __init__(self, answer: Answer) -> None:
        self.requests: list[dict[str, object]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.requests.append(body)
                status, content = answer(body, len(endpoint.requests))
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], Endpoint]]:
    started: list[Endpoint] = []

    def start(answer: Answer) -> Endpoint:
        started.append(Endpoint(answer))
        return started[-1]

    yield start
    for endpoint in started:
        endpoint.server.shutdown()
        endpoint.server.server_close()


def completion(content: str) -> bytes:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return json.dumps(
        {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    ).encode()


def topics(n: int = 1) -> dict[int, TopicName]:
    quote = Quote("r-0", "r", 0, 4, "secret words of a record", 0.9)
    return {i: TopicName(f"Offline label {i}", (Keyword("card", 1.0),), (quote,)) for i in range(n)}


def namer(url: str, timeout: float = 5.0) -> LanguageModelNamer:
    return LanguageModelNamer(NamingSettings(llm_url=url, llm_timeout=timeout))


def test_a_good_answer_becomes_the_label(serve: Callable[[Answer], Endpoint]) -> None:
    endpoint = serve(lambda body, n: (200, completion('{"label": "Card payment declined"}')))
    names = namer(endpoint.url).rename(topics())
    assert names[0].label == "Card payment declined"
    assert names[0].quotes == topics()[0].quotes


def test_only_keywords_and_quotes_are_sent(serve: Callable[[Answer], Endpoint]) -> None:
    endpoint = serve(lambda body, n: (200, completion('{"label": "Card payment declined"}')))
    namer(endpoint.url).rename(topics())
    question = json.loads(endpoint.requests[0]["messages"][1]["content"])  # type: ignore[index]
    assert question == {"keywords": ["card"], "quotes": ["secret words of a record"]}


@pytest.mark.parametrize(
    "content",
    [
        "Card payment declined",
        '{"label": "Declined"}',
        '{"label": "one two three four five six seven"}',
        '{"label": ["Card", "payment"]}',
        '{"label": "Mail from <EMAIL> lost"}',
        '{"name": "Card payment declined"}',
        "[1, 2]",
        "",
    ],
)
def test_garbage_keeps_the_offline_label_and_warns_without_text(
    serve: Callable[[Answer], Endpoint], caplog: pytest.LogCaptureFixture, content: str
) -> None:
    endpoint = serve(lambda body, n: (200, completion(content)))
    with caplog.at_level(logging.WARNING, "issuemine"):
        assert namer(endpoint.url).rename(topics())[0].label == "Offline label 0"
    assert "Topic 0 keeps its offline label" in caplog.text
    assert "secret" not in caplog.text
    assert content == "" or content not in caplog.text


@pytest.mark.parametrize("body", [b"not json", b"{}", b'{"choices": []}', b"[]"])
def test_an_answer_that_is_no_completion_keeps_the_offline_label(
    serve: Callable[[Answer], Endpoint], body: bytes
) -> None:
    endpoint = serve(lambda request, n: (200, body))
    assert namer(endpoint.url).rename(topics())[0].label == "Offline label 0"


def test_a_slow_endpoint_is_given_up(
    serve: Callable[[Answer], Endpoint], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issuemine.naming.llm.RETRIES", 0)

    def slow(body: dict[str, object], n: int) -> tuple[int, bytes]:
        time.sleep(0.6)
        return 200, completion('{"label": "Card payment declined"}')

    endpoint = serve(slow)
    with caplog.at_level(logging.WARNING, "issuemine"):
        names = namer(endpoint.url, timeout=0.1).rename(topics(GIVE_UP_AFTER + 2))
    assert all(name.label.startswith("Offline") for name in names.values())
    assert "did not answer in time" in caplog.text
    assert len(endpoint.requests) == GIVE_UP_AFTER


def test_a_passing_failure_is_tried_again(serve: Callable[[Answer], Endpoint]) -> None:
    good = completion('{"label": "Card payment declined"}')
    endpoint = serve(lambda body, n: (503, b"{}") if n == 1 else (200, good))
    assert namer(endpoint.url).rename(topics())[0].label == "Card payment declined"
    assert len(endpoint.requests) == 2


def test_a_refused_key_keeps_offline_labels(
    serve: Callable[[Answer], Endpoint], caplog: pytest.LogCaptureFixture
) -> None:
    endpoint = serve(lambda body, n: (401, b'{"error": {"message": "secret words"}}'))
    with caplog.at_level(logging.WARNING, "issuemine"):
        assert namer(endpoint.url).rename(topics())[0].label == "Offline label 0"
    assert "status 401" in caplog.text
    assert "secret" not in caplog.text


def test_no_endpoint_at_all_keeps_offline_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("issuemine.naming.llm.RETRIES", 0)
    assert namer("http://127.0.0.1:9/v1").rename(topics())[0].label == "Offline label 0"


def test_two_topics_never_get_the_same_label(serve: Callable[[Answer], Endpoint]) -> None:
    endpoint = serve(lambda body, n: (200, completion('{"label": "Card payment declined"}')))
    labels = [name.label for name in namer(endpoint.url).rename(topics(2)).values()]
    assert labels == ["Card payment declined", "Offline label 1"]


def test_a_fenced_answer_is_read() -> None:
    assert checked_label('```json\n{"label": "“로그인 안 됨”"}\n```') == "로그인 안 됨"


def test_without_a_url_it_says_what_to_set() -> None:
    with pytest.raises(NamingError, match="llm_url"):
        LanguageModelNamer(NamingSettings())
