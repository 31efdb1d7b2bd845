"""One run of an agent, as the host does it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any, Self

from agents import (
    Agent,
    ModelProvider,
    RunConfig,
    RunErrorHandlers,
    RunHooks,
    RunItemStreamEvent,
    Runner,
    RunResultStreaming,
    RunState,
    Usage,
)
from agents import StreamEvent as SdkEvent
from agents.items import ToolApprovalItem, TResponseInputItem

from chatkit_host.agents.context import AgentContext
from chatkit_host.agents.display import Display
from chatkit_host.agents.failures import FailedRunError, stream_error
from chatkit_host.agents.guards import Guard, first_objection
from chatkit_host.agents.model import HeardProvider, Listener
from chatkit_host.agents.paused import PausedRun, freeze
from chatkit_host.agents.response_converter import ResponseStreamConverter
from chatkit_host.agents.run_hooks import RunWatch
from chatkit_host.agents.run_stream import RunStream
from chatkit_host.agents.user_agent import agents_sdk_user_agent_override
from chatkit_host.errors import CustomStreamError
from chatkit_host.logger import logger
from chatkit_host.types import OpenCall, StreamEvent, ThreadItem

RunInput = str | list[TResponseInputItem] | RunState[Any, Agent[Any]]

_DEFAULT_MAX_TURNS = 10


class AgentRun(RunStream):
    """A run to be iterated inside `async with`; leaving that cancels what still runs."""

    def __init__(
        self,
        context: AgentContext[Any],
        agent: Agent[Any],
        input: RunInput,
        *,
        provider: ModelProvider,
        max_turns: int,
        converter: ResponseStreamConverter,
        display: Display,
        hooks: RunHooks[Any] | None,
        error_handlers: RunErrorHandlers[Any] | None,
        guards: Sequence[Guard],
        recent_items: Sequence[ThreadItem] | None,
        open_calls: Sequence[OpenCall],
        run_config: RunConfig | None,
    ) -> None:
        super().__init__(context, converter, display, light=True, recent_items=recent_items)
        context.client_tool_call = None
        self._calls.go_on_with(open_calls)
        self._agent = agent
        self._input = input
        self._max_turns = max_turns
        self._error_handlers = error_handlers
        self._guards = guards
        self._objection: str | None = None
        self._ear = Listener(self._translator.translate, self._translator.text_delta)
        self._hooks = RunWatch(self._calls, self._model_speaks, hooks)
        self._config = _run_config(run_config, HeardProvider(provider, self._ear), context)
        self._stream = self.events()

    @property
    def last_agent(self) -> str:
        """The name of the agent that has spoken last: another one, after a handoff."""
        return self._agent.name if self._result is None else self._result.last_agent.name

    @property
    def final_output(self) -> Any:
        """What the run has come to, once it has."""
        return None if self._result is None else self._result.final_output

    @property
    def usage(self) -> Usage:
        """The tokens that were spent, where the server tells."""
        return Usage() if self._result is None else self._result.context_wrapper.usage

    @property
    def interruptions(self) -> list[ToolApprovalItem]:
        """The calls that wait for somebody's approval."""
        return [] if self._result is None else self._result.interruptions

    @property
    def open_calls(self) -> list[OpenCall]:
        """The calls of the run's own agents that have no output yet."""
        return self._calls.open_calls()

    def pause(self) -> PausedRun:
        """What is to be kept of a run that has interruptions."""
        return freeze(self._result)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __aiter__(self) -> AsyncIterator[StreamEvent]:
        return self._stream

    async def aclose(self) -> None:
        """Cancel what still runs, and wait until the model's connection is closed."""
        await self._stream.aclose()

    def _start(self) -> RunResultStreaming:
        with agents_sdk_user_agent_override():
            return Runner.run_streamed(
                self._agent,
                self._input,
                context=self._context,
                max_turns=self._max_turns,
                hooks=self._hooks,
                run_config=self._config,
                error_handlers=self._error_handlers,
            )

    async def _model_speaks(self, agent: str | None) -> None:
        self._ear.listening = agent is not None
        if self._result is not None:
            self._tripwire.watch(self._result)
        if agent is not None:
            await self._spoken_by(agent)

    async def _finished(self) -> None:
        if self._context.client_tool_call is None:
            # Nothing goes on with it: a workflow that a tool ended the turn with is over.
            await self._context.end_workflow()
        await super()._finished()

    async def _broke_off(self) -> None:
        await self._context.end_workflow()

    async def _note(self, event: SdkEvent) -> None:
        if isinstance(event, RunItemStreamEvent):
            self._items.note(event)

    async def _run_through(self) -> None:
        if not self._guards:
            await super()._run_through()
            return
        guarding = asyncio.create_task(self._guard())
        try:
            await super()._run_through()
            await guarding
        finally:
            guarding.cancel()
        if self._objection is not None:
            self._take_back()
            raise CustomStreamError(self._objection)

    async def _guard(self) -> None:
        if isinstance(self._input, RunState):
            return  # it was let pass when the run began
        self._objection = await first_objection(self._guards, self._input)
        if self._objection is not None and self._result is not None:
            self._result.cancel()

    def _failed(self, error: Exception) -> Exception:
        told = stream_error(error)
        if told is None or told is error:
            return error
        if isinstance(told, FailedRunError):
            message = "a run of agent %s failed (%s): %r"
            logger.log(told.level, message, self.last_agent, told.error_id, error)
        return told


def run_agent(
    context: AgentContext[Any],
    agent: Agent[Any],
    input: RunInput,
    *,
    provider: ModelProvider,
    max_turns: int = _DEFAULT_MAX_TURNS,
    converter: ResponseStreamConverter | None = None,
    display: Display | None = None,
    hooks: RunHooks[Any] | None = None,
    error_handlers: RunErrorHandlers[Any] | None = None,
    guards: Sequence[Guard] = (),
    recent_items: Sequence[ThreadItem] | None = None,
    open_calls: Sequence[OpenCall] = (),
    run_config: RunConfig | None = None,
) -> AgentRun:
    """Let an agent answer, and read what it says and what its tools do as events of the thread.

    Args:
        context: what the tools get, and where they stream to.
        agent: who begins; its model, and those of all agents it knows, must be names.
        input: a `ThreadItemConverter`'s, or a text; a `RunState` goes on with that run.
        provider: knows the models by these names.
        max_turns: how often the model may be asked.
        converter: how citations and pictures look.
        display: what is shown besides the answer; by default, thoughts.
        hooks: further hooks of the SDK's.
        error_handlers: the SDK's; what they answer appears as a message.
        guards: checks of the input that run beside the model and stop it at once.
        recent_items: the newest items of the thread, newest last; loaded if not given.
        open_calls: calls that such a run has made and that have no output yet.
        run_config: the SDK's further settings; by default without tracing.

    Returns:
        The run, for `async with` and `async for`. Iterating raises a `BaseStreamError` for what
        the user should hear of, and any other error as it is.
    """
    return AgentRun(
        context,
        agent,
        input,
        provider=provider,
        max_turns=max_turns,
        converter=converter or ResponseStreamConverter(),
        display=display or Display(),
        hooks=hooks,
        error_handlers=error_handlers,
        guards=guards,
        recent_items=recent_items,
        open_calls=open_calls,
        run_config=run_config,
    )


def _run_config(
    given: RunConfig | None, provider: ModelProvider, context: AgentContext[Any]
) -> RunConfig:
    if given is not None:
        return replace(given, model_provider=provider)
    return RunConfig(
        model_provider=provider,
        # Tracing would call OpenAI's servers, wherever the model is.
        tracing_disabled=True,
        tool_not_found_behavior="return_error_to_model",
        # One cache key a thread, so that a server finds the turns before in its prompt cache.
        group_id=context.thread.id,
    )
