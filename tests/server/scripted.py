"""One scripted server and one plain store, made from either SDK's parts."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.server.servers import request, user_input

TIME = re.compile(r'"created_at":"[^"]*"')
ERROR_ID = re.compile(r"err_\w+")


@dataclass(frozen=True)
class Sdk:
    """The modules of one side, `chatkit` or `chatkit_host`."""

    name: str

    def __getattr__(self, module: str) -> Any:
        return importlib.import_module(f"{self.name}.{module}")


def make_store(sdk: Sdk) -> Any:
    """A store on dictionaries with counted ids, the same for both sides."""
    page, missing = sdk.types.Page, sdk.store.NotFoundError

    class PlainStore(sdk.store.Store):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            self.threads: dict[str, Any] = {}
            self.items: dict[str, list[Any]] = {}
            self.attachments: dict[str, Any] = {}
            self.numbers = count(1)

        def generate_thread_id(self, context: Any) -> str:
            return f"thr_{next(self.numbers)}"

        def generate_item_id(self, item_type: str, thread: Any, context: Any) -> str:
            return f"{item_type}_{next(self.numbers)}"

        async def load_thread(self, thread_id: str, context: Any) -> Any:
            if thread_id not in self.threads:
                raise missing(thread_id)
            return self.threads[thread_id].model_copy(deep=True)

        async def save_thread(self, thread: Any, context: Any) -> None:
            # The reference hands over a `Thread` at times, whose items are not the store's.
            fields = thread.model_dump(exclude={"items"})
            self.threads[thread.id] = sdk.types.ThreadMetadata(**fields)

        async def load_threads(self, limit: int, after: Any, order: str, context: Any) -> Any:
            return self._page(list(self.threads.values()), after, limit, order)

        async def load_thread_items(
            self, thread_id: str, after: Any, limit: int, order: str, context: Any
        ) -> Any:
            return self._page(self.items.get(thread_id, []), after, limit, order)

        def _page(self, rows: list[Any], after: Any, limit: int, order: str) -> Any:
            rows = rows if order == "asc" else rows[::-1]
            start = 1 + [row.id for row in rows].index(after) if after else 0
            data = [row.model_copy(deep=True) for row in rows[start : start + limit]]
            more = start + limit < len(rows)
            return page(data=data, has_more=more, after=data[-1].id if more else None)

        async def add_thread_item(self, thread_id: str, item: Any, context: Any) -> None:
            self.items.setdefault(thread_id, []).append(item.model_copy(deep=True))

        async def save_item(self, thread_id: str, item: Any, context: Any) -> None:
            rows = self.items[thread_id]
            rows[[row.id for row in rows].index(item.id)] = item.model_copy(deep=True)

        async def load_item(self, thread_id: str, item_id: str, context: Any) -> Any:
            for row in self.items.get(thread_id, []):
                if row.id == item_id:
                    return row.model_copy(deep=True)
            raise missing(item_id)

        async def delete_thread(self, thread_id: str, context: Any) -> None:
            del self.threads[thread_id]
            self.items.pop(thread_id, None)

        async def delete_thread_item(self, thread_id: str, item_id: str, context: Any) -> None:
            rows = self.items[thread_id]
            self.items[thread_id] = [row for row in rows if row.id != item_id]

        async def save_attachment(self, attachment: Any, context: Any) -> None:
            self.attachments[attachment.id] = attachment

        async def load_attachment(self, attachment_id: str, context: Any) -> Any:
            return self.attachments[attachment_id]

        async def delete_attachment(self, attachment_id: str, context: Any) -> None:
            del self.attachments[attachment_id]

    return PlainStore()


def make_attachment_store(sdk: Sdk) -> Any:
    t = sdk.types

    class Uploads(sdk.store.AttachmentStore):  # type: ignore[misc, name-defined]
        async def create_attachment(self, input: Any, context: Any) -> Any:
            descriptor = t.AttachmentUploadDescriptor(url="https://up.example/1", method="PUT")
            return t.FileAttachment(
                id="atc_1",
                name=input.name,
                mime_type=input.mime_type,
                upload_descriptor=descriptor,
                metadata={"secret": True},
            )

        async def delete_attachment(self, attachment_id: str, context: Any) -> None:
            return None

    return Uploads()


def make_server(sdk: Sdk) -> Any:
    """A server that does what the message says."""
    t = sdk.types

    class ScriptedServer(sdk.server.ChatKitServer):  # type: ignore[misc, name-defined]
        async def respond(self, thread: Any, input_user_message: Any, context: Any) -> Any:
            parts = input_user_message.content if input_user_message else []
            word = "".join(part.text for part in parts) or "after"
            async for event in getattr(self, f"do_{word}")(thread, context):
                yield event

        async def action(self, thread: Any, action: Any, sender: Any, context: Any) -> Any:
            yield t.ClientEffectEvent(name=action.type, data={"payload": action.payload})
            if sender is not None:
                yield t.ThreadItemReplacedEvent(item=sender)

        async def sync_action(self, thread: Any, action: Any, sender: Any, context: Any) -> Any:
            return t.SyncCustomActionResponse(updated_item=sender)

        async def transcribe(self, audio_input: Any, context: Any) -> Any:
            return t.TranscriptionResult(text=f"{len(audio_input.data)} {audio_input.media_type}")

        def base(self, thread: Any, context: Any, kind: str = "message") -> dict[str, Any]:
            made = self.store.generate_item_id(kind, thread, context)
            return {"id": made, "thread_id": thread.id, "created_at": datetime.now(UTC)}

        def said(self, thread: Any, context: Any, text: str) -> Any:
            content = [t.AssistantMessageContent(text=text)]
            return t.AssistantMessageItem(**self.base(thread, context), content=content)

        async def do_echo(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            yield t.ThreadItemDoneEvent(item=self.said(thread, context, 'Hello "you" ✨\n'))

        async def do_after(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            yield t.ThreadItemDoneEvent(item=self.said(thread, context, "went on"))

        async def do_stream(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            item = t.AssistantMessageItem(**self.base(thread, context), content=[])
            yield t.ThreadItemAddedEvent(item=item)
            content = t.AssistantMessageContent(text="")
            yield self.update(item, t.AssistantMessageContentPartAdded, content=content)
            for delta in ["a", " “b” ", "\\c\u2028"]:
                yield self.update(item, t.AssistantMessageContentPartTextDelta, delta=delta)
            content = t.AssistantMessageContent(text="a “b” \\c\u2028")
            yield self.update(item, t.AssistantMessageContentPartDone, content=content)
            item.content = [content]
            yield t.ThreadItemDoneEvent(item=item)

        def update(self, item: Any, kind: Any, **fields: Any) -> Any:
            update = kind(content_index=0, **fields)
            return t.ThreadItemUpdatedEvent(item_id=item.id, update=update)

        async def do_hidden(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            hidden = t.HiddenContextItem(**self.base(thread, context), content="psst")
            yield t.ThreadItemDoneEvent(item=hidden)
            yield t.ProgressUpdateEvent(text="Working", icon="sparkle")
            yield t.NoticeEvent(level="info", message="*Hm*", title="Note")
            yield t.ThreadItemDoneEvent(item=t.EndOfTurnItem(**self.base(thread, context)))

        async def do_title(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            thread.title = "First"
            yield t.ProgressUpdateEvent(text="…")
            thread.status = t.LockedStatus(reason="busy")
            yield t.ProgressUpdateEvent(text="……")
            thread.metadata["deep"] = {"er": 1}
            yield t.ProgressUpdateEvent(text="………")
            thread.title = "Last"

        async def do_custom_error(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            yield t.ProgressUpdateEvent(text="…")
            raise sdk.errors.CustomStreamError("Not *today*.", allow_retry=True)

        async def do_stream_error(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            yield t.ProgressUpdateEvent(text="…")
            raise sdk.errors.StreamError(sdk.errors.ErrorCode.STREAM_ERROR, allow_retry=False)

        async def do_crash(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            yield t.ProgressUpdateEvent(text="…")
            raise RuntimeError("the password is 1234")

        async def do_widget(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            tree = {
                "type": "Card",
                "children": [
                    {"type": "Text", "value": "Hi", "id": "t"},
                    {"type": "Button", "label": "Go", "onClickAction": {"type": "go"}},
                ],
            }
            widget = sdk.widgets.DynamicWidgetRoot.model_validate(tree)
            async for event in sdk.server.stream_widget(
                thread, widget, "copy", lambda kind: self.base(thread, context, kind)["id"]
            ):
                yield event

        async def do_client_tool(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            yield t.ThreadItemDoneEvent(
                item=t.ClientToolCallItem(
                    **self.base(thread, context, "tool_call"),
                    call_id="call_1",
                    name="look",
                    arguments={"at": "page"},
                )
            )

        async def do_ask(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            choice = t.StructuredInputMultipleChoice(
                id="q1",
                question="Which?",
                options=[t.StructuredInputMultipleChoiceOption(value=v) for v in "ab"],
            )
            free = t.StructuredInputFreeform(id="q2", question="Why?", description="In short")
            item = t.StructuredInputItem(**self.base(thread, context), inputs=[choice, free])
            yield t.ThreadItemDoneEvent(item=item)

        async def do_workflow(self, thread: Any, context: Any) -> AsyncIterator[Any]:
            task = t.CustomTask(title="Look", icon="search", status_indicator="loading")
            workflow = t.Workflow(type="custom", tasks=[task])
            item = t.WorkflowItem(**self.base(thread, context, "workflow"), workflow=workflow)
            yield t.ThreadItemAddedEvent(item=item)
            more = t.ThoughtTask(content="hmm")
            yield t.ThreadItemUpdatedEvent(
                item_id=item.id, update=t.WorkflowTaskAdded(task_index=1, task=more)
            )
            item.workflow = workflow.model_copy(
                update={"tasks": [task, more], "summary": t.DurationSummary(duration=3)}
            )
            yield t.ThreadItemDoneEvent(item=item)

    return ScriptedServer(make_store(sdk), make_attachment_store(sdk))


class Talk:
    """Sends requests to one side, and notes what comes back, with times made equal."""

    def __init__(self, name: str) -> None:
        self.sdk = Sdk(name)
        self.server = make_server(self.sdk)

    async def send(self, operation: str, /, **params: Any) -> list[Any]:
        result = await self.server.process(request(operation, **params), {})
        if hasattr(result, "json"):
            return [self._even(result.json)]
        return [self._even(chunk) async for chunk in result.json_events]

    async def say(self, word: str, thread_id: str | None = None) -> list[Any]:
        if thread_id is None:
            return await self.send("threads.create", input=user_input(word))
        return await self.send(
            "threads.add_user_message", thread_id=thread_id, input=user_input(word)
        )

    async def send_raw(self, word: str) -> None:
        """Put what a word makes into the thread as it is, with no message before it."""
        thread = await self.server.store.load_thread("thr_1", {})
        async for event in getattr(self.server, f"do_{word}")(thread, {}):
            await self.server.store.add_thread_item("thr_1", event.item, {})

    def _even(self, chunk: bytes) -> Any:
        text = TIME.sub('"created_at":"T"', chunk.decode())
        if text.startswith("data: "):
            assert text.endswith("\n\n")
            text = text.removeprefix("data: ")
        return json.loads(ERROR_ID.sub("err_", text))
