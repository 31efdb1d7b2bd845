"""The whole of chatkit.yaml."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from chatkit_host.config.actions import Action
from chatkit_host.config.agents import Agent
from chatkit_host.config.attachments import Attachments
from chatkit_host.config.auth import AnonymousAuth, Auth
from chatkit_host.config.endpoints import Endpoint
from chatkit_host.config.entities import Entity
from chatkit_host.config.guardrails import Guardrail
from chatkit_host.config.hooks import Hooks
from chatkit_host.config.limits import Limits
from chatkit_host.config.models import Models
from chatkit_host.config.plugins import Plugins
from chatkit_host.config.request import RequestFact
from chatkit_host.config.respond import Respond
from chatkit_host.config.section import Section
from chatkit_host.config.server import Server
from chatkit_host.config.shared import SharedValue
from chatkit_host.config.storage import Storage
from chatkit_host.config.tools import Tool
from chatkit_host.config.transcription import Transcription
from chatkit_host.config.ui import Ui
from chatkit_host.config.values import Value
from chatkit_host.config.widgets import Widget


class Config(Section):
    """A bot."""

    later: ClassVar[frozenset[str]] = frozenset({"tests"})

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["agents"]},
                {"required": ["server"], "properties": {"server": {"required": ["python"]}}},
            ]
        }
    )

    version: Literal[1] = Field(1, description="The version of this language.")
    include: str | tuple[str, ...] = Field(
        (), description="Other YAML files whose sections are this one's too."
    )
    name: str = Field("Chat", description="What the bot is called.")
    models: Models = Field({}, description="What the agents think with, by name.")
    data: dict[str, Any] = Field({}, description="Read-only, for all.")
    state: dict[str, Value] = Field(
        {}, description="Each thread's own, with its defaults; they may be templates."
    )
    shared: dict[str, SharedValue] = Field(
        {}, description="Common to all threads, or to all of one user's; by name."
    )
    request: dict[str, RequestFact] = Field(
        {}, description="The only headers that templates see, by the names they have there."
    )
    agents: dict[str, Agent] = Field({}, min_length=1, description="Who answers, by name.")
    guardrails: dict[str, Guardrail] = Field({}, description="What may not be asked or said.")
    tools: dict[str, Tool] = Field({}, description="What can be called, by name.")
    entities: dict[str, Entity] = Field({}, description="What can be mentioned, kind by kind.")
    widgets: dict[str, Widget] = Field({}, description="What can be shown, by name.")
    actions: dict[str, Action] = Field({}, description="What widgets and the page may ask.")
    endpoints: dict[str, Endpoint] = Field(
        {}, description="Tools with a URL, for the page: `GET /cats/{thread.id}`."
    )
    on: Hooks = Hooks.left_out()
    respond: Respond = Respond.left_out()
    storage: Storage = Storage.left_out()
    attachments: Attachments | None = Field(
        None, description="What users may hand in; without it, nothing."
    )
    server: Server = Server.left_out()
    auth: Auth = AnonymousAuth.left_out()
    limits: Limits = Limits.left_out()
    transcription: Transcription | None = Field(
        None, description="What turns dictated speech into text; without it there is no dictation."
    )
    ui: Ui = Ui.left_out()
    plugins: Plugins = Field((), description="The only Python modules that `python:` may name.")

    @property
    def answering_agent(self) -> str:
        """The name of the agent that answers messages: `respond.agent`, or the only one."""
        return self.respond.agent or next(iter(self.agents))
