"""`agents:` → agents of the OpenAI Agents SDK, which is imported when they are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.waiting import TurnEnded, within_call
from chatkit_host.compiler.display import shows_call
from chatkit_host.compiler.guardrails import Guardrails
from chatkit_host.compiler.handoffs import compile_handoff
from chatkit_host.compiler.models import model_name
from chatkit_host.config.agents import Agent as AgentConfig
from chatkit_host.config.root import Config
from chatkit_host.config.tools import AgentTool, HostedTool
from chatkit_host.templates import TextTemplate, compile_text
from chatkit_host.tools import SOURCES, Tool, sdk_tool

if TYPE_CHECKING:
    from agents import Agent as SdkAgent
    from agents import (
        FunctionTool,
        FunctionToolResult,
        RunContextWrapper,
        ToolsToFinalOutputFunction,
        ToolsToFinalOutputResult,
    )
    from agents import Tool as SdkTool


class SdkAgents:
    """Makes all declared agents.

    Args:
        config: the file.
        tools: all declared tools.
        guardrails: what agents may not say.
    """

    def __init__(self, config: Config, tools: Mapping[str, Tool], guardrails: Guardrails) -> None:
        self._config = config
        self._tools = tools
        self._guardrails = guardrails

    def make(self) -> dict[str, SdkAgent[TurnContext]]:
        """The agents by name; each knows those that it hands over to, and those it asks."""
        agents = {name: self._make(name, spec) for name, spec in self._config.agents.items()}
        for name, spec in self._config.agents.items():
            agents[name].handoffs = [compile_handoff(each, agents) for each in spec.handoffs]
            self._tell_of_inner_agents(agents[name], agents)
        return agents

    def _make(self, name: str, spec: AgentConfig) -> SdkAgent[TurnContext]:
        from agents import Agent, ModelSettings

        return Agent(
            name=name,
            handoff_description=spec.description,
            instructions=_instructions(compile_text(spec.instructions)),
            model=model_name(self._config, spec),
            model_settings=ModelSettings(**self._settings(spec)),
            tools=[self._sdk_tool(tool, spec) for tool in spec.tools],
            output_type=_output_type(name, spec),
            output_guardrails=self._guardrails.after(name),
            tool_use_behavior=_end_of_run(frozenset(spec.stop_at)),
        )

    def _tell_of_inner_agents(
        self, agent: SdkAgent[TurnContext], agents: Mapping[str, SdkAgent[TurnContext]]
    ) -> None:
        """Tell the SDK which tools are agents, so that it stores their runs with the outer one."""
        for tool in agent.tools:
            spec = self._config.tools.get(tool.name)
            if isinstance(spec, AgentTool):
                tool._is_agent_tool = True  # type: ignore[union-attr]
                tool._agent_instance = agents[spec.agent]  # type: ignore[union-attr]

    def _settings(self, spec: AgentConfig) -> dict[str, Any]:
        """The agent's own, and what has to be asked for so that it can be shown."""
        own = [self._config.tools[name] for name in spec.tools]
        searches = any(
            isinstance(tool, HostedTool) and tool.hosted.kind == "web_search" and shows_call(tool)
            for tool in own
        )
        return ({"response_include": [SOURCES]} if searches else {}) | spec.settings.given()

    def _sdk_tool(self, name: str, agent: AgentConfig) -> SdkTool:
        spec = self._config.tools[name]
        if isinstance(spec, HostedTool):
            return sdk_tool(name, spec)
        aloud = isinstance(spec, AgentTool) and name in agent.stop_at
        return _function_tool(self._tools[name], aloud=aloud)


def _instructions(template: TextTemplate) -> Any:
    """Instructions that are rendered for every call of the model: the state may have changed."""

    async def render(run: RunContextWrapper[TurnContext], _: SdkAgent[TurnContext]) -> str:
        await run.context.shared.refresh()
        return str(template.render(run.context.scope()))

    return render


def _output_type(name: str, spec: AgentConfig) -> Any:
    from chatkit_host.agents.data_output import DataOutputSchema

    return None if spec.output is None else DataOutputSchema(name, spec.output.schema_)


def _function_tool(tool: Tool, *, aloud: bool) -> FunctionTool:
    """A tool as the SDK has it; `aloud`, if it is an agent that answers in the caller's place."""
    from chatkit_host.agents import build_tool
    from chatkit_host.agents.paused import within_tool

    async def call(arguments: dict[str, Any], call: Any) -> Any:
        with within_call(call.tool_call_id, aloud=aloud), within_tool(call):
            try:
                return await tool.call(arguments, call.context, call.tool_call_id)
            except TurnEnded as end:
                return end.told

    async def needs_approval(run: Any, arguments: dict[str, Any], call_id: str) -> bool:
        return await tool.needs_approval(arguments, run.context, call_id)

    return build_tool(
        tool.name,
        tool.description,
        tool.parameters,
        call,
        needs_approval=needs_approval if tool.approval is not None else False,
    )


def _end_of_run(stop_at: frozenset[str]) -> ToolsToFinalOutputFunction:
    """Ends a run after the calls of a response: one is to stop at, or waits for an answer.

    After a call that failed the model goes on: nothing was shown, and it may yet do better.
    """
    from agents import ToolsToFinalOutputResult

    from chatkit_host.agents.tools import FailedOutput

    def decide(
        run: RunContextWrapper[TurnContext], results: list[FunctionToolResult]
    ) -> ToolsToFinalOutputResult:
        ending = [
            result
            for result in results
            if result.tool.name in stop_at and not isinstance(result.output, FailedOutput)
        ]
        if run.context.waits:
            ending = ending or results
        return ToolsToFinalOutputResult(bool(ending), ending[0].output if ending else None)

    return decide
