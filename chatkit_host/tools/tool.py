"""A declared tool: arguments are checked, progress shown, the result selected and shown."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.waiting import TurnEnded
from chatkit_host.logger import logger
from chatkit_host.templates import TextTemplate, ValueTemplate
from chatkit_host.tools.approval import ApprovalRule
from chatkit_host.tools.kind import ToolKind
from chatkit_host.tools.task_text import TaskText
from chatkit_host.types import ProgressUpdateEvent

TOO_SLOW = (
    "The tool took longer than {seconds:g} s and was given up; it may do its work all the same."
)
"""What the caller of a tool reads that took too long."""


class Rails(Protocol):
    """The guardrails of a tool."""

    async def check_arguments(self, turn: TurnContext, arguments: Mapping[str, Any]) -> None:
        """Raises ToolError where the tool may not be called with them."""

    async def check_result(self, turn: TurnContext, result: Any) -> None:
        """Raises ToolError where the caller may not have the result."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool of `tools:`, ready to be called."""

    name: str
    description: str
    parameters: dict[str, Any]
    kind: ToolKind
    progress: TextTemplate | None = None
    select: ValueTemplate | None = None
    widget: str | None = None
    show: TaskText | None = None
    rails: Rails | None = None
    approval: ApprovalRule | None = None
    timeout: float | None = None

    async def needs_approval(
        self, arguments: dict[str, Any], turn: TurnContext, call_id: str
    ) -> bool:
        """Whether a person must agree before a model's call with these arguments is carried out.

        A call whose arguments do not fit, or are objected to, does nothing: nobody is asked. The
        objection stands: a guardrail that is asked again might have changed its mind.
        """
        if self.approval is None:
            return False
        await turn.shared.refresh()
        try:
            checked = self._checked(arguments)
            if self.rails is not None:
                await self.rails.check_arguments(turn, checked)
        except ToolError as objection:
            turn.objections[call_id] = objection.message
            return False
        return self.approval.holds(argument_scope(turn, checked))

    async def call(
        self, arguments: dict[str, Any], turn: TurnContext, call_id: str | None = None
    ) -> Any:
        """The result of the tool for these arguments; `call_id` is the model's, if one calls.

        Raises:
            ToolError: the arguments do not fit, a guardrail objects, or the tool says that it
                failed.
        """
        if call_id is not None and call_id in turn.objections:
            raise ToolError(turn.objections[call_id])
        checked = self._checked(arguments)
        await turn.shared.refresh()
        await turn.parts.refresh_thread(turn)
        if self.rails is not None:
            await self.rails.check_arguments(turn, checked)
        if self.progress is not None:
            text = self.progress.render(argument_scope(turn, checked))
            await turn.stream(ProgressUpdateEvent(text=str(text)))
        if self.show is None:
            return await self._carry_out(turn, checked, call_id)
        return await self._shown(self.show, turn, checked, call_id)

    async def _shown(
        self, text: TaskText, turn: TurnContext, checked: dict[str, Any], call_id: str | None
    ) -> Any:
        """Carry the call out, with a task that people see meanwhile."""
        task = await turn.show_task(text.begun(argument_scope(turn, checked)))
        try:
            result = await self._carry_out(turn, checked, call_id)
        except TurnEnded:
            await task.change()
            raise
        except Exception:
            await task.change(indicator="none")
            raise
        await task.change(text.over({**argument_scope(turn, checked), "result": result}))
        return result

    async def _carry_out(
        self, turn: TurnContext, checked: dict[str, Any], call_id: str | None
    ) -> Any:
        result = await self._in_time(turn, checked, call_id)
        if self.select is not None:
            result = self.select.render({**argument_scope(turn, checked), "result": result})
        if self.rails is not None:
            await self.rails.check_result(turn, result)
        if self.widget is not None:
            await turn.show_widget(self.widget, result if isinstance(result, dict) else {})
        return result

    async def _in_time(
        self, turn: TurnContext, checked: dict[str, Any], call_id: str | None
    ) -> Any:
        """What the kind gives, or an error for the caller when it takes too long."""
        try:
            async with asyncio.timeout(self.timeout) as limit:
                return await self.kind.call(turn, checked, call_id)
        except TimeoutError:
            if not limit.expired():
                raise
            logger.warning(
                "tool %s took longer than %g s and was given up", self.name, self.timeout
            )
            raise ToolError(TOO_SLOW.format(seconds=self.timeout)) from None

    def _checked(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """The arguments, every parameter present: what is optional and absent is null."""
        problem = best_match(Draft202012Validator(self.parameters).iter_errors(arguments))
        if problem is not None:
            where = ".".join(str(part) for part in problem.absolute_path)
            raise ToolError(f"{where + ': ' if where else ''}{problem.message}")
        return {name: arguments.get(name) for name in self.parameters.get("properties", {})}


def argument_scope(turn: TurnContext, arguments: dict[str, Any]) -> dict[str, Any]:
    """What a tool's templates see: its parameters by name, and all of them in `args`.

    A parameter that is named like something in scope is read as `args.…`.
    """
    return {**arguments, **turn.scope(), "args": arguments}
