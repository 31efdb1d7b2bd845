"""Steps: what a tool without Python and an action are made of; one model a step."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from chatkit_host.config.kinds import exactly_one, kind_of
from chatkit_host.config.names import AgentName, ToolName, WidgetName
from chatkit_host.config.questions import Questions
from chatkit_host.config.section import Section
from chatkit_host.config.sources import Annotations
from chatkit_host.config.tasks import ShownTask, WorkflowEnd
from chatkit_host.config.values import (
    DataTemplate,
    Expression,
    Icon,
    LongText,
    Loop,
    Template,
    Value,
)

KINDS = (
    *("message", "widget", "update_widget", "hidden_context", "client_effect", "progress", "let"),
    *("set", "call", "respond", "return", "error", "stop", "then"),
    *("client_tool", "structured_input", "task", "end_workflow", "notice", "do"),
)
COMMON = ("if", "with", "as", "item", "else", "for")


class StepCommon(Section):
    """What every step may say."""

    kind: ClassVar[str] = ""

    if_: Expression | None = Field(None, alias="if", description="Only if this holds.")


class Message(Section):
    """An assistant message."""

    short: ClassVar[str | None] = "text"

    text: LongText = Field(description="Markdown.")
    annotations: Annotations = Field(None, description="What it cites, each at its place.")


class MessageStep(StepCommon):
    """Says something, as the assistant."""

    kind: ClassVar[str] = "message"
    message: Message


class ShownWidget(Section):
    """Which widget is shown, and with what."""

    short: ClassVar[str | None] = "name"

    name: WidgetName = Field(description="A widget of `widgets`.")
    data: DataTemplate = Field({}, description="Its data, by name.")
    copy_text: Template | None = Field(None, description="What copying it gives.")


class WidgetStep(StepCommon):
    """Shows a widget; its name and data are kept with the item."""

    kind: ClassVar[str] = "widget"
    widget: ShownWidget


class UpdateWidgetStep(StepCommon):
    """Shows the sender, or the item named, with new data over the data last shown."""

    kind: ClassVar[str] = "update_widget"
    update_widget: DataTemplate = Field(description="The data to change.")
    item: Template | None = Field(None, description="The item's id; else the sender.")


class HiddenContextStep(StepCommon):
    """Tells the model something that the user never sees."""

    kind: ClassVar[str] = "hidden_context"
    hidden_context: LongText


class ClientEffect(Section):
    """An effect on the page: its name and data."""

    short: ClassVar[str | None] = "name"

    name: str
    data: DataTemplate = Field({}, description="Its data.")


class ClientEffectStep(StepCommon):
    """Fires an effect on the page, and goes on."""

    kind: ClassVar[str] = "client_effect"
    client_effect: ClientEffect


class ClientToolCall(Section):
    """A tool of the page: its name, and what it is called with."""

    short: ClassVar[str | None] = "name"

    name: str = Field(description="The tool, as the page knows it.")
    arguments: DataTemplate = Field({}, description="What it is called with, by name.")


class ClientToolStep(StepCommon):
    """Asks the page, and ends the turn until it answers."""

    kind: ClassVar[str] = "client_tool"
    client_tool: ClientToolCall


class StructuredInputStep(StepCommon):
    """Puts questions to the user, and ends the turn; the answers begin the next."""

    kind: ClassVar[str] = "structured_input"
    structured_input: Questions


class Progress(Section):
    """A passing word on what goes on."""

    short: ClassVar[str | None] = "text"

    text: Template
    icon: Icon | None = None


class ProgressStep(StepCommon):
    """Shows what goes on, until something else is shown."""

    kind: ClassVar[str] = "progress"
    progress: Progress


class TaskStep(StepCommon):
    """Shows a task in the turn's workflow, or changes one."""

    kind: ClassVar[str] = "task"
    task: ShownTask


class EndWorkflowStep(StepCommon):
    """Ends the turn's workflow before the next message or widget does."""

    kind: ClassVar[str] = "end_workflow"
    end_workflow: WorkflowEnd


class Notice(Section):
    """A word to the user beside the conversation."""

    short: ClassVar[str | None] = "message"

    message: Template = Field(description="Markdown.")
    title: Template | None = None
    level: Literal["info", "warning", "danger"] = "info"


class NoticeStep(StepCommon):
    """Tells the user something that is not kept."""

    kind: ClassVar[str] = "notice"
    notice: Notice


class LetStep(StepCommon):
    """Names values for the rest of the list."""

    kind: ClassVar[str] = "let"
    let: dict[str, Value] = Field(min_length=1)


class SetStep(StepCommon):
    """Writes the state, what is shared, and the thread, top to bottom."""

    kind: ClassVar[str] = "set"
    set: dict[str, Value] = Field(min_length=1)


class CallStep(StepCommon):
    """Runs a tool."""

    kind: ClassVar[str] = "call"
    call: ToolName = Field(description="The tool.")
    with_: dict[str, Value] = Field({}, alias="with", description="Its arguments, by name.")
    as_: str | None = Field(None, alias="as", description="A name for its result.")


class Respond(Section):
    """Which agent goes on, and with what."""

    agent: AgentName | None = Field(None, description="The agent; else the one of `respond`.")
    input: Template | None = Field(None, description="More for it to read, unseen by the user.")


class RespondStep(StepCommon):
    """Lets an agent go on."""

    kind: ClassVar[str] = "respond"
    respond: Respond


class ReturnStep(StepCommon):
    """Ends the list, with a result for the caller."""

    kind: ClassVar[str] = "return"
    return_: Value = Field(alias="return")


class ErrorText(Section):
    """What is said when something fails."""

    short: ClassVar[str | None] = "message"

    message: Template
    status: int | None = Field(
        None, ge=400, le=599, description="The HTTP status, for the client of an endpoint."
    )


class ErrorStep(StepCommon):
    """Ends the list, with an error for the caller."""

    kind: ClassVar[str] = "error"
    error: ErrorText


class StopStep(StepCommon):
    """Ends the list; `stop` alone will do."""

    kind: ClassVar[str] = "stop"
    short: ClassVar[str | None] = "stop"

    stop: Annotated[
        Literal[True],
        BeforeValidator(lambda given: given in (None, {}) or given),
        WithJsonSchema({"enum": [True, None, {}]}),
    ] = True

    @classmethod
    def expand(cls, text: str) -> Any:
        return {"stop": True} if text == "stop" else text

    @classmethod
    def short_schema(cls) -> dict[str, Any]:
        return {"const": "stop"}


class IfStep(StepCommon):
    """Does one list or the other."""

    kind: ClassVar[str] = "then"

    if_: Expression = Field(alias="if", description="What decides.")
    then: tuple[Step, ...] = Field(description="What is done if it holds.")
    else_: tuple[Step, ...] = Field((), alias="else", description="What is done if not.")


class ForStep(StepCommon):
    """Does a list once for each element."""

    kind: ClassVar[str] = "do"

    for_: Loop = Field(alias="for", description="name in list, as in values.")
    do: tuple[Step, ...] = Field(description="What is done for each.")


Step = Annotated[
    Annotated[MessageStep, Tag("=message")]
    | Annotated[WidgetStep, Tag("=widget")]
    | Annotated[UpdateWidgetStep, Tag("=update_widget")]
    | Annotated[HiddenContextStep, Tag("=hidden_context")]
    | Annotated[ClientEffectStep, Tag("=client_effect")]
    | Annotated[ProgressStep, Tag("=progress")]
    | Annotated[TaskStep, Tag("=task")]
    | Annotated[EndWorkflowStep, Tag("=end_workflow")]
    | Annotated[NoticeStep, Tag("=notice")]
    | Annotated[LetStep, Tag("=let")]
    | Annotated[SetStep, Tag("=set")]
    | Annotated[CallStep, Tag("=call")]
    | Annotated[RespondStep, Tag("=respond")]
    | Annotated[ReturnStep, Tag("=return")]
    | Annotated[ErrorStep, Tag("=error")]
    | Annotated[StopStep, Tag("=stop")]
    | Annotated[IfStep, Tag("=then")]
    | Annotated[ForStep, Tag("=do")]
    | Annotated[ClientToolStep, Tag("=client_tool")]
    | Annotated[StructuredInputStep, Tag("=structured_input")],
    Discriminator(kind_of(KINDS, short="stop")),
    exactly_one("step", KINDS, common=COMMON, short="stop"),
]

IfStep.model_rebuild()
ForStep.model_rebuild()
