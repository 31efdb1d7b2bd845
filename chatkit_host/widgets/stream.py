"""A widget, or a widget that is still growing, as events."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from typing import Literal

from chatkit_host import clock
from chatkit_host.components import WidgetRoot
from chatkit_host.ids import new_id
from chatkit_host.types import (
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    ThreadMetadata,
    ThreadStreamEvent,
    WidgetItem,
)
from chatkit_host.widgets.diff import diff_widget


def _message_id(_kind: Literal["message"]) -> str:
    return new_id("msg")


async def stream_widget(
    thread: ThreadMetadata,
    widget: WidgetRoot | AsyncIterator[WidgetRoot],
    copy_text: str | None = None,
    generate_id: Callable[[Literal["message"]], str] = _message_id,
) -> AsyncIterator[ThreadStreamEvent]:
    """The events that show `widget` in `thread`.

    One widget is one finished item. Of an asynchronous generator, each widget takes the place of
    the one before, and the last is what is kept; if it yields none, there are no events.
    """
    item_id = generate_id("message")

    def item(shown: WidgetRoot) -> WidgetItem:
        return WidgetItem(
            id=item_id,
            thread_id=thread.id,
            created_at=created_at,
            widget=shown,
            copy_text=copy_text,
        )

    created_at = clock.now()
    if not isinstance(widget, AsyncIterator):
        yield ThreadItemDoneEvent(item=item(widget))
        return
    async with aclosing(_states(widget)) as states:
        last = None
        async for state in states:
            if last is None:
                yield ThreadItemAddedEvent(item=item(state))
            else:
                for update in diff_widget(last, state):
                    yield ThreadItemUpdatedEvent(item_id=item_id, update=update)
            last = state
        if last is not None:
            yield ThreadItemDoneEvent(item=item(last))


async def _states(widgets: AsyncIterator[WidgetRoot]) -> AsyncGenerator[WidgetRoot, None]:
    """The widgets one by one; whoever stops reading them closes the generator they come from."""
    try:
        async for widget in widgets:
            yield widget
    finally:
        close = getattr(widgets, "aclose", None)
        if close is not None:
            await close()
