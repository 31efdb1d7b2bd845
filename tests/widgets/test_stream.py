"""A widget as events."""

from __future__ import annotations

from collections.abc import AsyncIterator

from chatkit_host import clock, types
from chatkit_host.widgets import Card, Text, WidgetRoot, stream_widget

THREAD = types.ThreadMetadata(id="thr_1", created_at=clock.now())


def card(value: str) -> Card:
    return Card(children=[Text(id="t", value=value)])


async def events(widget: WidgetRoot | AsyncIterator[WidgetRoot]) -> list[types.ThreadStreamEvent]:
    return [event async for event in stream_widget(THREAD, widget, copy_text="copied")]


async def test_one_widget_is_one_finished_item() -> None:
    (event,) = await events(card("a"))
    assert isinstance(event, types.ThreadItemDoneEvent)
    assert isinstance(event.item, types.WidgetItem)
    assert event.item.id.startswith("msg_")
    assert event.item.created_at.tzinfo is not None
    assert (event.item.thread_id, event.item.copy_text) == ("thr_1", "copied")


async def test_a_growing_widget_is_added_updated_and_done() -> None:
    async def grow() -> AsyncIterator[WidgetRoot]:
        for value in ("a", "ab", "ab", "abc"):
            yield card(value)

    found = await events(grow())
    assert [event.type for event in found] == [
        "thread.item.added",
        "thread.item.updated",
        "thread.item.updated",
        "thread.item.done",
    ]
    added, done = found[0], found[-1]
    assert isinstance(added, types.ThreadItemAddedEvent)
    assert isinstance(done, types.ThreadItemDoneEvent)
    assert isinstance(done.item, types.WidgetItem)
    assert done.item.widget == card("abc")
    assert (added.item.id, added.item.created_at) == (done.item.id, done.item.created_at)


async def test_a_generator_of_nothing_gives_no_events() -> None:
    async def nothing() -> AsyncIterator[WidgetRoot]:
        nothing_at_all: tuple[WidgetRoot, ...] = ()
        for widget in nothing_at_all:
            yield widget

    assert await events(nothing()) == []


async def test_leaving_closes_the_generator() -> None:
    closed = []

    async def grow() -> AsyncIterator[WidgetRoot]:
        try:
            while True:
                yield card("a")
        finally:
            closed.append(True)

    stream = stream_widget(THREAD, grow())
    await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]
    assert closed == [True]
