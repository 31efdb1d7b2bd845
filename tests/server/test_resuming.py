"""Taking up a turn again: nothing is lost, nothing doubled, and nobody else's is told."""

from __future__ import annotations

import pytest

from chatkit_host.errors import ConflictError, NotFoundError
from chatkit_host.server import StreamingResult
from chatkit_host.store import MemoryStore
from chatkit_host.types import StreamOptions, ThreadMetadata
from tests.server.servers import ANN, BOB, EchoServer, GatedServer, add, begin, create, decoded


async def begun() -> tuple[GatedServer, str, StreamingResult]:
    """A turn in the middle of its answer, and its first reader."""
    server = GatedServer(MemoryStore())
    result = await begin(server, create("Go"))
    await server.first_word_sent.wait()
    (turn,) = server.turns._open
    return server, turn.thread_id, result


async def ids_of(result: StreamingResult | None) -> list[str]:
    assert result is not None
    body = b"".join([chunk async for chunk in result.numbered_batches()]).decode()
    return [line.removeprefix("id: ") for line in body.splitlines() if line.startswith("id: ")]


async def events_of(result: StreamingResult | None) -> list[dict[str, object]]:
    assert result is not None
    return [decoded(chunk) async for chunk in result]


async def test_each_event_has_the_turns_id_and_its_number() -> None:
    server, _, result = await begun()
    server.gate.set()
    ids = await ids_of(result)
    assert ids == [f"{result.turn_id}:{number}" for number in range(1, len(ids) + 1)]


async def test_a_second_reader_gets_the_running_turn_from_its_first_event() -> None:
    server, thread_id, first = await begun()
    second = await server.resume_turn(thread_id, ANN)
    server.gate.set()
    assert await events_of(second) == await events_of(first)


async def test_a_reader_who_comes_back_gets_what_it_has_not_seen() -> None:
    server, thread_id, first = await begun()
    rest = await server.resume_turn(thread_id, ANN, after=f"{first.turn_id}:3")
    server.gate.set()
    assert await events_of(rest) == (await events_of(first))[3:]


async def test_the_end_of_a_turn_can_be_read_after_it() -> None:
    server, thread_id, first = await begun()
    server.gate.set()
    whole = await events_of(first)
    await server.shutdown()
    rest = await server.resume_turn(thread_id, ANN, after=f"{first.turn_id}:2")
    assert await events_of(rest) == whole[2:]


async def test_there_is_nothing_for_a_reader_who_has_everything() -> None:
    server, thread_id, first = await begun()
    server.gate.set()
    count = len(await events_of(first))
    await server.shutdown()
    assert await server.resume_turn(thread_id, ANN, after=f"{first.turn_id}:{count}") is None


async def test_there_is_nothing_in_a_thread_that_rests() -> None:
    server, thread_id, first = await begun()
    server.gate.set()
    await events_of(first)
    await server.shutdown()
    assert await server.resume_turn(thread_id, ANN) is None


@pytest.mark.parametrize("seen", ["", "nonsense", "turn_0:1", "turn_" + "0" * 26 + ":4"])
async def test_an_id_that_nobody_knows_counts_as_none(seen: str) -> None:
    server, thread_id, first = await begun()
    again = await server.resume_turn(thread_id, ANN, after=seen)
    server.gate.set()
    assert await events_of(again) == await events_of(first)


async def test_a_turn_is_not_read_through_another_thread() -> None:
    server, _, first = await begun()
    server.gate.set()
    await events_of(first)
    other = EchoServer(server.store)
    other.turns = server.turns
    created = await events_of(await begin(other, create("Mine"), BOB))
    thread = created[0]["thread"]
    assert isinstance(thread, dict)
    assert await server.resume_turn(thread["id"], BOB, after=f"{first.turn_id}:1") is None


async def test_nobody_reads_the_thread_of_another() -> None:
    server, thread_id, first = await begun()
    with pytest.raises(NotFoundError):
        await server.resume_turn(thread_id, BOB, after=f"{first.turn_id}:1")


async def test_who_comes_back_counts_as_a_reader() -> None:
    server, thread_id, first = await begun()
    turn = server.turns.running(thread_id)
    assert turn is not None
    async for _ in first.json_events:
        break
    again = await server.resume_turn(thread_id, ANN)
    assert again is not None
    async for _ in again.json_events:
        break
    await first.json_events.aclose()
    assert turn.readers == 1


async def test_cancelling_stops_the_turn_and_keeps_what_it_said() -> None:
    server, thread_id, _ = await begun()
    assert await server.cancel_turn(thread_id, ANN)
    assert server.closed.is_set()
    items = await server.store.load_thread_items(thread_id, None, 20, "asc", ANN)
    assert [item.type for item in items.data] == [
        "user_message",
        "assistant_message",
        "sdk_hidden_context",
    ]


async def test_cancelling_a_thread_that_rests_says_so() -> None:
    server, thread_id, first = await begun()
    server.gate.set()
    await events_of(first)
    assert not await server.cancel_turn(thread_id, ANN)


async def test_nobody_stops_the_answer_of_another() -> None:
    server, thread_id, _ = await begun()
    with pytest.raises(NotFoundError):
        await server.cancel_turn(thread_id, BOB)
    assert server.turns.running(thread_id) is not None


class Unstoppable(GatedServer):
    """Lets nobody stop it."""

    def get_stream_options(self, thread: ThreadMetadata, context: object) -> StreamOptions:
        return StreamOptions(allow_cancel=False)


async def test_an_answer_that_may_not_be_stopped_goes_on() -> None:
    server = Unstoppable(MemoryStore())
    result = await begin(server, create("Go"))
    await server.first_word_sent.wait()
    (turn,) = server.turns._open
    with pytest.raises(ConflictError, match="cannot be stopped"):
        await server.cancel_turn(turn.thread_id, ANN)
    server.gate.set()
    assert (await events_of(result))[-1]["type"] == "thread.item.done"


async def test_a_newer_turn_follows_one_that_was_read_to_its_end() -> None:
    server, thread_id, first = await begun()
    server.gate.set()
    count = len(await events_of(first))
    server.gate.clear()
    server.first_word_sent.clear()
    second = await begin(server, add(thread_id, "More"))
    await server.first_word_sent.wait()
    again = await server.resume_turn(thread_id, ANN, after=f"{first.turn_id}:{count}")
    server.gate.set()
    assert await events_of(again) == await events_of(second)
