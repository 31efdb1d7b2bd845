"""`models`: what the agents think with."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Discriminator, Field, SecretStr, Tag, WrapValidator, model_validator
from pydantic.types import JsonValue

from chatkit_host.config.kinds import TAG_MARK, problem
from chatkit_host.config.names import AgentName, ModelName, ToolChoice, ToolName
from chatkit_host.config.retry import Retry
from chatkit_host.config.section import Section
from chatkit_host.config.values import DataTemplate, Duration, Template, Url, Value


class Reasoning(Section):
    """How hard a reasoning model thinks."""

    effort: Literal["none", "minimal", "low", "medium", "high", "xhigh"] | None = None
    summary: Literal["auto", "concise", "detailed"] | None = None


TOOL_CHOICES = ("auto", "required", "none")
"""What `tool_choice` may say besides the name of a tool."""


class ModelSettings(Section):
    """What a model call is sent with; what is not given is left to the provider."""

    temperature: float | None = Field(None, ge=0, le=2, description="0 is steady, 2 is wild.")
    top_p: float | None = Field(None, ge=0, le=1)
    frequency_penalty: float | None = Field(None, ge=-2, le=2)
    presence_penalty: float | None = Field(None, ge=-2, le=2)
    max_tokens: int | None = Field(None, gt=0, description="The longest answer, in tokens.")
    tool_choice: ToolChoice | None = Field(
        None, description="auto, required, none, or a tool's name."
    )
    parallel_tool_calls: bool | None = None
    truncation: Literal["auto", "disabled"] | None = None
    verbosity: Literal["low", "medium", "high"] | None = None
    reasoning: Reasoning | None = None
    store: bool | None = Field(None, description="Whether the provider keeps the answer.")
    include_usage: bool | None = Field(
        None, description="Whether to ask a Chat Completions server what an answer took."
    )
    metadata: dict[str, str] | None = None
    extra_headers: dict[str, SecretStr] | None = None
    extra_body: dict[str, JsonValue] | None = None

    def given(self) -> dict[str, Any]:
        """Only what the file says, by name."""
        given = self.model_dump(exclude_unset=True, exclude_none=True)
        if self.extra_headers is not None:
            headers = self.extra_headers.items()
            given["extra_headers"] = {name: value.get_secret_value() for name, value in headers}
        return given


Readable = Literal["images", "pdf", "audio"]


class ProviderModel(Section):
    """A model of a provider; `openai/gpt-5-mini` for short."""

    short: ClassVar[str | None] = "model"

    provider: Literal["openai", "litellm", "any-llm"] = Field(
        "openai", description="Who serves it."
    )
    model: str = Field(min_length=1, description="The provider's name for it.")
    base_url: Url | None = Field(None, description="Any server that speaks OpenAI's API.")
    api: Literal["responses", "chat_completions"] = Field(
        "responses", description="The API it speaks."
    )
    api_key: SecretStr | None = Field(None, description="Else the provider's own variable is read.")
    reads: tuple[Readable, ...] = Field(
        ("images", "pdf"), description="What files it takes besides text: images, pdf, audio."
    )
    settings: ModelSettings = ModelSettings.left_out()
    timeout: Duration | None = Field(None, description="The longest wait for an answer: 60s.")
    retry: Retry = Field(Retry.left_out(), description="When its server is asked again.")
    fallback: tuple[ModelName, ...] = Field(
        (), description="Models that answer while this one fails."
    )

    @classmethod
    def expand(cls, text: str) -> Any:
        return split_model_name(text)

    @model_validator(mode="after")
    def _hears_where_one_can(self) -> Self:
        if "audio" in self.reads and self.api != "chat_completions":
            message = "the Responses API takes no audio"
            raise problem("reads", message, cure="write api: chat_completions", path=("reads",))
        return self

    @property
    def kind(self) -> str:
        return "provider"


class Move(Section):
    """What a rule does and says at once."""

    call: ToolName | None = Field(None, description="A tool to call.")
    with_: dict[str, Value] = Field({}, alias="with", description="The tool's arguments.")
    say: Template | None = Field(None, description="The answer; after the call, if there is one.")
    output: DataTemplate | None = Field(
        None, description="The answer of an agent whose answers are data, in place of `say`."
    )
    handoff: AgentName | None = Field(
        None, description="An agent to pass the conversation to, at last."
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.output is not None and self.say is not None:
            message = "'output' beside 'say': an answer is data, or it is words"
            raise problem("rule_output", message, cure="take one out", path=("output",))
        return self

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if self.handoff is not None and (self.call or self.say or self.output is not None):
            message = "'handoff' beside 'call', 'say' or 'output': the other agent goes on"
            cure = "put what comes before it into the rule, and the handoff into its `then`"
            raise problem("handoff_rule", message, cure=cure, path=("handoff",))
        return self


class Rule(Move):
    """One rule: what to look for in the user's text, and what to do and say then."""

    match: str | None = Field(
        None, description="A pattern (RE2, case-insensitive); without one the rule always holds."
    )
    then: tuple[Move, ...] = Field((), description="What follows the call's result, in order.")


class RulesModel(Section):
    """No model at all: rules, offline, with no key. The first that matches wins."""

    provider: Literal["rules"]
    rules: tuple[Rule, ...] = Field(min_length=1)

    @property
    def kind(self) -> str:
        return "rules"


def split_model_name(text: str) -> dict[str, str]:
    """`provider/model` as a map of the two; raises when there is no slash."""
    provider, slash, name = text.partition("/")
    if slash and provider and name:
        return {"provider": provider, "model": name}
    raise problem("model_name", f"{text!r} names no model", cure="write provider/model")


def _with_aliases(given: Any, validate: Callable[[Any], Any]) -> Any:
    """A bare name stands for another model: `default: ${CHATKIT_MODEL:-rules}`."""
    if not isinstance(given, dict):
        return validate(given)
    aliases = {name: to for name, to in given.items() if isinstance(to, str) and "/" not in to}
    targets = {name: _target(name, aliases, given) for name in aliases}
    models = validate({name: model for name, model in given.items() if name not in aliases})
    return {name: models[targets.get(name, name)] for name in given}


def _target(name: str, aliases: dict[str, str], given: dict[str, Any]) -> str:
    """The name that an alias leads to in the end."""
    target = name
    for _ in range(len(aliases) + 1):
        if target not in aliases:
            break
        target = aliases[target]
    if target in given and target not in aliases:
        return target
    hint = next(iter(get_close_matches(aliases[name], given.keys() - {name}, n=1)), None)
    cure = "write provider/model, or another name of `models`"
    message = f"{aliases[name]!r} names no model"
    raise problem("model_alias", message, hint=hint, cure=cure, path=(name,))


def _provider_of(given: Any) -> str:
    if isinstance(given, dict):
        # What has rules and names nobody else who could answer means them, however it is spelt.
        is_rules = given.get("provider") == "rules" or ("rules" in given and "model" not in given)
        return TAG_MARK + ("rules" if is_rules else "provider")
    return TAG_MARK + getattr(given, "kind", "provider")


Model = Annotated[
    Annotated[ProviderModel, Tag("=provider")] | Annotated[RulesModel, Tag("=rules")],
    Discriminator(_provider_of),
]

Models = Annotated[dict[str, Model], WrapValidator(_with_aliases)]
