"""However leaving and writing interleave: what was finished is kept, and so is the partial text.

Time is counted in steps of the event loop. Hypothesis says what the server writes, how many steps
each write takes in the store and in the server, and after how many steps the reader does what.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chatkit_host import clock
from chatkit_host.errors import NotFoundError
from chatkit_host.server import ChatKitServer, StreamingResult, TurnPolicy
from chatkit_host.store import MemoryStore
from chatkit_host.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    SDKHiddenContextItem,
    StreamEvent,
    TextDelta,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadMetadata,
    UserMessageItem,
    WidgetItem,
)
from chatkit_host.widgets import Card
from tests.properties.profile import tries
from tests.server.servers import ANN, add, begin, create, text_of


async def steps(count: int) -> None:
    """Let the loop go on so many times."""
    for _ in range(count):
        await asyncio.sleep(0)


@dataclass(frozen=True)
class Message:
    """A message in deltas, or whole if it has none; one left open never comes to its end."""

    deltas: tuple[str, ...]
    finished: bool = True


@dataclass(frozen=True)
class Widget:
    """A finished widget."""


@dataclass(frozen=True)
class Case:
    """What is written, at which pace, and how the reader goes."""

    script: tuple[Message | Widget, ...]
    pace: tuple[int, ...]
    after: int
    way: str


MESSAGES = st.builds(
    Message, st.lists(st.sampled_from(["a", "b ", "ä"]), max_size=4).map(tuple), st.booleans()
)
CASES = st.builds(
    Case,
    st.lists(MESSAGES | st.just(Widget()), min_size=1, max_size=3).map(tuple),
    st.lists(st.integers(0, 4), min_size=1, max_size=4).map(tuple),
    st.integers(0, 40),
    st.sampled_from(["leave", "never read", "stop", "stop twice", "another message", "shutdown"]),
)


class SlowStore(MemoryStore):
    """Takes some steps before and after each write of an item."""

    def __init__(self, pace: Sequence[int]) -> None:
        super().__init__()
        self._pace = cycle(pace)

    async def add_thread_item(self, thread_id: str, item: ThreadItem, context: Any) -> None:
        await steps(next(self._pace))
        await super().add_thread_item(thread_id, item, context)
        await steps(next(self._pace))


@dataclass
class Told:
    """What the server has handed over: the texts of messages by id, and how many widgets."""

    texts: dict[str, str] = field(default_factory=dict)
    widgets: int = 0


class Writer(ChatKitServer[Any]):
    """Writes its script, and keeps account of it; any message but the first gets no answer."""

    def __init__(self, case: Case, **policy: Any) -> None:
        super().__init__(SlowStore(case.pace), policy=TurnPolicy(**policy))
        self.told = Told()
        self._case = case
        self._pace = cycle(case.pace)

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[StreamEvent]:
        if text_of(input_user_message) != "write":
            return
        for part in self._case.script:
            for event in self._events(part, thread):
                self._note(event)
                yield event
                await steps(next(self._pace))

    def _events(self, part: Message | Widget, thread: ThreadMetadata) -> list[StreamEvent]:
        base: dict[str, Any] = {
            "id": self.store.generate_item_id("message", thread, ANN),
            "thread_id": thread.id,
            "created_at": clock.now(),
        }
        if isinstance(part, Widget):
            return [ThreadItemDoneEvent(item=WidgetItem(**base, widget=Card(children=[])))]
        text = AssistantMessageContent(text="".join(part.deltas) or "whole")
        whole = ThreadItemDoneEvent(item=AssistantMessageItem(**base, content=[text]))
        if not part.deltas:
            return [whole]
        added = ThreadItemAddedEvent(item=AssistantMessageItem(**base, content=[]))
        deltas = [TextDelta(base["id"], 0, delta) for delta in part.deltas]
        return [added, *deltas, *([whole] if part.finished else [])]

    def _note(self, event: StreamEvent) -> None:
        texts = self.told.texts
        if isinstance(event, TextDelta):
            texts[event.item_id] = texts.get(event.item_id, "") + event.delta
        elif isinstance(event, ThreadItemDoneEvent) and isinstance(event.item, WidgetItem):
            self.told.widgets += 1
        elif isinstance(event, ThreadItemDoneEvent):
            assert isinstance(event.item, AssistantMessageItem)
            texts[event.item.id] = event.item.content[0].text


async def play(case: Case, **policy: Any) -> tuple[Told, list[ThreadItem]]:
    """The case, to the end of its turn: what was handed over, and what is kept."""
    server = Writer(case, disconnect_grace=0, **policy)
    result = await begin(server, create("write"))
    [turn] = server.turns._open
    assert turn.task is not None
    reading = asyncio.create_task(_read(result)) if case.way != "never read" else None
    await steps(case.after)
    await _go(server, turn, case.way, reading)
    if turn.task is not None:
        await asyncio.wait([turn.task])
    if reading is not None and not reading.done():
        await reading
    page = await server.store.load_thread_items(turn.thread_id, None, 100, "asc", ANN)
    return server.told, page.data


async def _read(result: StreamingResult) -> None:
    async for _ in result.json_events:
        pass


async def _go(server: Writer, turn: Any, way: str, reading: asyncio.Task[None] | None) -> None:
    match way:
        case "leave":
            assert reading is not None
            reading.cancel()
            await asyncio.wait([reading])
        case "stop" | "stop twice":
            turn.cancel()
            if way == "stop twice":
                await steps(2)
                turn.cancel()
        case "another message" if not turn.ended:
            with suppress(NotFoundError):  # a thread that is not yet there
                await _read(await begin(server, add(turn.thread_id, "and now?")))
        case "shutdown":
            await server.shutdown(grace=0)


def kept_texts(items: Sequence[ThreadItem]) -> dict[str, str]:
    messages = [item for item in items if isinstance(item, AssistantMessageItem)]
    return {item.id: "".join(part.text for part in item.content) for item in messages}


def check_kept(told: Told, items: Sequence[ThreadItem]) -> None:
    assert kept_texts(items) == {key: text for key, text in told.texts.items() if text.strip()}
    assert len([item for item in items if isinstance(item, WidgetItem)]) == told.widgets
    assert len({item.id for item in items}) == len(items)


@tries(60)
@given(case=CASES)
async def test_nothing_that_was_handed_over_is_lost(case: Case) -> None:
    told, items = await play(case, concurrency="interrupt")
    check_kept(told, items)
    notes = [item for item in items if isinstance(item, SDKHiddenContextItem)]
    assert len(notes) <= 1


@tries(30)
@given(case=CASES.filter(lambda case: case.way in ("leave", "never read")))
async def test_a_turn_that_shall_go_on_writes_all(case: Case) -> None:
    told, items = await play(case, on_disconnect="continue")
    check_kept(told, items)
    assert len(told.texts) + told.widgets == len(case.script)
