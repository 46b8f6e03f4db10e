"""Typed settings: defaults, then a TOML file, then environment variables (``ISSUEMINE_DISCOVER__K=20``).

One section per stage; a stage receives its own section and nothing else.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as EnvironmentValueError

from issuemine.config.alerts import AlertRule, AlertsSettings
from issuemine.config.causes import CausesSettings
from issuemine.config.channels import EmailChannel, FileChannel, SlackChannel, WebhookChannel
from issuemine.config.detect import DetectSettings
from issuemine.config.hooks import HooksSettings
from issuemine.config.sections import (
    ApiSettings,
    CleanSettings,
    DiscoverSettings,
    EmbedSettings,
    IngestSettings,
    IntentSettings,
    InterfaceSettings,
    NamingSettings,
    RunSettings,
    StoreSettings,
    TrendsSettings,
)
from issuemine.config.signals import SignalsSettings
from issuemine.errors import SettingsError
from issuemine.messages import say
from issuemine.reasons import failed, unfit

__all__ = [
    "AlertRule",
    "AlertsSettings",
    "ApiSettings",
    "CausesSettings",
    "CleanSettings",
    "DetectSettings",
    "DiscoverSettings",
    "EmailChannel",
    "EmbedSettings",
    "FileChannel",
    "HooksSettings",
    "IngestSettings",
    "IntentSettings",
    "InterfaceSettings",
    "NamingSettings",
    "RunSettings",
    "Settings",
    "SignalsSettings",
    "SlackChannel",
    "StoreSettings",
    "TrendsSettings",
    "WebhookChannel",
    "load_settings",
]

_JSON_EXAMPLE = 'ISSUEMINE_CLEAN__USER_WORDS=["Sun Pay"]'


class Settings(BaseSettings):
    """All settings, one section per stage."""

    model_config = SettingsConfigDict(
        env_prefix="ISSUEMINE_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    ingest: IngestSettings = IngestSettings()
    clean: CleanSettings = CleanSettings()
    embed: EmbedSettings = EmbedSettings()
    intent: IntentSettings = IntentSettings()
    discover: DiscoverSettings = DiscoverSettings()
    naming: NamingSettings = NamingSettings()
    trends: TrendsSettings = TrendsSettings()
    detect: DetectSettings = DetectSettings()
    signals: SignalsSettings = SignalsSettings()
    alerts: AlertsSettings = AlertsSettings()
    causes: CausesSettings = CausesSettings()
    store: StoreSettings = StoreSettings()
    run: RunSettings = RunSettings()
    interface: InterfaceSettings = InterfaceSettings()
    api: ApiSettings = ApiSettings()
    hooks: HooksSettings = HooksSettings()


def load_settings(file: Path | None = None) -> Settings:
    """Read settings from the environment and, below it, from a TOML file.

    Parameters
    ----------
    file : Path, optional
        TOML with one table per section.

    Raises
    ------
    SettingsError
        If the file is missing or not TOML, or a value does not fit; names the setting.
    """
    if file is not None and not file.is_file():
        raise SettingsError(
            say("There is no settings file {file}.", file=file), say("Check the path given to --config.")
        )

    class _Filed(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            if file is None:
                return (env_settings,)
            return (env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file))

    try:
        return _Filed()
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(str(part) for part in issue['loc'])}: {unfit(issue)}" for issue in error.errors()
        )
        raise SettingsError(say("These settings cannot be used: {problems}.", problems=problems)) from error
    except EnvironmentValueError as error:
        raise SettingsError(
            say("A setting in the environment cannot be read: {error}.", error=error),
            say("Write lists and tables as JSON, such as {example}.", example=_JSON_EXAMPLE),
        ) from error
    except OSError as error:
        raise SettingsError(
            say("The settings file {file} cannot be read: {error}.", file=file, error=failed(error))
        ) from error
    except ValueError as error:
        if file is not None and not _is_plain_utf8(file.read_bytes()):
            raise SettingsError(
                say("The settings file {file} is not in UTF-8.", file=file),
                say("Save it as UTF-8 without a byte order mark."),
            ) from error
        raise SettingsError(
            say("The settings file {file} is not TOML: {error}.", file=file, error=error),
            say("Mend it at that place; texts stand in quotes."),
        ) from error


def _is_plain_utf8(content: bytes) -> bool:
    """Whether this can be TOML at all; editors also save CP949 or put a byte order mark in front."""
    try:
        return not content.decode().startswith("\ufeff")
    except UnicodeDecodeError:
        return False
