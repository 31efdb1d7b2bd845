"""A larger server, written for `openai-chatkit`: each feature of its README, in one shop."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from typing import Any, Literal

from agents import (
    Agent,
    GuardrailFunctionOutput,
    InputGuardrailTripwireTriggered,
    Model,
    RunConfig,
    RunContextWrapper,
    Runner,
    StopAtTools,
    function_tool,
    input_guardrail,
)
from chatkit.actions import Action
from chatkit.agents import (
    AgentContext,
    ClientToolCall,
    ThreadItemConverter,
    accumulate_text,
    simple_to_agent_input,
    stream_agent_response,
)
from chatkit.errors import CustomStreamError, ErrorCode, StreamError
from chatkit.server import ChatKitServer, stream_widget
from chatkit.store import AttachmentStore, NotFoundError, default_generate_id
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    Attachment,
    AttachmentCreateParams,
    AttachmentUploadDescriptor,
    ClientEffectEvent,
    CustomTask,
    FeedbackKind,
    FileAttachment,
    HiddenContextItem,
    ProgressUpdateEvent,
    SyncCustomActionResponse,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    UserMessageItem,
    UserMessageTagContent,
    WidgetItem,
    Workflow,
)
from chatkit.widgets import (
    Button,
    Card,
    Col,
    ListView,
    ListViewItem,
    Markdown,
    Text,
    WidgetRoot,
    WidgetTemplate,
)

Context = dict[str, Any]
QUIET = RunConfig(tracing_disabled=True)
Pick = Action[Literal["shop.pick"], dict[str, str]]


class Uploads(AttachmentStore[Context]):
    """Two phases: room and a URL first, the bytes (elsewhere) later; each user's own."""

    def __init__(self, kept: dict[str, Attachment]) -> None:
        self.kept = kept
        self.deleted: list[str] = []

    def generate_attachment_id(self, mime_type: str, context: Context) -> str:
        return f"{default_generate_id('attachment')}_{context['user_id']}"

    async def create_attachment(
        self, input: AttachmentCreateParams, context: Context
    ) -> Attachment:
        if context["user_id"] == "mallory":
            raise NotFoundError("no uploads for you")
        made = self.generate_attachment_id(input.mime_type, context)
        descriptor = AttachmentUploadDescriptor(url=f"https://files.example/{made}", method="PUT")
        return FileAttachment(
            id=made,
            name=input.name,
            mime_type=input.mime_type,
            upload_descriptor=descriptor,
            metadata={"bucket": "secret"},
        )

    async def delete_attachment(self, attachment_id: str, context: Context) -> None:
        self.deleted.append(attachment_id)


class ShopConverter(ThreadItemConverter):
    """What the model reads of attachments, mentions and hidden context."""

    async def attachment_to_message_content(self, attachment: Attachment) -> Any:
        return {"type": "input_text", "text": f"<FILE>{attachment.name}</FILE>"}

    async def tag_to_message_content(self, tag: UserMessageTagContent) -> Any:
        return {"type": "input_text", "text": f"<TAG>{tag.data['sku']}</TAG>"}

    async def hidden_context_to_input(self, item: HiddenContextItem) -> Any:
        content = [{"type": "input_text", "text": f"<HIDDEN>{item.content}</HIDDEN>"}]
        return {"type": "message", "role": "user", "content": content}


@function_tool
async def show_plant(ctx: RunContextWrapper[AgentContext[Context]], name: str) -> str:
    """Show a plant."""
    await ctx.context.stream(ProgressUpdateEvent(text=f"Fetching the {name}"))
    await ctx.context.stream_widget(Card(children=[Text(value=name)]), copy_text=name)
    return "shown"


@function_tool
async def read_cart(ctx: RunContextWrapper[AgentContext[Context]], limit: int) -> None:
    """What is in the cart on the page."""
    ctx.context.client_tool_call = ClientToolCall(name="read_cart", arguments={"limit": limit})


@function_tool
async def plan(ctx: RunContextWrapper[AgentContext[Context]]) -> str:
    """Plan a garden."""
    await ctx.context.start_workflow(Workflow(type="custom", tasks=[]))
    await ctx.context.add_workflow_task(CustomTask(title="Measuring"))
    await ctx.context.update_workflow_task(CustomTask(title="Measured"), task_index=0)
    await ctx.context.end_workflow()
    return "planned"


@input_guardrail
async def no_cards(ctx: Any, agent: Any, given: Any) -> GuardrailFunctionOutput:
    """No credit cards."""
    tripped = "4111" in str(given)
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=tripped)


class Shop(ChatKitServer[Context]):
    """Does what the message says; with a model, where it begins with `ask`."""

    model: Model | None = None
    feedback: list[tuple[str, list[str], FeedbackKind]]

    async def respond(
        self,
        thread: ThreadMetadata,
        input_user_message: UserMessageItem | None,
        context: Context,
    ) -> AsyncIterator[ThreadStreamEvent]:
        said = (
            "".join(part.text for part in input_user_message.content if hasattr(part, "text"))
            if input_user_message
            else "ask"
        )
        answer = getattr(self, f"do_{said.split()[0]}", self.do_ask)
        async for event in answer(thread, input_user_message, context):
            yield event

    async def do_ask(self, thread: ThreadMetadata, message: Any, context: Context) -> Any:
        agent = Agent[AgentContext[Context]](
            name="clerk",
            model=self.model,
            tools=[show_plant, read_cart, plan],
            tool_use_behavior=StopAtTools(stop_at_tool_names=["read_cart"]),
            input_guardrails=[no_cards],
        )
        agent_context = AgentContext[Context](
            thread=thread, store=self.store, request_context=context
        )
        items = await self.store.load_thread_items(thread.id, None, 20, "asc", context)
        given = await ShopConverter().to_agent_input(items.data)
        result = Runner.run_streamed(agent, given, context=agent_context, run_config=QUIET)
        try:
            async for event in stream_agent_response(agent_context, result):
                yield event
        except InputGuardrailTripwireTriggered:
            raise CustomStreamError("No cards, please.", allow_retry=False) from None

    async def do_simple(self, thread: ThreadMetadata, message: Any, context: Context) -> Any:
        agent_context = AgentContext[Context](
            thread=thread, store=self.store, request_context=context
        )
        given = await simple_to_agent_input(message)
        agent = Agent(name="clerk", model=self.model)
        result = Runner.run_streamed(agent, given, context=agent_context, run_config=QUIET)
        async for event in stream_agent_response(agent_context, result):
            yield event

    async def do_write(self, thread: ThreadMetadata, message: Any, context: Context) -> Any:
        """A widget that grows while the model writes."""
        agent = Agent(name="poet", model=self.model)
        result = Runner.run_streamed(agent, "Write.", run_config=QUIET)

        async def states() -> AsyncGenerator[WidgetRoot, None]:
            empty = Markdown(id="poem", value="", streaming=True)
            async for poem in accumulate_text(result.stream_events(), empty):
                yield Card(children=[Col(children=[poem])])

        async for event in stream_widget(thread, states()):
            yield event

    async def do_offer(self, thread: ThreadMetadata, message: Any, context: Context) -> Any:
        config = Pick.create({"sku": "fern"}, handler="server", loading_behavior="self")
        rows = [ListViewItem(children=[Text(value="Fern")], onClickAction=config)]
        async for event in stream_widget(thread, ListView(children=rows), copy_text="Fern"):
            yield event

    async def do_template(self, thread: ThreadMetadata, message: Any, context: Context) -> Any:
        template = WidgetTemplate.from_file(context["template"])
        widget = template.build({"name": 'The "Fern"'})
        async for event in stream_widget(thread, widget):
            yield event

    async def do_hide(self, thread: ThreadMetadata, message: Any, context: Context) -> Any:
        yield ThreadItemDoneEvent(
            item=HiddenContextItem(**self.base(thread, context), content="likes ferns")
        )
        yield ClientEffectEvent(name="splash", data={"n": 1})

    async def do_remove(self, thread: ThreadMetadata, message: Any, context: Context) -> Any:
        said = self.said(thread, context, "wrong")
        yield ThreadItemDoneEvent(item=said)
        yield ThreadItemRemovedEvent(item_id=said.id)

    async def do_title(self, thread: ThreadMetadata, message: Any, context: Context) -> Any:
        thread.title = "Ferns"
        thread.metadata["seen"] = 1
        yield ThreadItemDoneEvent(item=self.said(thread, context, "titled"))

    async def do_fail(self, thread: ThreadMetadata, message: Any, context: Context) -> Any:
        yield ProgressUpdateEvent(text="…")
        kind = message.content[0].text.split()[1]
        if kind == "custom":
            raise CustomStreamError("Sold *out*.", allow_retry=True)
        if kind == "coded":
            raise StreamError(ErrorCode.STREAM_ERROR, allow_retry=False)
        raise RuntimeError("postgres://secret@db")

    async def action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Context,
    ) -> AsyncIterator[ThreadStreamEvent]:
        if sender is not None:
            sold = Card(children=[Button(label="Sold", disabled=True)])
            yield ThreadItemReplacedEvent(item=sender.model_copy(update={"widget": sold}))
        text = f"Picked {action.payload['sku']}"
        yield ThreadItemDoneEvent(item=self.said(thread, context, text))

    async def sync_action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Context,
    ) -> SyncCustomActionResponse:
        return SyncCustomActionResponse(updated_item=sender)

    async def add_feedback(
        self, thread_id: str, item_ids: list[str], feedback: FeedbackKind, context: Context
    ) -> None:
        self.feedback = [(thread_id, item_ids, feedback)]

    def agent_context(self, thread: ThreadMetadata, context: Context) -> AgentContext[Context]:
        return AgentContext(thread=thread, store=self.store, request_context=context)

    def base(self, thread: ThreadMetadata, context: Context) -> dict[str, Any]:
        made = self.store.generate_item_id("message", thread, context)
        return {"id": made, "thread_id": thread.id, "created_at": datetime.now()}  # noqa: DTZ005

    def said(self, thread: ThreadMetadata, context: Context, text: str) -> AssistantMessageItem:
        content = [AssistantMessageContent(text=text)]
        return AssistantMessageItem(**self.base(thread, context), content=content)
