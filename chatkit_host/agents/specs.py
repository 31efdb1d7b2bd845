"""What models are made from, when one is first asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol


class Renderer(Protocol):
    """A compiled template."""

    def render(self, scope: Mapping[str, Any], /) -> Any:
        """Its value for the names in `scope`."""


class Pattern(Protocol):
    """A compiled pattern, of RE2 or of the standard library."""

    def search(self, text: str, /) -> Any:
        """The first match, with `groupdict()`; None without one."""


@dataclass(frozen=True)
class Rule:
    """One rule of a rules model.

    Attributes:
        match: what to look for in the user's text; without it, the rule always holds.
        say: the answer; the one after the call, if there is a call. Data is said as JSON.
        call: a tool to call.
        with_: gives the tool's arguments, a map.
        then: what follows, one after the other; their `match` is not asked.
        hands_over: whether `call` passes the conversation on; it holds only where that is offered.
    """

    match: Pattern | None = None
    say: Renderer | None = None
    call: str | None = None
    with_: Renderer | None = None
    then: Sequence[Rule] = ()
    hands_over: bool = False


@dataclass(frozen=True)
class RulesSpec:
    """A model that is no model: the first rule that matches answers."""

    rules: Sequence[Rule]


@dataclass(frozen=True)
class RetrySpec:
    """When a model is asked again, before its answer has begun.

    Attributes:
        attempts: how often it is asked at most, the first time included.
        on: what for: `network`, a status such as `429`, a hundred of them such as `5xx`.
        wait: seconds before the second time; each time twice as long. A server may ask for more.
        max_wait: the longest that is waited.
        cool_down: seconds in which others answer first, where there are others.
    """

    attempts: int = 3
    on: Sequence[str] = ("network", "408", "409", "429", "5xx")
    wait: float = 0.5
    max_wait: float = 20.0
    cool_down: float = 30.0


@dataclass(frozen=True)
class OpenAISpec:
    """A model behind an API of OpenAI's, or of a server that speaks it.

    Attributes:
        model: the server's name for it.
        provider: `openai`, or the package that reaches the server.
        base_url: the server; without it, OpenAI's.
        api: which of the two APIs it speaks.
        api_key: without it, the environment's `OPENAI_API_KEY`.
        settings: `ModelSettings` fields that hold unless the agent has its own.
        timeout: seconds to wait for the server, at the beginning and between two events.
        retry: when it is asked again.
        fallback: the names of models that answer in its place when that was of no use.
    """

    model: str
    provider: Literal["openai", "litellm", "any-llm"] = "openai"
    base_url: str | None = None
    api: Literal["responses", "chat_completions"] = "responses"
    api_key: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    timeout: float | None = None
    retry: RetrySpec = RetrySpec()
    fallback: Sequence[str] = ()
