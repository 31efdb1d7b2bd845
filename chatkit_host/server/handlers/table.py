"""Every operation of the protocol, and who answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from chatkit_host.server.handlers import (
    actions,
    attachments,
    client_tools,
    items,
    messages,
    retry,
    structured_input,
    threads,
    transcription,
)
from chatkit_host.server.turn_plan import TurnPlan
from chatkit_host.types import (
    AttachmentsCreateReq,
    AttachmentsDeleteReq,
    InputTranscribeReq,
    ItemsFeedbackReq,
    ItemsListReq,
    StreamingReq,
    ThreadsAddClientToolOutputReq,
    ThreadsAddStructuredInputReq,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadsCustomActionReq,
    ThreadsDeleteReq,
    ThreadsGetByIdReq,
    ThreadsListReq,
    ThreadsRetryAfterItemReq,
    ThreadsSyncCustomActionReq,
    ThreadsUpdateReq,
)

TurnPlanner = Callable[[Any, str, Any, Any], Awaitable[TurnPlan]]
"""(server, thread id, params, context) → the turn; raises RequestError before a stream begins."""

JsonHandler = Callable[[Any, Any, Any], Awaitable[bytes]]
"""(server, params, context) → the answer's JSON."""

TURN_PLANNERS: Mapping[type, TurnPlanner] = {
    ThreadsCreateReq: messages.create_thread,
    ThreadsAddUserMessageReq: messages.add_user_message,
    ThreadsRetryAfterItemReq: retry.retry_after_item,
    ThreadsAddClientToolOutputReq: client_tools.add_output,
    ThreadsAddStructuredInputReq: structured_input.add_answers,
    ThreadsCustomActionReq: actions.custom_action,
}

JSON_HANDLERS: Mapping[type, JsonHandler] = {
    ThreadsGetByIdReq: threads.get_by_id,
    ThreadsListReq: threads.list_threads,
    ThreadsUpdateReq: threads.update,
    ThreadsDeleteReq: threads.delete,
    ThreadsSyncCustomActionReq: actions.sync_custom_action,
    ItemsListReq: items.list_items,
    ItemsFeedbackReq: items.feedback,
    AttachmentsCreateReq: attachments.create,
    AttachmentsDeleteReq: attachments.delete,
    InputTranscribeReq: transcription.transcribe,
}


def thread_id_of(request: StreamingReq) -> str | None:
    """The thread that a turn will be in; none when the request makes a new one.

    A page's action that comes before the first message names none: its `thread_id` is empty.
    """
    if isinstance(request, ThreadsCreateReq):
        return None
    if isinstance(request, ThreadsCustomActionReq):
        return request.params.thread_id or None
    return request.params.thread_id
