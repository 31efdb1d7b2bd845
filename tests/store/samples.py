"""Things to store."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pydantic import AnyUrl

from chatkit_host.components import Card, Text
from chatkit_host.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    ClientToolCallItem,
    FileAttachment,
    HiddenContextItem,
    ImageAttachment,
    InferenceOptions,
    SDKHiddenContextItem,
    ThreadItem,
    ThreadMetadata,
    ToolCallItem,
    UserMessageItem,
    UserMessageTextContent,
    WidgetItem,
)

ME = {"owner": "me"}
OTHER = {"owner": "other"}
NOON = datetime(2026, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)


def thread(id: str = "thr_1", created_at: datetime = NOON, **fields: Any) -> ThreadMetadata:
    """A thread."""
    return ThreadMetadata(id=id, created_at=created_at, **fields)


def message(id: str, text: str = "Hello", thread_id: str = "thr_1") -> AssistantMessageItem:
    """An assistant's message. All of them are of the same moment: order must not hang on it."""
    content = [AssistantMessageContent(text=text)]
    return AssistantMessageItem(id=id, thread_id=thread_id, created_at=NOON, content=content)


def hidden(id: str, thread_id: str = "thr_1") -> SDKHiddenContextItem:
    """An item that no client sees."""
    return SDKHiddenContextItem(id=id, thread_id=thread_id, created_at=NOON, content="psst")


def client_call(id: str, **fields: Any) -> ClientToolCallItem:
    """A call that waits for the page."""
    common: dict[str, Any] = {"thread_id": "thr_1", "created_at": NOON, "arguments": {"a": 1}}
    return ClientToolCallItem(id=id, call_id=f"call_{id}", name="n", **common, **fields)


def file(id: str = "atc_1", **fields: Any) -> FileAttachment:
    """A file with metadata of the integration's."""
    fields = {"metadata": {"path": "/secret", "none": None}, **fields}
    return FileAttachment(id=id, name="a.txt", mime_type="text/plain", **fields)


def image(id: str = "atc_2") -> ImageAttachment:
    """A picture without metadata."""
    preview = AnyUrl("https://example.com/a.png")
    return ImageAttachment(id=id, name="a.png", mime_type="image/png", preview_url=preview)


def every_kind() -> list[ThreadItem]:
    """Items of several kinds, with what is easily lost on the way."""
    common: dict[str, Any] = {"thread_id": "thr_1", "created_at": NOON}
    return [
        UserMessageItem(
            id="user",
            content=[UserMessageTextContent(text='Grüße 🙂 \x00 "quoted" \u2028')],
            attachments=[file(), image()],
            inference_options=InferenceOptions(),
            **common,
        ),
        message("assistant"),
        ClientToolCallItem(id="call", call_id="c", name="n", arguments={"a": None}, **common),
        WidgetItem(id="widget", widget=Card(children=[Text(value="x")]), **common),
        HiddenContextItem(id="hidden", content={"a": [None]}, **common),
        HiddenContextItem(id="nothing", content=None, **common),
        hidden("sdk_hidden"),
        ToolCallItem(id="tool", call_id="c", name="n", arguments='{"a":1}', output="1", **common),
    ]
