"""Turns are tasks of their own: leaving is not cancelling, and nothing streamed is lost."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatkit_host.errors import ConflictError, UnavailableError
from chatkit_host.server import StreamingResult, TurnPolicy
from chatkit_host.store import MemoryStore
from chatkit_host.types import ThreadMetadata, UserMessageItem
from tests.server.servers import (
    ANN,
    EchoServer,
    GatedServer,
    add,
    ask,
    begin,
    create,
    decoded,
    request,
    talk,
    types_of,
)


class SlowToTake(EchoServer):
    """Looks at a message for as long as it is told to."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.looking, self.may_take = asyncio.Event(), asyncio.Event()
        self.may_take.set()

    async def check_user_message(
        self, thread: ThreadMetadata, message: UserMessageItem, context: Any
    ) -> None:
        if not self.may_take.is_set():
            self.looking.set()
        await self.may_take.wait()


async def gated(**policy: Any) -> tuple[GatedServer, str, StreamingResult]:
    """A server whose answer waits at the gate, in a thread that is there already."""
    store = MemoryStore()
    created = (await talk(EchoServer(store), create("hi")))[0]
    thread_id = created["thread"]["id"]
    server = GatedServer(store, policy=TurnPolicy(**policy))
    result = await begin(server, add(thread_id, "go"))
    if policy.get("disconnect_grace") == 0:
        await anext(result.json_events)  # whom nobody reads might be given up before it begins
    await server.first_word_sent.wait()
    return server, thread_id, result


async def texts(server: Any, thread_id: str) -> list[str]:
    page = await ask(server, request("items.list", thread_id=thread_id, order="asc"))
    return ["".join(part["text"] for part in item["content"]) for item in page["data"]]


async def test_leaving_does_not_stop_a_turn_that_shall_continue() -> None:
    server, thread_id, result = await gated(on_disconnect="continue", disconnect_grace=0)
    async for _ in result.json_events:
        break
    await result.json_events.aclose()
    server.gate.set()
    await server.turns.running(thread_id).task  # type: ignore[misc, union-attr]
    assert (await texts(server, thread_id))[-1] == "one two"


async def test_a_turn_that_nobody_reads_is_cancelled_and_keeps_its_text() -> None:
    server, thread_id, result = await gated(disconnect_grace=0)
    turn = server.turns.running(thread_id)
    assert turn is not None
    assert turn.task is not None
    async for _ in result.json_events:
        break
    await result.json_events.aclose()
    await turn.task
    assert server.closed.is_set()
    assert (await texts(server, thread_id))[-1] == "one "


async def test_the_model_is_told_of_a_cancelled_turn_in_a_hidden_item() -> None:
    server, thread_id, _ = await gated()
    await server.turns.stop(thread_id)
    items = await server.store.load_thread_items(thread_id, None, 20, "asc", ANN)
    assert items.data[-1].type == "sdk_hidden_context"


async def test_two_readers_see_the_same_events() -> None:
    server, thread_id, result = await gated()
    turn = server.turns.running(thread_id)
    assert turn is not None
    other = StreamingResult(turn)
    server.gate.set()
    first = [chunk async for chunk in result]
    second = [chunk async for chunk in other]
    assert first == second


async def test_batches_hold_the_same_bytes_as_events() -> None:
    server, thread_id, result = await gated()
    turn = server.turns.running(thread_id)
    assert turn is not None
    server.gate.set()
    whole = b"".join([chunk async for chunk in result.batches()])
    events = [chunk async for chunk in StreamingResult(turn)]
    assert whole == b"".join(events)


async def test_a_second_message_is_rejected_by_default() -> None:
    server, thread_id, result = await gated()
    reader = asyncio.ensure_future(anext(result.json_events))
    await reader
    with pytest.raises(ConflictError, match="still answering"):
        await server.process(add(thread_id, "again"), ANN)
    server.gate.set()
    assert [decoded(chunk) async for chunk in result][-1]["type"] == "thread.item.done"


async def test_a_second_message_waits_when_the_policy_is_to_queue() -> None:
    server, thread_id, first = await gated(concurrency="queue")
    second = await begin(server, add(thread_id, "again"))
    server.gate.set()
    await asyncio.gather(_read(first), _read(second))
    assert (await texts(server, thread_id))[2:] == ["go", "one two", "again", "one two"]


async def test_a_second_message_interrupts_when_the_policy_says_so() -> None:
    server, thread_id, first = await gated(concurrency="interrupt")
    server.gate.set()
    second = await begin(server, add(thread_id, "again"))
    await asyncio.gather(_read(first), _read(second))
    assert (await texts(server, thread_id))[2:] == ["go", "one ", "again", "one two"]


async def test_of_several_messages_that_interrupt_only_the_newest_is_answered() -> None:
    server, thread_id, first = await gated(concurrency="interrupt")
    coming = [asyncio.create_task(talk(server, add(thread_id, text))) for text in ("B", "C")]
    await asyncio.sleep(0)  # both are in the line
    server.gate.set()
    told, _, _ = await asyncio.gather(*coming, _read(first))
    assert [event["item"]["type"] for event in told if "item" in event] == ["user_message"]
    assert (await texts(server, thread_id))[2:] == ["go", "one ", "B", "C", "one two"]


async def test_a_turn_that_is_interrupted_before_it_begins_does_not_answer() -> None:
    server = SlowToTake(MemoryStore(), policy=TurnPolicy(concurrency="interrupt"))
    thread_id = (await talk(server, create("hi")))[0]["thread"]["id"]
    server.may_take.clear()
    first = asyncio.create_task(talk(server, add(thread_id, "A")))
    await server.looking.wait()
    second = asyncio.create_task(talk(server, add(thread_id, "B")))
    await asyncio.sleep(0)
    server.may_take.set()
    await asyncio.gather(first, second)
    assert (await texts(server, thread_id))[2:] == ["A", "B", "Echo: B"]


async def test_a_message_after_a_stop_is_taken_at_once() -> None:
    """A client stops by dropping its connection; its next message must not wait for the grace."""
    server, thread_id, first = await gated()
    async for _ in first.json_events:
        break
    await first.json_events.aclose()
    server.gate.set()
    second = await begin(server, add(thread_id, "again"))
    await _read(second)
    assert (await texts(server, thread_id))[-2:] == ["again", "one two"]


async def test_a_queued_message_goes_with_its_thread() -> None:
    server, thread_id, _ = await gated(concurrency="queue")
    second = await begin(server, add(thread_id, "again"))
    await ask(server, request("threads.delete", thread_id=thread_id))
    assert await _read(second) == []
    assert (await ask(server, request("threads.list")))["data"] == []


async def test_shutdown_lets_a_turn_end() -> None:
    server, _, result = await gated()
    server.gate.set()
    await server.shutdown(grace=30)
    assert (await _read(result))[-1]["type"] == "thread.item.done"
    assert server.busy == 0


async def test_shutdown_cancels_what_is_late_and_keeps_its_text() -> None:
    server, thread_id, result = await gated()
    await server.shutdown(grace=0)
    await _read(result)
    assert (await texts(server, thread_id))[-1] == "one "


async def test_no_turn_begins_while_the_host_is_stopping() -> None:
    server = EchoServer(MemoryStore())
    await server.shutdown()
    with pytest.raises(UnavailableError):
        await server.process(create("hi"), ANN)


async def test_deleting_a_thread_ends_its_turn() -> None:
    server, thread_id, _ = await gated()
    await ask(server, request("threads.delete", thread_id=thread_id))
    assert server.closed.is_set()
    assert server.busy == 0


async def test_a_title_given_during_a_turn_is_kept() -> None:
    server, thread_id, result = await gated()
    await ask(server, request("threads.update", thread_id=thread_id, title="Mine"))
    server.gate.set()
    events = await _read(result)
    assert "thread.updated" in types_of(events)
    thread = await ask(server, request("threads.get_by_id", thread_id=thread_id))
    assert thread["title"] == "Mine"


async def _read(result: StreamingResult) -> list[dict[str, Any]]:
    return [decoded(chunk) async for chunk in result]
