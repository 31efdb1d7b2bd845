"""`agents:` → agents of the OpenAI Agents SDK, which is not imported before they are loaded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from chatkit_host.agents.spent import Spent
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.waiting import ANSWER_WAITS, TurnEnded
from chatkit_host.agents.wording import APPROVAL_WAITS, NOBODY_TO_ASK, REJECTED, hidden_context
from chatkit_host.compiler.attachments import Uploads, item_converter, picture_converter
from chatkit_host.compiler.display import Shown
from chatkit_host.compiler.entities import Entities
from chatkit_host.compiler.guardrails import Guardrails, readable_items
from chatkit_host.compiler.history import load_history
from chatkit_host.compiler.models import compile_models, model_name
from chatkit_host.compiler.outputs import Outputs
from chatkit_host.compiler.picks import Picks
from chatkit_host.compiler.rails import Rail
from chatkit_host.compiler.routes import Routes
from chatkit_host.compiler.sdk_agents import SdkAgents
from chatkit_host.compiler.usage import record_usage
from chatkit_host.config.hosted import ImageGenerationHosted
from chatkit_host.config.root import Config
from chatkit_host.config.tools import HostedTool
from chatkit_host.templates import compile_text
from chatkit_host.tools import Tool
from chatkit_host.types import (
    ApprovalItem,
    ApprovalQuestion,
    OpenCall,
    StreamEvent,
    ThreadItem,
)

if TYPE_CHECKING:
    from agents import Agent as SdkAgent

    from chatkit_host.agents.models import Models
    from chatkit_host.agents.paused import PausedRun, State
    from chatkit_host.agents.response_converter import ResponseStreamConverter
    from chatkit_host.agents.run import AgentRun

TITLE = (
    "Give the conversation that begins with the user's message a title of two to six words, in the "
    "language of the message. Do not answer the message. Write the title alone, without quotes."
)


@dataclass(frozen=True, slots=True)
class PausedAgent:
    """A run that waits for approvals: who began it, and which of its calls have no output."""

    run: PausedRun
    agent: str
    by_name: bool
    open_calls: Sequence[OpenCall]


class Agents:
    """All declared agents.

    Args:
        config: the file.
        tools: all declared tools.
        rails: all declared guardrails.
        uploads: where files are; without it pictures are in their URLs.
    """

    def __init__(
        self,
        config: Config,
        tools: Mapping[str, Tool],
        rails: Mapping[str, Rail],
        uploads: Uploads | None = None,
    ) -> None:
        self._uploads = uploads
        self._config = config
        self._tools = tools
        self._agents: dict[str, SdkAgent[TurnContext]] = {}
        self._models: Models | None = None
        self._shown = Shown(config)
        self._guardrails = Guardrails(config, rails)
        self._routes = Routes(config)
        self._picks = Picks(config)
        self._outputs = Outputs(config)
        self._entities = Entities(config)
        self._partial_images = _partial_images(config)
        context = config.respond.context
        self._context = None if context is None else compile_text(context, escape=True)

    def load(self) -> None:
        """Import the Agents SDK and make the agents; takes 1 to 2 s, and may run in a thread."""
        if self._models is not None:
            return
        self._agents = SdkAgents(self._config, self._tools, self._guardrails).make()
        self._models = compile_models(self._config)

    async def close(self) -> None:
        """Close the connections to models."""
        if self._models is not None:
            await self._models.aclose()

    async def run(
        self,
        turn: TurnContext,
        history: Sequence[ThreadItem],
        agent: str | None = None,
        further: str | None = None,
    ) -> AsyncGenerator[StreamEvent, None]:
        """Let an agent answer; by default the one that `Routes` chooses.

        Args:
            turn: what its tools act on.
            history: the thread's items, the oldest first.
            agent: who answers.
            further: more for it to read, which is not kept.
        """
        from chatkit_host.agents import run_agent

        models = await self._loaded()
        name = agent or self._routes.choose(turn, history)
        self._guardrails.before(name, turn, history)
        picked = self._picks.model(history)
        run = run_agent(
            turn,
            self._beginning(name, turn),
            await self._input(turn, history, further, picked or self._model_of(name)),
            provider=models.bound(turn.scope, instead=picked),
            max_turns=self._config.agents[name].max_turns,
            recent_items=history,
            guards=self._guardrails.beside(name, turn, history),
            converter=self._converter(turn),
            display=self._shown.to(turn.scope),
        )
        async with aclosing(self._read(turn, run, name, by_name=agent is not None)) as events:
            async for event in events:
                yield event

    async def thaw(self, turn: TurnContext, item: ApprovalItem) -> State:
        """A run that has waited, in this turn, with the answers that it waited for.

        Raises:
            Exception: the file or the SDK has changed so that it cannot go on.
        """
        from chatkit_host.agents.paused import decide, thaw

        await self._loaded()
        state = await thaw(self._agents[item.agent], item.state, turn)
        decide(state, item.questions, rejection)
        return state

    async def go_on(
        self, turn: TurnContext, item: ApprovalItem, state: State
    ) -> AsyncGenerator[StreamEvent, None]:
        """Let that run go on; what it says and does is the turn's."""
        from chatkit_host.agents import run_agent

        models = await self._loaded()
        history = await load_history(turn, self._config.respond.history)
        run = run_agent(
            turn,
            self._agents[item.agent],
            state,
            provider=models.bound(turn.scope, instead=self._picks.model(history)),
            recent_items=history,
            converter=self._converter(turn),
            display=self._shown.to(turn.scope),
            open_calls=item.open_calls,
        )
        async with aclosing(self._read(turn, run, item.agent, by_name=item.by_name)) as events:
            async for event in events:
                yield event

    async def _read(
        self, turn: TurnContext, run: AgentRun, name: str, *, by_name: bool
    ) -> AsyncGenerator[StreamEvent, None]:
        """A run's events; what is to be kept of it is kept, however it ends."""
        try:
            async with run:
                async for event in run:
                    yield event
                if run.interruptions:
                    turn.paused = PausedAgent(run.pause(), name, by_name, run.open_calls)
            shown = self._outputs.conclude(run.last_agent, run.final_output, turn)
            async with aclosing(shown) as events:
                async for event in events:
                    yield event
        finally:
            if not by_name:
                self._routes.keep(turn, name, run.last_agent)
            await record_usage(turn, run.last_agent, Spent.of(run.usage) + turn.take_spent())

    def objects_to(self, turn: TurnContext) -> bool:
        """Whether the message that began the turn may not be read by any model."""
        return self._guardrails.objects(self._routes.choose(turn), turn)

    async def speak(self, name: str, text: str, turn: TurnContext) -> Any:
        """Let an agent answer a text in the thread, in the place of the one that calls it."""
        from chatkit_host.agents import run_agent

        models = await self._loaded()
        self._guardrails.before_asking(name, turn, text)
        child = turn.child()
        run = run_agent(
            child,
            self._agents[name],
            text,
            provider=models.bound(lambda: turn.scope() | {"text": text}),
            max_turns=self._config.agents[name].max_turns,
            recent_items=(),
            converter=self._converter(child),
            display=self._shown.to(child.scope),
        )
        try:
            async with run:
                async for event in run:
                    await turn.stream(event)
            async for event in self._outputs.conclude(run.last_agent, run.final_output, child):
                await turn.stream(event)
        finally:
            turn.spend(Spent.of(run.usage))
        if run.interruptions:
            child.paused = PausedAgent(run.pause(), name, True, run.open_calls)
            await turn.parts.ask_approvals(child, turn)
        if child.waits:
            turn.has_asked = True
            raise TurnEnded(ANSWER_WAITS)
        return _told(run.final_output)

    async def ask(self, name: str, text: str, turn: TurnContext, call_id: str | None = None) -> Any:
        """What an agent answers to a text, apart from the thread; what its tools show is shown.

        Raises:
            TurnEnded: it wants approvals, and the run whose call `call_id` is waits for them too.
        """
        from agents import RunConfig

        from chatkit_host.agents.paused import inner_run_of, keep_inner_run

        models = await self._loaded()
        waited = inner_run_of(call_id)
        if waited is None:
            self._guardrails.before_asking(name, turn, text)
        return await _answer_apart(
            turn,
            self._agents[name],
            waited or text,
            keep=partial(keep_inner_run, call_id),
            context=turn,
            max_turns=self._config.agents[name].max_turns,
            run_config=RunConfig(
                model_provider=models.bound(lambda: turn.scope() | {"text": text}),
                tracing_disabled=True,
                tool_not_found_behavior="return_error_to_model",
            ),
        )

    async def think_of_title(self, text: str, model: str, turn: TurnContext) -> str:
        """What a model would call a conversation that begins with this text."""
        from agents import Agent, RunConfig

        titler: SdkAgent[None] = Agent(name="titler", instructions=TITLE, model=model)
        config = RunConfig(model_provider=await self._loaded(), tracing_disabled=True)
        return str(await _answer_apart(turn, titler, text, max_turns=1, run_config=config))

    async def _loaded(self) -> Models:
        if self._models is None:
            await asyncio.to_thread(self.load)
        assert self._models is not None
        return self._models

    def _beginning(self, name: str, turn: TurnContext) -> SdkAgent[TurnContext]:
        """The agent, which begins with the tool that the user has picked, if it has that one."""
        agent = self._agents[name]
        tool = self._picks.tool(name, turn.names.get("tool_choice"))
        if tool is None:
            return agent
        return agent.clone(model_settings=replace(agent.model_settings, tool_choice=tool))

    async def _input(
        self, turn: TurnContext, history: Sequence[ThreadItem], further: str | None, model: str
    ) -> list[Any]:
        readable = readable_items(turn, history)
        reader = self._config.models.get(model)
        mention = partial(self._entities.context, turn=turn)
        converter = item_converter(self._uploads, self._config.attachments, turn, reader, mention)
        items: list[Any] = list(await converter.to_agent_input(readable))
        if self._context is not None:
            items.insert(0, _unseen(hidden_context(str(self._context.render(turn.scope())))))
        if further is not None:
            items.append(_unseen(hidden_context(further)))
        return items

    def _model_of(self, name: str) -> str:
        return model_name(self._config, self._config.agents[name])

    def _converter(self, turn: TurnContext) -> ResponseStreamConverter:
        """How pictures come to people."""
        return picture_converter(self._uploads, turn, self._partial_images)


async def _answer_apart(
    turn: TurnContext,
    agent: SdkAgent[Any],
    given: str | State,
    keep: Callable[[Any], bool] = lambda _: False,
    **more: Any,
) -> Any:
    """What an agent answers, apart from the thread; what it spends is the turn's in any case.

    Where it wants an approval, `keep` may have an outer run wait; else nothing is approved.
    """
    from agents import AgentsException, Runner

    from chatkit_host.agents.paused import reject_all

    try:
        result = await Runner.run(agent, given, **more)
        while result.interruptions:
            if keep(result):
                turn.spend(Spent.of(result.context_wrapper.usage))
                raise TurnEnded(APPROVAL_WAITS)
            result = await Runner.run(agent, reject_all(result, NOBODY_TO_ASK), **more)
    except AgentsException as error:
        if error.run_data is not None:
            turn.spend(Spent.of(error.run_data.context_wrapper.usage))
        raise
    turn.spend(Spent.of(result.context_wrapper.usage))
    return _told(result.final_output)


def _told(final_output: Any) -> Any:
    """What a run has come to, as who asked for it gets it: words, or data."""
    from chatkit_host.agents.data_output import DataOutput

    return final_output.value if isinstance(final_output, DataOutput) else str(final_output)


def rejection(question: ApprovalQuestion) -> str:
    """What the model reads of a call that was not approved."""
    if question.card is None:  # nobody was asked
        return question.reason or REJECTED
    if question.reason is None:
        return REJECTED
    return f"{REJECTED} The user's reason: {question.reason}"


def _unseen(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


def _partial_images(config: Config) -> int | None:
    """How many unfinished versions of a picture there can be."""
    drawing = [
        tool.hosted.image_generation.partial_images
        for tool in config.tools.values()
        if isinstance(tool, HostedTool) and isinstance(tool.hosted, ImageGenerationHosted)
    ]
    return max(drawing, default=0) or None
