"""Settings: defaults, file, environment, and what happens when they do not fit."""

from pathlib import Path

import pytest

from issuemine.config import load_settings
from issuemine.errors import SettingsError


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[discover]\nk = 20\nmin_topic_size = 8\n")
    monkeypatch.setenv("ISSUEMINE_DISCOVER__K", "25")
    settings = load_settings(file)
    assert (settings.discover.k, settings.discover.min_topic_size) == (25, 8)
    assert settings.discover.granularity == "auto"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[discover]\nk = 1\n", "discover.k"),
        ("[discover]\nneighbours = 3\n", "discover.neighbours"),
        ("[discovery]\nk = 3\n", "discovery"),
        ("not toml at all", "is not TOML"),
        ("[ingest]\ndate_order = 'dym'\n", "ingest.date_order"),
    ],
)
def test_settings_that_do_not_fit_are_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=said) as caught:
        load_settings(file)
    assert caught.value.exit_code == 2


def test_a_missing_settings_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no settings file"):
        load_settings(tmp_path / "none.toml")


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISSUEMINE_NAMING__LLM_KEY", "hunter2")
    settings = load_settings()
    assert settings.naming.llm_key is not None
    assert settings.naming.llm_key.get_secret_value() == "hunter2"
    assert "hunter2" not in repr(settings)
    assert "hunter2" not in str(settings.model_dump(mode="json"))


@pytest.mark.parametrize("encoding", ["cp949", "utf-8-sig", "utf-16"])
def test_a_settings_file_in_another_encoding_is_told(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes('[clean]\nuser_words = ["썬페이"]\n'.encode(encoding))
    with pytest.raises(SettingsError, match="is not in UTF-8") as caught:
        load_settings(file)
    assert "UTF-8" in str(caught.value.hint)
