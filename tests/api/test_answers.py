"""Answers that are given again are the same, and only to those who may have them."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.answers import Answers
from api.app import create_app
from issuemine.config import ApiSettings, Settings
from tests.conftest import Mined

LIST = "/v1/topics?limit=3"


@pytest.fixture
def again(mined: Mined) -> Iterator[TestClient]:
    with TestClient(create_app(mined.warehouse, Settings(api=ApiSettings(log_file="")))) as client:
        assert client.get("/readyz").status_code == 200
        yield client


def remembered(client: TestClient) -> float:
    lines = client.get("/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith("issuemine_remembered_total"))


@pytest.mark.parametrize("packed", ["gzip", "identity"])
def test_the_second_answer_is_the_first_whatever_was_done_to_that_on_its_way(
    again: TestClient, packed: str
) -> None:
    before = remembered(again)
    first = again.get(LIST, headers={"Accept-Encoding": "gzip"})
    second = again.get(LIST, headers={"Accept-Encoding": packed})
    assert remembered(again) == before + 1
    assert second.json() == first.json()
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["X-Snapshot-Id"] == first.headers["X-Snapshot-Id"] == first.json()["snapshot"]
    assert second.headers.get("Content-Encoding", "identity") == packed
    assert "X-Request-Id" in second.headers
    assert second.headers["X-Request-Id"] != first.headers["X-Request-Id"]


def test_who_has_it_is_told_so(again: TestClient) -> None:
    etag = again.get(LIST).headers["ETag"]
    answer = again.get(LIST, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_each_language_and_address_has_its_own(again: TestClient) -> None:
    told = [
        again.get(path, headers={"Accept-Language": language}).headers["ETag"]
        for _ in range(2)
        for path in (LIST, "/v1/topics?limit=4")
        for language in ("en", "ko")
    ]
    assert told[:4] == told[4:]
    assert len(set(told)) == 4


def test_failures_and_what_depends_on_more_than_the_snapshot_are_not_remembered(again: TestClient) -> None:
    before = remembered(again)
    for path in ("/v1/topics/T99999", "/v1/topics?segment=mine", "/v1/topics?limit=x", "/v1/runs", "/readyz"):
        again.get(path)
        again.get(path)
    assert remembered(again) == before


def test_the_longest_unused_is_forgotten_first() -> None:
    answers = Answers(64_000)
    keys = [("digest", "/", str(number), "en") for number in range(60)]
    for key in keys:
        answers.put(key, (b"x" * 500, {}))
        answers.get(keys[0])
    kept = [key for key in keys if answers.get(key) is not None]
    assert keys[0] in kept
    assert keys[1] not in kept
    assert kept[1:] == keys[-len(kept) + 1 :]
    assert len(kept) == 64_000 // 1_500
    answers.put(("digest", "/", "large", "en"), (b"x" * 10_000, {}))
    assert answers.get(("digest", "/", "large", "en")) is None
