"""`ChatKitServer` and what it is made of; the names of the ChatKit SDK's `server` module."""

from __future__ import annotations

from typing import Any

from chatkit_host.server.chatkit_server import ChatKitServer, TContext
from chatkit_host.server.constants import DEFAULT_ERROR_MESSAGE, DEFAULT_PAGE_SIZE
from chatkit_host.server.log import LogSlice, StreamLog
from chatkit_host.server.memory_log import MemoryStreamLog
from chatkit_host.server.policy import TurnPolicy
from chatkit_host.server.results import NonStreamingResult, StreamingResult
from chatkit_host.widgets import diff_widget, stream_widget

__all__ = [
    "DEFAULT_ERROR_MESSAGE",
    "DEFAULT_PAGE_SIZE",
    "ChatKitServer",
    "LogSlice",
    "MemoryStreamLog",
    "NonStreamingResult",
    "StreamLog",
    "StreamingResult",
    "TContext",
    "TurnPolicy",
    "agents_sdk_user_agent_override",
    "diff_widget",
    "stream_widget",
]


def __getattr__(name: str) -> Any:
    if name == "agents_sdk_user_agent_override":  # needs the Agents SDK: only when asked for
        from chatkit_host.agents import agents_sdk_user_agent_override

        return agents_sdk_user_agent_override
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
