"""Settings of alerts: channels by name, secrets from the environment, and what cannot be used."""

from pathlib import Path

import pytest

from issuemine.config import EmailChannel, SlackChannel, load_settings
from issuemine.errors import SettingsError
from issuemine.records import Severity, SignalState

SLACK = 'kind = "slack"\nurl = "https://hooks.example/T1/secret"\n'
MAIL = 'kind = "email"\nhost = "smtp.example"\nsender = "a@example.com"\nrecipients = ["b@example.com"]\n'


def load(tmp_path: Path, text: str):  # type: ignore[no-untyped-def]
    file = tmp_path / "settings.toml"
    file.write_text(text)
    return load_settings(file).alerts


def channel(text: str) -> str:
    return f"[alerts.channels.ops]\n{text}"


def rule(text: str) -> str:
    return f"{channel(SLACK)}[[alerts.rules]]\n{text}"


def test_a_channel_may_have_its_secret_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISSUEMINE_ALERTS__CHANNELS__OPS__URL", "https://hooks.example/T1/hunter2")
    monkeypatch.setenv("ISSUEMINE_ALERTS__CHANNELS__MAIL__USERNAME", "issues")
    monkeypatch.setenv("ISSUEMINE_ALERTS__CHANNELS__MAIL__PASSWORD", "hunter2")
    found = load(tmp_path, f'[alerts.channels.ops]\nkind = "slack"\n[alerts.channels.mail]\n{MAIL}')
    ops, mail = found.channels["ops"], found.channels["mail"]
    assert isinstance(ops, SlackChannel)
    assert isinstance(mail, EmailChannel)
    assert ops.url.get_secret_value().endswith("hunter2")
    assert mail.password is not None
    assert "hunter2" not in repr(found)
    assert "hunter2" not in str(found.model_dump(mode="json"))


def test_rules_are_a_list_of_tables(tmp_path: Path) -> None:
    text = 'name = "pay"\nstates = ["new"]\nseverities = ["high"]\nsegments = {product = ["pay"]}\n'
    (found,) = load(tmp_path, rule(text)).rules_in_force
    assert (found.name, found.told_states, found.severities) == ("pay", (SignalState.NEW,), (Severity.HIGH,))
    assert found.segments == {"product": ("pay",)}


def test_without_a_channel_there_is_no_rule_and_with_one_a_default_one(tmp_path: Path) -> None:
    assert load(tmp_path, "").rules_in_force == ()
    (found,) = load(tmp_path, channel(SLACK)).rules_in_force
    assert (found.name, found.mode, found.news_only) == ("default", "immediate", True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.1.2.3", "[::1]", "192.168.0.9:8080"])
def test_plain_http_is_for_private_hosts(tmp_path: Path, host: str) -> None:
    load(tmp_path, channel(f'kind = "slack"\nurl = "http://{host}/hook"\n'))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (channel('kind = "sluck"\n'), "kind.* must be one of: 'slack', 'webhook', 'email', 'file'"),
        (channel('url = "https://a.example"\n'), "must say its 'kind'"),
        (channel('kind = "slack"\nurl = "http://hooks.example/x"\n'), "use https"),
        (channel('kind = "slack"\nurl = "http://8.8.8.8/x"\n'), "use https"),
        (channel('kind = "slack"\nurl = "ftp://hooks.example/x"\n'), "must begin with https"),
        (channel('kind = "slack"\nurl = "hooks"\n'), "must begin with https"),
        (channel('kind = "webhook"\nurl = "https://a.example"\nsecret = "short"\n'), "openssl rand"),
        (channel('kind = "webhook"\nurl = "https://a.example"\nsecret = "whsec_%%"\n'), "openssl rand"),
        (channel(MAIL.replace('["b@example.com"]', "[]")), "at least 1"),
        (channel(MAIL.replace("b@example.com", "Lead <b@example.com>")), "plain addresses"),
        (channel(MAIL + 'username = "me"\n'), "go together"),
        (channel(MAIL + 'username = "me"\npassword = "x"\nsecurity = "none"\n'), "needs starttls or tls"),
        (f'[alerts.channels."my-team"]\n{SLACK}', "small letters"),
        (rule('channels = ["mail"]\n'), "not there: mail"),
        (rule('[[alerts.rules]]\nname = "default"\n'), "same name"),
        (rule('states = ["loud"]\n'), "alerts.rules.0.states.0"),
        (rule('segments = {country = ["KR"]}\n'), "fields of records"),
        (rule('quiet_hours = "22-8"\n'), "22:00-08:00"),
        (rule('digest_at = "8"\n'), "08:00"),
        (rule('timezone = "Seoul"\n'), "Asia/Seoul"),
        ('[alerts]\nbase_url = "issues.example"\n', "https://"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        load(tmp_path, text)
    assert "alerts" in caught.value.message
