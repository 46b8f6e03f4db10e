"""``issuemine alerts`` as people and cron use it, also when it is killed."""

import sys
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from issuemine.messages import speak, speaking
from issuemine.records import SignalState
from issuemine.store.layout import Layout
from pipelines.cli import main
from tests.issuemine.alerts.servers import free_port, hanging, receiving
from tests.issuemine.alerts.signals import signal
from tests.pipelines.alerts_world import publish, write_settings
from tests.pipelines.processes import start

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def published(tmp_path: Path) -> Layout:
    """Two signals that nobody has been told of yet."""
    layout = Layout(tmp_path / "var")
    layout.create()
    publish(layout, 1, [signal(), signal("T13", label="환불 지연", state=SignalState.ESCALATING)])
    return layout


@pytest.fixture
def alerts(published: Layout, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run ``issuemine alerts`` in this process: exit code, standard output, standard error."""
    monkeypatch.setenv("COLUMNS", "160")
    before = speaking()

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        where = () if arguments[0] == "test" else ("--warehouse", str(published.folder))
        monkeypatch.setattr(sys, "argv", ["issuemine", "alerts", *map(str, arguments), *where])
        with pytest.raises(SystemExit) as ended:
            main()
        speak(before)
        told = capsys.readouterr()
        code = ended.value.code
        return (code if isinstance(code, int) else 0), told.out, told.err

    return command


def test_what_is_due_is_sent_once_and_listed(alerts: Command, tmp_path: Path) -> None:
    with receiving(200) as receiver:
        config = write_settings(tmp_path / "s.toml", receiver.url)
        for _ in range(2):
            code, out, err = alerts("send", "--config", config)
            assert (code, err) == (0, "")
    assert "Alerts: 2 sent" not in out
    assert len(set(receiver.ids)) == len(receiver.requests) == 2
    listed = alerts("list")[1].splitlines()
    assert len(listed) == 3
    assert "sent" in listed[1]
    assert "Escalating: 환불 지연" in listed[1]
    rows = orjson.loads(alerts("list", "--status", "sent", "--json")[1])
    assert rows["counts"] == {"held": 0, "waiting": 0, "sent": 2, "dead": 0}
    assert [row["key"] for row in rows["messages"]] == receiver.ids[::-1]
    assert rows["messages"][0]["signals"][0]["topic_id"] == "T13"
    assert "There are no such messages." in alerts("list", "--status", "dead")[1]


def test_dead_letters_are_seen_shown_and_tried_again(alerts: Command, tmp_path: Path) -> None:
    with receiving(404) as receiver:
        config = write_settings(tmp_path / "s.toml", receiver.url, attempts=1)
        out = alerts("send", "--config", config)[1]
        assert "Messages that were given up: 2." in out
    assert "given up" in alerts("list", "--status", "dead")[1]
    code, out, _ = alerts("show", "1")
    assert code == 0
    assert "failure: answered with HTTP status 404" in out
    assert "New: App crashes on start" in out
    assert "41 records on Tuesday" in out
    assert "Messages to be tried again: 2" in alerts("retry")[1]
    with receiving(200) as receiver:
        config = write_settings(tmp_path / "s.toml", receiver.url)
        assert "Alerts: 2 sent" in alerts("send", "--config", config)[1]
    assert len(receiver.requests) == 2
    code, _, err = alerts("retry", "1")
    assert code == 1
    assert "was sent already" in err
    code, _, err = alerts("show", "9")
    assert code == 1
    assert "no message 9" in err


def test_a_channel_is_tested_with_a_sample_that_no_outbox_keeps(alerts: Command, tmp_path: Path) -> None:
    with receiving(200) as receiver:
        config = write_settings(tmp_path / "s.toml", receiver.url)
        code, out, _ = alerts("test", "ops", "--config", config)
        assert (code, "was sent by ops" in out) == (0, True)
        code, _, err = alerts("test", "mail", "--config", config)
        assert (code, "There are: ops." in err) == (2, True)
    assert receiver.requests[0].json["type"] == "issuemine.test"
    assert alerts("list")[1].strip() == "There are no such messages."
    config = write_settings(tmp_path / "s.toml", f"http://127.0.0.1:{free_port()}/")
    code, _, err = alerts("test", "ops", "--config", config)
    assert code == 1
    assert "The sample did not arrive: no connection." in err
    assert "127.0.0.1" not in err


def test_without_a_channel_or_a_warehouse_it_says_what_to_do(
    alerts: Command, tmp_path: Path, published: Layout
) -> None:
    code, _, err = alerts("send")
    assert (code, "no channel" in err) == (2, True)
    config = write_settings(tmp_path / "s.toml", "http://127.0.0.1:1/")
    for path in sorted(published.folder.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    published.folder.rmdir()
    code, _, err = alerts("send", "--config", config)
    assert (code, "no warehouse" in err) == (2, True)
    assert not published.folder.exists()


def test_the_digest_of_the_newest_day_is_printed_in_either_language(
    alerts: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = alerts("digest")[1]
    assert out.startswith("issuemine, Tuesday, August 4, 2020: 1 new, 1 escalating")
    monkeypatch.setenv("ISSUEMINE_INTERFACE__LANGUAGE", "ko")
    assert alerts("digest")[1].startswith("issuemine 요약, 2020년 8월 4일 화요일: 새 이슈 1, 심해짐 1")


def test_a_sender_that_is_killed_before_it_knows_an_answer_sends_again_with_the_same_id(
    alerts: Command, published: Layout, tmp_path: Path
) -> None:
    with receiving(hanging, 200) as receiver:
        config = write_settings(tmp_path / "s.toml", receiver.url, timeout_seconds=100, run_seconds=100)
        killed = start("alerts", "send", "--warehouse", published.folder, "--config", config)
        receiver.wait_for(1)
        killed.kill()
        killed.communicate(timeout=60)
        code, out, _ = alerts("send", "--config", config)
        assert (code, "Alerts: 2 sent" in out) == (0, True)
        assert alerts("send", "--config", config)[0] == 0
    first, again, other = receiver.ids
    assert first == again != other
    assert orjson.loads(alerts("list", "--json")[1])["counts"]["sent"] == 2


def test_two_senders_at_once_send_each_message_once(
    alerts: Command, published: Layout, tmp_path: Path
) -> None:
    with receiving(200) as receiver:
        config = write_settings(tmp_path / "s.toml", receiver.url)
        both = [
            start("alerts", "send", "--warehouse", published.folder, "--config", config) for _ in range(2)
        ]
        assert [process.wait(60) for process in both] == [0, 0]
        for process in both:
            process.communicate()
    assert len(set(receiver.ids)) == len(receiver.requests) == 2
