"""`respond`: who answers a message, and how."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from chatkit_host.config.section import Section
from chatkit_host.config.values import LongText


class Respond(Section):
    """How a turn is answered."""

    later: ClassVar[frozenset[str]] = frozenset({"routes"})

    agent: str | None = Field(None, description="Who answers; may be left out if there is one.")
    history: int = Field(50, ge=1, description="How many items of the thread the model reads.")
    allow_cancel: bool = Field(True, description="Whether the user may stop an answer.")
    on_disconnect: Literal["cancel", "continue"] = Field(
        "cancel", description="What becomes of an answer when its reader leaves."
    )
    concurrency: Literal["reject", "queue", "interrupt"] = Field(
        "reject", description="What a message does that comes while another is answered."
    )
    title: LongText | None = Field(None, description="The title of a thread that has none.")
    context: LongText | None = Field(
        None, description="Read by the model before the history, each turn; never shown."
    )
