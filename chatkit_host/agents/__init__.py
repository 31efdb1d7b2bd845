"""The bridge to the OpenAI Agents SDK.

Importing this room, or a name of it that tools and steps need, does not import the SDK: that
takes more than a second. What does need it is loaded when it is first touched.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chatkit_host.agents.accumulate import accumulate_text
    from chatkit_host.agents.client_tools import ClientToolCall
    from chatkit_host.agents.context import AgentContext
    from chatkit_host.agents.converter import ThreadItemConverter, simple_to_agent_input
    from chatkit_host.agents.display import Display
    from chatkit_host.agents.kept_images import KeepImage, KeptImages
    from chatkit_host.agents.models import Models, build_provider
    from chatkit_host.agents.response_converter import ResponseStreamConverter
    from chatkit_host.agents.run import AgentRun, run_agent
    from chatkit_host.agents.specs import OpenAISpec, Renderer, Rule, RulesSpec
    from chatkit_host.agents.stream import stream_agent_response
    from chatkit_host.agents.thoughts import StreamingThoughtTracker
    from chatkit_host.agents.tool_error import ToolError
    from chatkit_host.agents.tools import build_tool
    from chatkit_host.agents.transcription import Transcriber, TranscriptionSpec
    from chatkit_host.agents.typevars import T1, T2, TContext, TWidget
    from chatkit_host.agents.user_agent import agents_sdk_user_agent_override
    from chatkit_host.agents.wording import as_data

_FILES = {
    "accumulate_text": "accumulate",
    "ClientToolCall": "client_tools",
    "AgentContext": "context",
    "ThreadItemConverter": "converter",
    "simple_to_agent_input": "converter",
    "Display": "display",
    "KeepImage": "kept_images",
    "KeptImages": "kept_images",
    "Models": "models",
    "build_provider": "models",
    "ResponseStreamConverter": "response_converter",
    "AgentRun": "run",
    "run_agent": "run",
    "OpenAISpec": "specs",
    "Renderer": "specs",
    "Rule": "specs",
    "RulesSpec": "specs",
    "stream_agent_response": "stream",
    "StreamingThoughtTracker": "thoughts",
    "ToolError": "tool_error",
    "build_tool": "tools",
    "Transcriber": "transcription",
    "TranscriptionSpec": "transcription",
    "T1": "typevars",
    "T2": "typevars",
    "TContext": "typevars",
    "TWidget": "typevars",
    "agents_sdk_user_agent_override": "user_agent",
    "as_data": "wording",
}

__all__ = [
    "T1",
    "T2",
    "AgentContext",
    "AgentRun",
    "ClientToolCall",
    "Display",
    "KeepImage",
    "KeptImages",
    "Models",
    "OpenAISpec",
    "Renderer",
    "ResponseStreamConverter",
    "Rule",
    "RulesSpec",
    "StreamingThoughtTracker",
    "TContext",
    "TWidget",
    "ThreadItemConverter",
    "ToolError",
    "Transcriber",
    "TranscriptionSpec",
    "accumulate_text",
    "agents_sdk_user_agent_override",
    "as_data",
    "build_provider",
    "build_tool",
    "run_agent",
    "simple_to_agent_input",
    "stream_agent_response",
]


def __getattr__(name: str) -> Any:
    if name not in _FILES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_FILES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
