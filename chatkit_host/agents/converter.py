"""Thread items → what a model reads, in a form that both of OpenAI's APIs take."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from chatkit_host.agents import wording
from chatkit_host.agents.timeline import calls_first, calls_joined, last_user_message
from chatkit_host.types import (
    AssistantMessageItem,
    Attachment,
    ClientToolCallItem,
    EndOfTurnItem,
    GeneratedImageItem,
    HiddenContextItem,
    SDKHiddenContextItem,
    StructuredInputItem,
    TaskItem,
    ThreadItem,
    ToolCallItem,
    UserMessageItem,
    UserMessageTagContent,
    WidgetItem,
    WorkflowItem,
)

if TYPE_CHECKING:
    from agents import TResponseInputItem
    from openai.types.responses import ResponseInputContentParam

    ModelInput: TypeAlias = TResponseInputItem | list[TResponseInputItem] | None


class ThreadItemConverter:
    """Turns thread items into model input; override what your items need.

    Each method takes one kind of item and gives an input item, several, or None for nothing.
    """

    async def attachment_to_message_content(
        self, attachment: Attachment
    ) -> ResponseInputContentParam:
        """An attachment as part of the user's message. To be overridden where there are any."""
        raise NotImplementedError(
            f"{type(self).__name__}.attachment_to_message_content is needed for {attachment.name!r}"
        )

    async def tag_to_message_content(self, tag: UserMessageTagContent) -> ResponseInputContentParam:
        """A thing the user mentioned as context beside the message; by default, all that is known
        of it. Asked once for each text that is mentioned."""
        return {"type": "input_text", "text": wording.mention(tag)}

    async def generated_image_to_input(self, item: GeneratedImageItem) -> ModelInput:
        """A picture that was made. Override it where its URL is not for everyone to fetch."""
        if item.image is None:
            return None
        picture = {"type": "input_image", "detail": "auto", "image_url": item.image.url}
        return _user([{"type": "input_text", "text": wording.PICTURE}, picture])

    async def hidden_context_to_input(self, item: HiddenContextItem) -> ModelInput:
        """Hidden context of the integration's; content that is not text goes as JSON."""
        return _user_text(wording.hidden_context(item.content))

    async def sdk_hidden_context_to_input(self, item: SDKHiddenContextItem) -> ModelInput:
        """Hidden context of the host's own."""
        return _user_text(wording.hidden_context(item.content))

    async def task_to_input(self, item: TaskItem) -> ModelInput:
        """A task that was shown; only those in words of one's own say something to a model."""
        text = wording.task_shown(item.task)
        return None if text is None else _user_text(text)

    async def structured_input_to_input(self, item: StructuredInputItem) -> ModelInput:
        """Questions to the user, and the answers."""
        return _user_text(wording.questions_shown(item))

    async def workflow_to_input(self, item: WorkflowItem) -> ModelInput:
        """The tasks of a workflow, as `task_to_input` has them."""
        texts = [wording.task_shown(task) for task in item.workflow.tasks]
        return [_user_text(text) for text in texts if text is not None]

    async def widget_to_input(self, item: WidgetItem) -> ModelInput:
        """A widget that was shown, as the JSON the client got."""
        shown = item.widget.model_dump_json(exclude_unset=True, exclude_none=True, by_alias=True)
        return _user_text(wording.widget_shown(item.id, shown))

    async def user_message_to_input(
        self, item: UserMessageItem, is_last_message: bool = True
    ) -> ModelInput:
        """The user's message, what it mentions and quotes before it.

        Args:
            item: the message.
            is_last_message: whether it is the newest; only then the quotation is worth a mention.
        """
        tags = [part for part in item.content if isinstance(part, UserMessageTagContent)]
        text = "".join(
            f"@{part.text}" if isinstance(part, UserMessageTagContent) else part.text
            for part in item.content
        )
        attached = [await self.attachment_to_message_content(a) for a in item.attachments]
        messages = [] if not tags else [await self._mentions(tags)]
        if item.quoted_text and is_last_message:
            messages.append(_user_text(wording.quotation(item.quoted_text)))
        # A text part that is empty is an error to some servers; a file needs none beside it.
        part = {"type": "input_text", "text": wording.without_own_tags(text)}
        said = [part] if text or not attached else []
        return [*messages, _user([*said, *attached])]

    async def assistant_message_to_input(self, item: AssistantMessageItem) -> ModelInput:
        """What the assistant said. A plain string: the parts of either API are an error in the
        other."""
        text = "\n".join(part.text for part in item.content if part.text)
        return _message("assistant", text) if text else None

    async def client_tool_call_to_input(self, item: ClientToolCallItem) -> ModelInput:
        """A call that the page carried out; one it has not yet is left out."""
        if item.status == "pending":
            return None
        output = json.dumps(item.output, ensure_ascii=False)
        arguments = json.dumps(item.arguments, ensure_ascii=False)
        return _call_and_output(item.call_id, item.name, arguments, output)

    async def tool_call_to_input(self, item: ToolCallItem) -> ModelInput:
        """A call that the server carried out; one that never ended says so."""
        output = wording.INTERRUPTED if item.output is None else item.output
        return _call_and_output(item.call_id, item.name, item.arguments, output)

    async def end_of_turn_to_input(self, item: EndOfTurnItem) -> ModelInput:
        """The end of a turn is a hint for clients: nothing."""
        return None

    async def to_agent_input(
        self, thread_items: Sequence[ThreadItem] | ThreadItem
    ) -> list[TResponseInputItem]:
        """Input for the `Runner`.

        Args:
            thread_items: the items, oldest first, or one item.
        """
        given_items = [*thread_items] if isinstance(thread_items, Sequence) else [thread_items]
        items = calls_first(calls_joined(given_items))
        newest = last_user_message(items)
        given: list[TResponseInputItem] = []
        for item in items:
            converted = await self._convert(item, item is newest)
            given += converted if isinstance(converted, list) else [converted] if converted else []
        return given

    def _convert(self, item: ThreadItem, is_newest: bool) -> Awaitable[ModelInput]:
        match item:
            case UserMessageItem():
                return self.user_message_to_input(item, is_newest)
            case AssistantMessageItem():
                return self.assistant_message_to_input(item)
            case ToolCallItem():
                return self.tool_call_to_input(item)
            case ClientToolCallItem():
                return self.client_tool_call_to_input(item)
            case HiddenContextItem():
                return self.hidden_context_to_input(item)
            case SDKHiddenContextItem():
                return self.sdk_hidden_context_to_input(item)
            case WidgetItem():
                return self.widget_to_input(item)
            case _:
                return self._convert_rarer(item)

    def _convert_rarer(self, item: ThreadItem) -> Awaitable[ModelInput]:
        match item:
            case WorkflowItem():
                return self.workflow_to_input(item)
            case TaskItem():
                return self.task_to_input(item)
            case StructuredInputItem():
                return self.structured_input_to_input(item)
            case GeneratedImageItem():
                return self.generated_image_to_input(item)
            case EndOfTurnItem():
                return self.end_of_turn_to_input(item)
            case _:
                return _nothing()

    async def _mentions(self, tags: list[UserMessageTagContent]) -> TResponseInputItem:
        """One message with what is known of each thing that is mentioned, once."""
        once = {tag.text: tag for tag in reversed(tags)}
        parts = [await self.tag_to_message_content(once[text]) for text in reversed(once)]
        if all(part["type"] == "input_text" for part in parts):
            lines = "\n".join(cast("Any", part)["text"] for part in parts)
            return _user_text(wording.enclose(wording.MENTIONED, lines))
        heading = {"type": "input_text", "text": wording.enclose(wording.MENTIONED, "as follows")}
        return _user([heading, *parts])


_DEFAULT_CONVERTER = ThreadItemConverter()


async def simple_to_agent_input(
    thread_items: Sequence[ThreadItem] | ThreadItem,
) -> list[TResponseInputItem]:
    """Input for the `Runner`, as a plain `ThreadItemConverter` has it."""
    return await _DEFAULT_CONVERTER.to_agent_input(thread_items)


async def _nothing() -> None:
    """For what no model ever sees."""


def _message(role: str, content: Any) -> TResponseInputItem:
    return cast("TResponseInputItem", {"type": "message", "role": role, "content": content})


def _user(parts: list[Any]) -> TResponseInputItem:
    return _message("user", parts)


def _user_text(text: str) -> TResponseInputItem:
    return _user([{"type": "input_text", "text": text}])


def _call_and_output(
    call_id: str, name: str, arguments: str, output: str
) -> list[TResponseInputItem]:
    call = {"type": "function_call", "call_id": call_id, "name": name, "arguments": arguments}
    result = {"type": "function_call_output", "call_id": call_id, "output": output}
    return cast("list[TResponseInputItem]", [call, result])
