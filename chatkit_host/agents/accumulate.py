"""A model's text, shown as it grows in a widget."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, cast

from chatkit_host.agents.typevars import TWidget

if TYPE_CHECKING:
    from agents import StreamEvent


async def accumulate_text(
    events: AsyncIterator[StreamEvent], base_widget: TWidget
) -> AsyncIterator[TWidget]:
    """The states of a text widget while a run writes into it.

    Args:
        events: a run's `stream_events()`.
        base_widget: the widget before there is any text; its `streaming` is set off at the end.
    """

    def shown(**fields: object) -> TWidget:
        return cast("TWidget", base_widget.model_copy(update=fields))

    yield base_widget
    text = ""
    async for event in events:
        if event.type == "raw_response_event" and event.data.type == "response.output_text.delta":
            text += event.data.delta
            yield shown(value=text)
    yield shown(value=text, streaming=False)
