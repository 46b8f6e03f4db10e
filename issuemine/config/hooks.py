"""Webhooks of helpdesks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr

from issuemine.config.sections import RATE, Section

_Secrets = tuple[Annotated[SecretStr, Field(min_length=8)], ...]


class HooksSettings(Section):
    """Webhooks of helpdesks: events that they send as they happen."""

    zendesk: _Secrets = Field(
        (),
        description="Signing secrets of the webhook in Zendesk; several while one is replaced. Without one "
        "there is no such address.",
    )
    intercom: _Secrets = Field((), description="Client secrets of the app in Intercom.")
    chatwoot: _Secrets = Field((), description="Secrets of the webhook in Chatwoot.")
    tolerance_seconds: int = Field(
        300, ge=1, description="A signature made longer ago, or so far in the future, is refused."
    )
    rate_limit: str = Field(
        "3000/minute", pattern=RATE, description="Events of one helpdesk, in each process of the service."
    )

    def secrets(self, vendor: str) -> tuple[bytes, ...]:
        """Secrets of a helpdesk by its name."""
        return tuple(one.get_secret_value().encode() for one in getattr(self, vendor))
