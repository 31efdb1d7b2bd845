"""Client tool calls: the page's output completes one, and what it never answers is closed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import ConflictError
from chatkit_host.logger import logger
from chatkit_host.server.constants import UNANSWERED_CALL
from chatkit_host.server.thread_status import require_active
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.types import (
    ClientToolCallItem,
    StreamEvent,
    ThreadAddClientToolOutputParams,
    ThreadItemReplacedEvent,
)

if TYPE_CHECKING:
    from chatkit_host.server.chatkit_server import ChatKitServer


async def add_output(
    server: ChatKitServer[Any],
    thread_id: str,
    params: ThreadAddClientToolOutputParams,
    context: Any,
) -> TurnPlan:
    """The newest waiting call takes the output; older ones that still wait are closed."""
    thread = await server.store.load_thread(thread_id, context=context)
    require_active(thread)
    waiting = await _waiting_calls(server, thread_id, context)
    if not waiting:
        raise ConflictError(
            f"No client tool call in {thread_id} waits for an output: it has one already, or the "
            "user went on without it."
        )
    call = waiting[-1].model_copy(update={"output": params.result, "status": "completed"})

    async def opening() -> Sequence[StreamEvent]:
        await server.store.save_item(thread_id, call, context=context)
        return await close_waiting_calls(server, thread_id, context)

    return TurnPlan(thread, partial(server.respond, thread, None, context), opening)


async def close_waiting_calls(
    server: ChatKitServer[Any], thread_id: str, context: Any
) -> list[StreamEvent]:
    """Give every call that still waits a reason for its output; gives the events that say so.

    A call without an output cannot be shown to a model, which would then not know of it at all.
    """
    events: list[StreamEvent] = []
    for call in await _waiting_calls(server, thread_id, context):
        logger.info("Client tool call %s was never answered; closed", call.call_id)
        closed = call.model_copy(update={"output": UNANSWERED_CALL, "status": "completed"})
        await server.store.save_item(thread_id, closed, context=context)
        events.append(ThreadItemReplacedEvent(item=closed))
    return events


async def _waiting_calls(
    server: ChatKitServer[Any], thread_id: str, context: Any
) -> list[ClientToolCallItem]:
    """All calls of the thread that wait, the oldest first, however far back."""
    calls = await server.store.load_client_tool_calls(thread_id, context=context)
    return [call for call in calls if call.status == "pending"]
