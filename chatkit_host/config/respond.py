"""`respond`: who answers a message, and how."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from chatkit_host.config.kinds import TAG_MARK, problem
from chatkit_host.config.names import AgentName
from chatkit_host.config.section import Section
from chatkit_host.config.values import Expression, LongText


class Titler(Section):
    """An agent that thinks of titles."""

    agent: AgentName = Field(description="The agent; it reads the user's message.")


def _form(given: Any) -> str:
    return TAG_MARK + ("text" if isinstance(given, str) else "agent")


Title = Annotated[
    Annotated[LongText, Tag("=text")] | Annotated[Titler, Tag("=agent")], Discriminator(_form)
]
"""`auto`, a template, or the agent that is asked."""


def _host(given: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?", given):
        cure = "write files.example.com, without https:// and without a path"
        raise problem("image_domain", f"{given!r} is not the name of a host", cure=cure)
    return given.lower()


class Route(Section):
    """Who answers instead, where something holds."""

    if_: Expression = Field(alias="if", description="What must hold; the first that does wins.")
    agent: AgentName = Field(description="Who answers then.")


class Respond(Section):
    """How a turn is answered."""

    agent: AgentName | None = Field(
        None, description="Who answers; may be left out if there is one."
    )
    routes: tuple[Route, ...] = Field((), description="Who answers a message instead, and when.")
    history: int = Field(50, ge=1, description="How many items of the thread the model reads.")
    allow_cancel: bool = Field(True, description="Whether the user may stop an answer.")
    on_disconnect: Literal["cancel", "continue"] = Field(
        "cancel", description="What becomes of an answer when its reader leaves."
    )
    concurrency: Literal["reject", "queue", "interrupt"] = Field(
        "reject", description="What a message does that comes while another is answered."
    )
    title: Title | None = Field(
        None,
        description="The title of a thread that has none: `auto`, a template, or { agent: … }.",
    )
    allowed_image_domains: tuple[Annotated[str, AfterValidator(_host)], ...] | None = Field(
        None, description="The only hosts that clients load pictures in answers from."
    )
    context: LongText | None = Field(
        None, description="Read by the model before the history, each turn; never shown."
    )
