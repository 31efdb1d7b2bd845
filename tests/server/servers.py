"""Small servers and requests that the tests of this room talk to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from chatkit_host import clock
from chatkit_host.server import ChatKitServer, NonStreamingResult, StreamingResult
from chatkit_host.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    StreamEvent,
    TextDelta,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadMetadata,
    UserMessageItem,
)

ANN = {"user_id": "ann"}
BOB = {"user_id": "bob"}


def text_of(message: UserMessageItem | None) -> str:
    return "".join(part.text for part in message.content) if message else ""


def assistant(
    server: ChatKitServer[Any], thread: ThreadMetadata, text: str, context: Any
) -> AssistantMessageItem:
    return AssistantMessageItem(
        id=server.store.generate_item_id("message", thread, context),
        thread_id=thread.id,
        created_at=clock.now(),
        content=[AssistantMessageContent(text=text)] if text else [],
    )


class EchoServer(ChatKitServer[Any]):
    """Says what it heard, in one piece."""

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[StreamEvent]:
        text = f"Echo: {text_of(input_user_message)}"
        yield ThreadItemDoneEvent(item=assistant(self, thread, text, context))


class GatedServer(ChatKitServer[Any]):
    """Streams two words, and waits at a gate between them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.first_word_sent = asyncio.Event()
        self.gate = asyncio.Event()
        self.closed = asyncio.Event()

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[StreamEvent]:
        item = assistant(self, thread, "", context)
        try:
            yield ThreadItemAddedEvent(item=item)
            yield TextDelta(item.id, 0, "one ")
            self.first_word_sent.set()
            await self.gate.wait()
            yield TextDelta(item.id, 0, "two")
            content = [AssistantMessageContent(text="one two")]
            yield ThreadItemDoneEvent(item=item.model_copy(update={"content": content}))
        finally:
            self.closed.set()


def user_input(text: str) -> dict[str, Any]:
    return {
        "content": [{"type": "input_text", "text": text}],
        "attachments": [],
        "inference_options": {},
    }


def create(text: str) -> bytes:
    return request("threads.create", input=user_input(text))


def add(thread_id: str, text: str) -> bytes:
    return request("threads.add_user_message", thread_id=thread_id, input=user_input(text))


def request(operation: str, /, **params: Any) -> bytes:
    return json.dumps({"type": operation, "params": params}).encode()


def decoded(chunk: bytes) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(chunk.removeprefix(b"data: "))
    return event


async def begin(server: ChatKitServer[Any], body: bytes, context: Any = ANN) -> StreamingResult:
    result = await server.process(body, context)
    assert isinstance(result, StreamingResult)
    return result


async def talk(server: ChatKitServer[Any], body: bytes, context: Any = ANN) -> list[dict[str, Any]]:
    """All events of a streaming request."""
    return [decoded(chunk) async for chunk in await begin(server, body, context)]


async def ask(server: ChatKitServer[Any], body: bytes, context: Any = ANN) -> dict[str, Any]:
    """The answer to a JSON request."""
    result = await server.process(body, context)
    assert isinstance(result, NonStreamingResult)
    answer: dict[str, Any] = json.loads(result.json)
    return answer


def types_of(events: list[dict[str, Any]]) -> list[str]:
    return [event["type"] for event in events]
