"""What a helpdesk is answered."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

Outcome = Literal["kept", "known", "waiting", "ignored"]


class EventOut(BaseModel):
    """What became of an event."""

    outcome: Outcome = Field(
        description="`kept`: the conversation is in the inbox; `known`: it told nothing new; `waiting`: the "
        "customer has written nothing yet; `ignored`: events of this kind tell nothing of a record."
    )
