"""What cannot be done is refused before a stream begins, with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.errors import InvalidRequestError, NotFoundError
from chatkit_host.store import MemoryStore
from tests.server.servers import ANN, BOB, EchoServer, add, ask, create, request, talk, user_input


@pytest.fixture
async def server() -> EchoServer:
    return EchoServer(MemoryStore())


async def new_thread(server: EchoServer) -> tuple[str, str]:
    """The ids of a thread and of its first message."""
    events = await talk(server, create("hi"))
    return events[0]["thread"]["id"], events[1]["item"]["id"]


def requests_naming(thread_id: str, item_id: str) -> list[bytes]:
    """Each operation that opens a thread."""
    action = {"type": "x"}
    return [
        add(thread_id, "hi"),
        request("threads.add_client_tool_output", thread_id=thread_id, result=1),
        request("threads.add_structured_input", thread_id=thread_id, item_id=item_id, input={}),
        request("threads.retry_after_item", thread_id=thread_id, item_id=item_id),
        request("threads.get_by_id", thread_id=thread_id),
        request("threads.update", thread_id=thread_id, title="x"),
        request("threads.delete", thread_id=thread_id),
        request("threads.sync_custom_action", thread_id=thread_id, action=action),
        request("items.list", thread_id=thread_id),
        request("items.feedback", thread_id=thread_id, item_ids=[item_id], kind="positive"),
    ]


@pytest.mark.parametrize("number", range(10))
async def test_an_unknown_thread_is_not_found(server: EchoServer, number: int) -> None:
    with pytest.raises(NotFoundError):
        await server.process(requests_naming("thr_none", "msg_none")[number], ANN)


@pytest.mark.parametrize("number", range(10))
async def test_a_strangers_thread_is_not_found(server: EchoServer, number: int) -> None:
    thread_id, item_id = await new_thread(server)
    with pytest.raises(NotFoundError):
        await server.process(requests_naming(thread_id, item_id)[number], BOB)


async def test_a_title_is_no_place_to_store_a_megabyte(server: EchoServer) -> None:
    thread_id, _ = await new_thread(server)
    longest = request("threads.update", thread_id=thread_id, title="x" * 1000)
    assert len((await ask(server, longest))["title"]) == 1000
    with pytest.raises(InvalidRequestError, match="title: more than 1000"):
        await ask(server, request("threads.update", thread_id=thread_id, title="x" * 1001))


async def test_a_refused_request_leaves_the_thread_free(server: EchoServer) -> None:
    thread_id, _ = await new_thread(server)
    retry = request("threads.retry_after_item", thread_id=thread_id, item_id="msg_none")
    with pytest.raises(NotFoundError):
        await server.process(retry, ANN)
    assert (await talk(server, add(thread_id, "again")))[-1]["type"] == "thread.item.done"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (request("threads.list", limit=0), "limit"),
        (request("attachments.delete", attachment_id="atc_1"), "not supported"),
        (request("attachments.create", name="a", size=1, mime_type="a/b"), "not supported"),
        (request("input.transcribe", audio_base64="AAEC", mime_type="a/b"), "not supported"),
        (request("input.transcribe", audio_base64="%", mime_type="a/b"), "base64"),
    ],
)
async def test_what_is_not_offered_says_so(server: EchoServer, body: bytes, reason: str) -> None:
    with pytest.raises(InvalidRequestError, match=reason):
        await server.process(body, ANN)


async def test_only_a_user_message_can_be_retried(server: EchoServer) -> None:
    events = await talk(server, create("hi"))
    thread_id, answer = events[0]["thread"]["id"], events[-1]["item"]["id"]
    with pytest.raises(InvalidRequestError, match="not a user message"):
        await server.process(
            request("threads.retry_after_item", thread_id=thread_id, item_id=answer), ANN
        )


async def test_a_message_with_an_unknown_attachment_makes_no_thread(server: EchoServer) -> None:
    given: dict[str, Any] = {**user_input("hi"), "attachments": ["atc_none"]}
    with pytest.raises(NotFoundError):
        await server.process(request("threads.create", input=given), ANN)
    assert (await ask(server, request("threads.list")))["data"] == []


async def test_an_action_is_refused_where_none_are_handled(server: EchoServer) -> None:
    thread_id, _ = await new_thread(server)
    for kind in ("threads.custom_action", "threads.sync_custom_action"):
        with pytest.raises(InvalidRequestError, match="not supported"):
            await server.process(request(kind, thread_id=thread_id, action={"type": "x"}), ANN)


async def test_feedback_for_an_unknown_item_is_not_found(server: EchoServer) -> None:
    thread_id, _ = await new_thread(server)
    body = request("items.feedback", thread_id=thread_id, item_ids=["x"], kind="positive")
    with pytest.raises(NotFoundError):
        await server.process(body, ANN)
