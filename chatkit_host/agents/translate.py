"""Model events in, ChatKit events out: one small method for each kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from chatkit_host import clock
from chatkit_host.agents.context import AgentContext
from chatkit_host.agents.display import Display
from chatkit_host.agents.drafts import MessageDraft, PartDraft, new_annotation, text_of
from chatkit_host.agents.hosted_calls import KINDS as HOSTED
from chatkit_host.agents.hosted_calls import HostedCalls
from chatkit_host.agents.images import Images
from chatkit_host.agents.response_converter import ResponseStreamConverter
from chatkit_host.agents.thoughts import Thought, Thoughts
from chatkit_host.types import (
    AssistantMessageContent,
    AssistantMessageContentPartAdded,
    AssistantMessageContentPartAnnotationAdded,
    AssistantMessageContentPartDone,
    TextDelta,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdate,
    ThreadItemUpdatedEvent,
)


class Translator:
    """Turns the events of a run's model calls into events of the thread, put into the context.

    Items are told apart by their place in the output, never by the model's ids: in Chat
    Completions mode these are all the same. The ids that go out are the store's.

    Args:
        context: where the events go.
        converter: how citations and pictures look.
        display: what is shown besides the answer.
        light: give text deltas their light form; else each is a public model.
    """

    def __init__(
        self,
        context: AgentContext[Any],
        converter: ResponseStreamConverter,
        display: Display | None = None,
        *,
        light: bool,
    ) -> None:
        self._context = context
        self._converter = converter
        self._display = display or Display()
        self.agent: str | None = None
        self._light = light
        self._queue = context._events
        self._responses = 0
        self.messages_done = 0
        self._thoughts = Thoughts(context)
        self._begin_response()
        self._handlers: dict[str, Callable[[Any], Awaitable[None]]] = {
            "response.created": self._created,
            "response.output_item.added": self._item_added,
            "response.output_item.done": self._item_done,
            "response.content_part.added": self._part_added,
            "response.content_part.done": self._part_done,
            "response.output_text.annotation.added": self._annotation_added,
            "response.output_text.done": self._text_done,
            "response.refusal.done": self._refusal_done,
            "response.reasoning_summary_text.delta": self._summary_delta,
            "response.reasoning_summary_text.done": self._summary_done,
            "response.reasoning_summary_part.done": self._summary_part_done,
            "response.reasoning_text.delta": self._reasoning_delta,
            "response.reasoning_text.done": self._reasoning_done,
            "response.image_generation_call.partial_image": self._partial_image,
            "response.completed": self._completed,
            "response.incomplete": self._completed,
        }

    async def translate(self, event: Any) -> None:
        """Put what follows from one model event into the context."""
        if event.type in ("response.output_text.delta", "response.refusal.delta"):
            self.text_delta(event)
        elif handler := self._handlers.get(event.type):
            await handler(event)

    def text_delta(self, event: Any) -> None:
        """Put in a delta of text or refusal: most of all events are, so there is a short way."""
        if not self._speaks:
            return
        draft = self._messages.get(event.output_index) or self._start_message(event.output_index)
        if event.content_index not in draft.parts:
            self._announce_part(draft, event.content_index, AssistantMessageContent(text=""))
        delta = TextDelta(draft.item_id, event.content_index, event.delta)
        # No item begins or ends with it, so the context has nothing to note.
        self._queue.put(delta if self._light else delta.to_event())

    @property
    def message_ids(self) -> list[str]:
        """The messages of the response that is being read, or was read last."""
        return [draft.item_id for draft in self._messages.values()]

    def finish_refusal(self, text: str) -> None:
        """See to it that the model's refusal is there in the end, whole."""
        if not self._messages:
            self.say(text)
        for place, draft in self._messages.items():
            if not draft.done:
                draft.done = True
                if draft.parts:
                    self._finish_part(place, 0, text)
                self._emit_done(draft, [AssistantMessageContent(text=text)])

    def say(self, text: str) -> None:
        """Put in a whole message that no model event told of."""
        draft = MessageDraft(self._context.generate_id("message"), clock.now())
        item = draft.item(self._context.thread.id, [AssistantMessageContent(text=text)])
        self._context.emit(ThreadItemDoneEvent(item=item))

    def _begin_response(self) -> None:
        self._responses += 1
        self._messages: dict[int, MessageDraft] = {}
        self._passed_over: set[int] = set()
        self._images = Images(self._context, self._converter)
        self._hosted = HostedCalls(self._context, self._display, self.agent)
        self._speaks = self._display.shows_answers(self.agent)
        self._thoughts.shown = self._display.shows_thoughts(self.agent)

    async def _created(self, event: Any) -> None:
        self._begin_response()

    async def _item_added(self, event: Any) -> None:
        match event.item.type:
            case "message" if self._speaks:
                self._start_message(event.output_index)
            case "reasoning":
                await self._thoughts.begin()
            case "image_generation_call":
                await self._hosted.begin(event.output_index, event.item)
                self._images.begin(event.output_index)
            case kind if kind in HOSTED:
                await self._hosted.begin(event.output_index, event.item)

    def _start_message(self, place: int) -> MessageDraft:
        draft = MessageDraft(self._context.generate_id("message"), clock.now())
        self._messages[place] = draft
        self._context.emit(ThreadItemAddedEvent(item=draft.item(self._context.thread.id, [])))
        return draft

    async def _part_added(self, event: Any) -> None:
        if event.part.type == "reasoning_text" or not self._speaks:
            return
        draft = self._messages.get(event.output_index) or self._start_message(event.output_index)
        if event.content_index not in draft.parts:
            content = await self._content(draft.part(event.content_index), event.part)
            self._announce_part(draft, event.content_index, content)

    def _announce_part(
        self, draft: MessageDraft, index: int, content: AssistantMessageContent
    ) -> None:
        draft.part(index)
        added = AssistantMessageContentPartAdded(content_index=index, content=content)
        self._update(draft, added)

    async def _annotation_added(self, event: Any) -> None:
        draft = self._messages.get(event.output_index)
        if draft is not None:
            await self._annotate(draft, event.content_index, [event.annotation])

    async def _annotate(self, draft: MessageDraft, index: int, citations: list[Any]) -> None:
        part = draft.part(index)
        for citation in citations:
            annotation = await new_annotation(part, citation, self._converter)
            if annotation is None:
                continue
            added = AssistantMessageContentPartAnnotationAdded(
                content_index=index,
                annotation_index=len(part.annotations) - 1,
                annotation=annotation,
            )
            self._update(draft, added)

    async def _text_done(self, event: Any) -> None:
        self._finish_part(event.output_index, event.content_index, event.text)

    async def _refusal_done(self, event: Any) -> None:
        self._finish_part(event.output_index, event.content_index, event.refusal)

    async def _part_done(self, event: Any) -> None:
        draft = self._messages.get(event.output_index)
        if draft is None:
            return
        citations = getattr(event.part, "annotations", None) or []
        await self._annotate(draft, event.content_index, citations)
        self._finish_part(event.output_index, event.content_index, text_of(event.part))

    def _finish_part(self, place: int, index: int, text: str) -> None:
        """Servers of one API say `text.done` and then `part.done`, of the other only the latter."""
        draft = self._messages.get(place)
        if draft is None or draft.part(index).done:
            return
        draft.part(index).done = True
        content = AssistantMessageContent(
            text=text, annotations=list(draft.part(index).annotations)
        )
        self._update(draft, AssistantMessageContentPartDone(content_index=index, content=content))

    async def _item_done(self, event: Any) -> None:
        match event.item.type:
            case "message":
                await self._finish_message(event.output_index, event.item)
            case "reasoning":
                await self._thoughts.finish_all(self._reasoning_item(event), event.item)
            case "image_generation_call":
                await self._images.finish(event.output_index, event.item)
                await self._hosted.finish(event.output_index, event.item)
            case kind if kind in HOSTED:
                await self._hosted.finish(event.output_index, event.item)

    async def _finish_message(self, place: int, message: Any) -> None:
        if not self._speaks:
            self._pass_over(place)
            return
        draft = self._messages.get(place) or self._start_message(place)
        if draft.done:
            return
        draft.done = True
        self.messages_done += 1
        content = [
            await self._content(draft.part(index), part)
            for index, part in enumerate(message.content)
        ]
        self._emit_done(draft, content)

    def _emit_done(self, draft: MessageDraft, content: list[AssistantMessageContent]) -> None:
        item = draft.item(self._context.thread.id, content)
        # It ended the workflow that was open when it began; one that began since goes on.
        self._context.emit(ThreadItemDoneEvent(item=item), ends_workflow=False)

    def _pass_over(self, place: int) -> None:
        """Count a message that is data, and not for people to read."""
        if place not in self._passed_over:
            self._passed_over.add(place)
            self.messages_done += 1

    async def _content(self, part: PartDraft, whole: Any) -> AssistantMessageContent:
        for citation in getattr(whole, "annotations", None) or []:
            await new_annotation(part, citation, self._converter)
        return AssistantMessageContent(text=text_of(whole), annotations=list(part.annotations))

    async def _completed(self, event: Any) -> None:
        """Finish what was never said to be done: some servers send the last event alone."""
        output = event.response.output
        messages = [(n, item) for n, item in enumerate(output) if item.type == "message"]
        drafts = sorted(self._messages)
        for order, (number, message) in enumerate(messages):
            place = drafts[order] if order < len(drafts) else number
            await self._finish_message(place, message)

    async def _summary_delta(self, event: Any) -> None:
        thought = Thought(self._reasoning_item(event), event.summary_index)
        await self._thoughts.add(thought, event.delta)

    async def _summary_done(self, event: Any) -> None:
        thought = Thought(self._reasoning_item(event), event.summary_index)
        await self._thoughts.finish(thought, event.text)

    async def _summary_part_done(self, event: Any) -> None:
        thought = Thought(self._reasoning_item(event), event.summary_index)
        await self._thoughts.finish(thought, event.part.text)

    async def _reasoning_delta(self, event: Any) -> None:
        thought = Thought(self._reasoning_item(event), event.content_index, raw=True)
        await self._thoughts.add(thought, event.delta)

    async def _reasoning_done(self, event: Any) -> None:
        thought = Thought(self._reasoning_item(event), event.content_index, raw=True)
        await self._thoughts.finish(thought, event.text)

    def _reasoning_item(self, event: Any) -> str:
        return f"{self._responses}.{event.output_index}"

    async def _partial_image(self, event: Any) -> None:
        await self._images.show_partial(event)

    def _update(self, draft: MessageDraft, update: ThreadItemUpdate) -> None:
        self._context.emit(ThreadItemUpdatedEvent(item_id=draft.item_id, update=update))
