"""`tools`: what agents, actions and rules may call; one kind a model."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import Discriminator, Field, Tag, model_validator

from chatkit_host.config.approval import Approval
from chatkit_host.config.guardrails import ToolGuardrails
from chatkit_host.config.hosted import Hosted
from chatkit_host.config.kinds import exactly_one, kind_of, problem
from chatkit_host.config.names import AgentName, InPlugin, WidgetName
from chatkit_host.config.schemas import Schema
from chatkit_host.config.section import Section
from chatkit_host.config.show import ToolShow
from chatkit_host.config.steps import Step
from chatkit_host.config.values import Duration, Template, Value

KINDS = ("python", "steps", "return", "client", "agent", "hosted")
LATER = ("http", "sql", "mcp", "openapi", "knowledge")
COMMON = (
    *("description", "parameters", "progress", "widget", "select"),
    *("approval", "show", "timeout", "guardrails"),
)


class ToolCommon(Section):
    """What every kind of tool may say."""

    later: ClassVar[frozenset[str]] = frozenset(LATER)
    kind: ClassVar[str] = ""

    description: str = Field("", description="What it does, as the model reads it.")
    parameters: Schema = Field(
        default_factory=lambda: empty_object(), description="Its parameters, by name."
    )
    progress: Template | None = Field(None, description="Shown while it runs.")
    select: Value = Field(None, description="What of the `result` is handed on.")
    widget: WidgetName | None = Field(
        None, description="A widget that shows the result, as its data."
    )
    show: ToolShow | None = Field(None, description="What people see of a call while it runs.")
    guardrails: ToolGuardrails = Field(ToolGuardrails.left_out(), description="What stops a call.")
    approval: Approval | None = Field(
        None, description="When a person must agree before a model's call is carried out."
    )
    timeout: Duration = Field(
        300.0, gt=0, description="The longest a call may take: 30s; then its caller is told so."
    )


class PythonTool(ToolCommon):
    """A function of a module that `plugins` names."""

    kind: ClassVar[str] = "python"
    python: InPlugin = Field(pattern=r"^[\w.]+:[\w.]+$", description="module:function")


class StepsTool(ToolCommon):
    """A list of steps, run in order."""

    kind: ClassVar[str] = "steps"
    steps: tuple[Step, ...] = Field(description="What it does, in order.")


class ReturnTool(ToolCommon):
    """A tool that only looks something up."""

    kind: ClassVar[str] = "return"
    return_: Value = Field(alias="return", description="The result.")


class ClientCall(Section):
    """The page runs it; there is nothing more to say about it yet."""


class ClientTool(ToolCommon):
    """A tool that the page runs; the turn ends until it answers."""

    kind: ClassVar[str] = "client"
    client: ClientCall = Field(description="{}: the page has a tool of this name.")


class AgentTool(ToolCommon):
    """Another agent, asked as a tool."""

    kind: ClassVar[str] = "agent"
    agent: AgentName = Field(description="The agent that is asked.")


class HostedTool(ToolCommon):
    """A tool that the model's own server carries out."""

    kind: ClassVar[str] = "hosted"
    allowed: ClassVar[frozenset[str]] = frozenset({"hosted", "description", "show"})

    hosted: Hosted = Field(description="Which one: web_search, file_search, mcp, …")

    @model_validator(mode="after")
    def _is_not_ours_to_run(self) -> Self:
        """Whatever is done around a call is done here, and these calls never come here."""
        names = {field: info.alias or field for field, info in type(self).model_fields.items()}
        for field in sorted(self.model_fields_set - self.allowed):
            message = f"a hosted tool takes no {names[field]!r}: the model's server runs it"
            raise problem("hosted_key", message, path=(names[field],))
        if self.description and self.hosted.kind != "mcp":
            message = "the model knows this tool already: a description is for `mcp` alone"
            raise problem("hosted_key", message, path=("description",))
        return self


def empty_object() -> dict[str, Any]:
    """The JSON Schema of no parameters."""
    return {"type": "object", "properties": {}, "required": [], "additionalProperties": False}


Tool = Annotated[
    Annotated[PythonTool, Tag("=python")]
    | Annotated[StepsTool, Tag("=steps")]
    | Annotated[ReturnTool, Tag("=return")]
    | Annotated[ClientTool, Tag("=client")]
    | Annotated[AgentTool, Tag("=agent")]
    | Annotated[HostedTool, Tag("=hosted")],
    Discriminator(kind_of(KINDS)),
    exactly_one("tool", KINDS, common=COMMON, later=LATER),
]
