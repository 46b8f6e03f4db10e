"""The service answers in the language that a request asks for: real processes, real sockets."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.security import ANYONE, needs
from issuemine.config import InterfaceSettings, Settings
from pipelines.nightly import nightly
from pipelines.progress import Silent

ROOT = Path(__file__).parent.parent.parent
KOREAN = re.compile("[가-힣]{2,}")


@contextmanager
def serving(warehouse: Path, **variables: str) -> Iterator[httpx.Client]:
    """A client of a service in a process of its own, in a Korean locale unless told otherwise."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "LANG": "ko_KR.UTF-8", "LC_ALL": ""}
    command = [sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--host", "127.0.0.1", "--log-level", "warning"],
        cwd=ROOT,
        env=environment | {"ISSUEMINE_WAREHOUSE": str(warehouse)} | variables,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            for _ in range(300):
                try:
                    client.get("/healthz", timeout=1)
                    break
                except httpx.TransportError:
                    assert process.poll() is None, "the service ended"
                    time.sleep(0.2)
            yield client
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse whose run rejected rows."""
    folder = tmp_path_factory.mktemp("language")
    lines = [f"{i},2021.02.{i % 27 + 1:02d},카드 결제가 안 됩니다 {i},{i % 5 + 1}" for i in range(40)]
    lines += ["a,언젠가,카드 결제가 안 됩니다,1", "b,2021.02.03,,1", "c,2021.02.03,배송이 늦어요,최고"]
    export = folder / "문의.csv"
    export.write_text("접수번호,접수일시,문의내용,만족도\n" + "\n".join(lines) + "\n", encoding="utf-8")
    nightly([str(export)], Settings(), folder / "var", as_of=None, reporter=Silent())
    return folder / "var"


@pytest.fixture(scope="module")
def service(warehouse: Path) -> Iterator[httpx.Client]:
    with serving(warehouse) as client:
        yield client


ASKED = [
    ("ko-KR,ko;q=0.9", "ko"),
    ("en;q=0.8,ko", "ko"),
    ("KO", "ko"),
    ("en-US,en;q=0.9,ko;q=0.8", "en"),
    ("de-DE,fr;q=0.5", "en"),
    (";;;q=,,\t=;q=nan", "en"),
    (None, "en"),
]


def headers(asked: str | None) -> dict[str, str]:
    """Headers of a request; httpx sends none of its own for the language."""
    return {} if asked is None else {"Accept-Language": asked}


@pytest.mark.parametrize(("asked", "language"), ASKED)
@pytest.mark.parametrize(
    ("address", "status", "title", "detail"),
    [
        ("/v1/topics/T999", 404, "찾을 수 없음", "이 스냅샷에 없는 이슈입니다: T999."),
        ("/v1/nothing", 404, "찾을 수 없음", "찾을 수 없음"),
        ("/v1/topics?limit=0", 422, "처리할 수 없는 요청", "일부 매개변수가 올바르지 않습니다."),
        ("/v1/topics?cursor=odd", 422, "처리할 수 없는 요청", "이 서비스에서 발급한 커서가 아닙니다."),
        (
            "/v1/topics?first=2021-03-01&last=2021-02-01",
            422,
            "처리할 수 없는 요청",
            "기간의 끝(2021-02-01)이 시작(2021-03-01)보다 앞섭니다.",
        ),
    ],
)
def test_a_problem_is_told_in_the_language_of_the_request(
    service: httpx.Client,
    asked: str | None,
    language: str,
    address: str,
    status: int,
    title: str,
    detail: str,
) -> None:
    answer = service.get(address, headers=headers(asked))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == language
    assert "accept-language" in answer.headers["vary"].lower()
    problem = answer.json()
    if language == "ko":
        assert problem["title"] == title
        assert detail in problem["detail"]
    else:
        assert not KOREAN.search(answer.text)


@pytest.mark.parametrize(
    ("query", "parameter", "reason"),
    [
        ("limit=0", "limit", "1 이상이어야 합니다"),
        ("limit=many", "limit", "정수여야 합니다"),
        ("first=soon", "first", "2026-01-31과 같은 날짜여야 합니다"),
        ("sort=beauty", "sort", "다음 중 하나여야 합니다: "),
        ("include_hidden=perhaps", "include_hidden", "true 또는 false여야 합니다"),
        (f"cursor={'x' * 501}", "cursor", "500자 이하여야 합니다"),
        ("&".join(["channel=a"] * 51), "channel", "최대 50번까지 지정할 수 있습니다"),
    ],
)
def test_each_parameter_that_does_not_fit_has_its_reason_in_korean(
    service: httpx.Client, query: str, parameter: str, reason: str
) -> None:
    answer = service.get(f"/v1/topics?{query}", headers=headers("ko"))
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert [error["parameter"] for error in errors] == [parameter]
    assert errors[0]["reason"].startswith(reason)
    english = service.get(f"/v1/topics?{query}", headers=headers("en")).json()["errors"]
    assert not KOREAN.search(english[0]["reason"])


def test_a_method_that_is_not_allowed_is_told_in_korean(service: httpx.Client) -> None:
    answer = service.post("/v1/topics", headers=headers("ko"))
    assert answer.status_code == 405
    assert answer.json()["title"] == "허용되지 않는 메서드"
    assert answer.headers["allow"] == "GET"


def test_reasons_of_rejects_are_retold_and_cached_by_language(service: httpx.Client) -> None:
    korean = service.get("/v1/records/rejects", headers=headers("ko"))
    english = service.get("/v1/records/rejects", headers=headers("en"))
    reasons = {row["field"]: row["reason"] for row in korean.json()["rejects"]}
    assert reasons == {
        "created_at": "날짜로 읽을 수 없습니다(ymd 순서)",
        "body": "값이 없습니다",
        "csat": "값만 제외하고 기록은 유지함: 허용 범위의 숫자가 아닙니다",
    }
    assert not any(KOREAN.search(row["reason"]) for row in english.json()["rejects"])
    assert korean.headers["etag"] != english.headers["etag"]
    assert "accept-language" in english.headers["vary"].lower()
    again = {"If-None-Match": korean.headers["etag"]}
    assert service.get("/v1/records/rejects", headers=headers("ko") | again).status_code == 304
    assert service.get("/v1/records/rejects", headers=headers("en") | again).status_code == 200


@pytest.mark.parametrize("setting", ["ko", "en"])
def test_the_setting_wins_over_the_request(setting: str, tmp_path: Path) -> None:
    with serving(tmp_path, ISSUEMINE_INTERFACE__LANGUAGE=setting) as client:
        for asked, _ in ASKED:
            answer = client.get("/readyz", headers=headers(asked))
            assert answer.status_code == 503
            assert answer.headers["content-language"] == setting
            assert bool(KOREAN.search(answer.json()["detail"])) == (setting == "ko")


def test_the_openapi_document_is_english_in_every_language(service: httpx.Client) -> None:
    korean = service.get("/openapi.json", headers=headers("ko"))
    assert korean.status_code == 200
    assert not KOREAN.search(korean.text)


@pytest.mark.parametrize(
    ("setting", "asked", "language"), [("auto", "ko", "ko"), ("ko", "en", "ko"), ("en", "ko", "en")]
)
def test_an_unexpected_failure_too_is_told_in_the_right_language(
    setting: str, asked: str, language: str, tmp_path: Path
) -> None:
    app = create_app(tmp_path, Settings(interface=InterfaceSettings(language=setting)))

    @app.get("/broken")
    @needs(ANYONE)
    def broken() -> None:
        raise ZeroDivisionError("a fault of the program")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken", headers=headers(asked))
    assert answer.status_code == 500
    assert answer.headers["content-language"] == language
    assert bool(KOREAN.search(answer.json()["detail"])) == (language == "ko")
    assert "fault of the program" not in answer.text
