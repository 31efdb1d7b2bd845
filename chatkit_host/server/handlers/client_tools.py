"""The output of a client tool: it completes the call that waits for it, and the answer goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import InvalidRequestError
from chatkit_host.logger import logger
from chatkit_host.server.constants import MAX_PAGE_SIZE
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.types import ClientToolCallItem, StreamEvent, ThreadAddClientToolOutputParams

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def add_output(
    server: ChatKitServer[Any],
    thread_id: str,
    params: ThreadAddClientToolOutputParams,
    context: Any,
) -> TurnPlan:
    """The newest waiting call takes the output; older ones that still wait are given up."""
    thread = await server.store.load_thread(thread_id, context=context)
    waiting = [call async for call in _pending_calls(server, thread_id, context)]
    if not waiting:
        raise InvalidRequestError(f"No client tool call in {thread_id} waits for an output.")
    call, *given_up = waiting
    call = call.model_copy(update={"output": params.result, "status": "completed"})

    async def opening() -> Sequence[StreamEvent]:
        await server.store.save_item(thread_id, call, context=context)
        for old in given_up:
            logger.warning("Client tool call %s was never completed; dropped", old.call_id)
            await server.store.delete_thread_item(thread_id, old.id, context=context)
        return ()

    return TurnPlan(thread, partial(server.respond, thread, None, context), opening)


async def _pending_calls(
    server: ChatKitServer[Any], thread_id: str, context: Any
) -> AsyncIterator[ClientToolCallItem]:
    """All calls of the thread that wait, the newest first, however far back."""
    after: str | None = None
    while True:
        page = await server.store.load_thread_items(
            thread_id, after, MAX_PAGE_SIZE, "desc", context=context
        )
        for item in page.data:
            if isinstance(item, ClientToolCallItem) and item.status == "pending":
                yield item
        if not page.has_more:
            return
        after = page.after
