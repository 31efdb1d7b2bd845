"""What the SDK tells of a run while it happens."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from agents import RunHooks
from agents.tool_context import ToolContext

from chatkit_host.agents.tool_calls import ToolCalls


class RunWatch(RunHooks[Any]):
    """Follows the calls of the run's own agents, and passes all on to the hooks of the user.

    Args:
        calls: where tool calls are written down.
        model_speaks: told the agent whose model begins to speak, or none: tools are at work.
        others: further hooks.
    """

    def __init__(
        self,
        calls: ToolCalls,
        model_speaks: Callable[[str | None], Awaitable[None]],
        others: RunHooks[Any] | None,
    ) -> None:
        self._calls = calls
        self._model_speaks = model_speaks
        self._others = others or RunHooks[Any]()

    async def on_llm_start(self, context: Any, agent: Any, *args: Any, **kwargs: Any) -> None:
        await self._model_speaks(agent.name)
        await self._others.on_llm_start(context, agent, *args, **kwargs)

    async def on_llm_end(self, *args: Any, **kwargs: Any) -> None:
        # An agent that serves as a tool speaks between this and the next start.
        await self._model_speaks(None)
        await self._others.on_llm_end(*args, **kwargs)

    async def on_agent_start(self, *args: Any, **kwargs: Any) -> None:
        await self._others.on_agent_start(*args, **kwargs)

    async def on_agent_end(self, *args: Any, **kwargs: Any) -> None:
        await self._others.on_agent_end(*args, **kwargs)

    async def on_handoff(self, *args: Any, **kwargs: Any) -> None:
        await self._others.on_handoff(*args, **kwargs)

    async def on_tool_start(self, context: Any, agent: Any, tool: Any) -> None:
        if isinstance(context, ToolContext):
            self._calls.began(context.tool_call_id, context.tool_name, context.tool_arguments)
        await self._others.on_tool_start(context, agent, tool)

    async def on_tool_end(self, context: Any, agent: Any, tool: Any, result: object) -> None:
        if isinstance(context, ToolContext):
            self._calls.ended(context.tool_call_id, output_text(result))
        await self._others.on_tool_end(context, agent, tool, result)


def output_text(output: object) -> str:
    """A tool's output as the text that is kept of it; pictures and files are not."""
    if isinstance(output, str):
        return output
    parts = output if isinstance(output, list | tuple) else [output]
    if all(_part_type(part) is not None for part in parts):
        return "\n".join(_part_text(part) for part in parts)
    if isinstance(output, dict | list):
        return json.dumps(output, ensure_ascii=False, default=str)
    return str(output)


def _part_type(part: object) -> str | None:
    kind = part.get("type") if isinstance(part, dict) else getattr(part, "type", None)
    return kind if kind in _PART_TYPES else None


def _part_text(part: Any) -> str:
    text = part.get("text") if isinstance(part, dict) else getattr(part, "text", None)
    return text if isinstance(text, str) else f"[{(_part_type(part) or '').split('_')[-1]}]"


_PART_TYPES = frozenset({"text", "image", "file", "input_text", "input_image", "input_file"})
