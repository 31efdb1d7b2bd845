"""`actions`: what happens when someone uses a widget."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from chatkit_host.config.kinds import exactly_one, kind_of
from chatkit_host.config.schemas import Schema
from chatkit_host.config.section import Section
from chatkit_host.config.steps import Step
from chatkit_host.config.tools import ClientCall

KINDS = ("steps", "client")
COMMON = ("payload", "sync", "from")


class StepsAction(Section):
    """An action that the host handles, with steps."""

    kind: ClassVar[str] = "steps"

    payload: Schema | None = Field(None, description="What it carries; unchecked if left out.")
    sync: bool = Field(False, description="The page waits for the new widget; nothing streams.")
    from_: Literal["widget", "page"] = Field(
        "widget", alias="from", description="`page`: sent by the page, without a widget."
    )
    steps: tuple[Step, ...] = Field(description="What it does, in order.")


class ClientAction(Section):
    """An action that the page alone handles."""

    kind: ClassVar[str] = "client"

    payload: Schema | None = Field(None, description="What it carries; unchecked if left out.")
    client: ClientCall = Field(description="{}: the page handles it.")


Action = Annotated[
    Annotated[StepsAction, Tag("=steps")] | Annotated[ClientAction, Tag("=client")],
    Discriminator(kind_of(KINDS)),
    exactly_one("action", KINDS, common=COMMON),
]
