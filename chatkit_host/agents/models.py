"""The models of an app, by name, made when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from agents import (
    Model,
    ModelProvider,
    ModelSettings,
    OpenAIChatCompletionsModel,
    OpenAIResponsesModel,
)
from openai import AsyncOpenAI

from chatkit_host.agents.gateways import connect_gateway, gateway_settings
from chatkit_host.agents.model import ModelWithSettings
from chatkit_host.agents.retrying import CoolDowns, FallbackModel, RetryingModel
from chatkit_host.agents.rules.model import RulesModel
from chatkit_host.agents.specs import OpenAISpec, RulesSpec

Scope = Callable[[], Mapping[str, Any]]

_APIS: dict[str, type[OpenAIResponsesModel | OpenAIChatCompletionsModel]] = {
    "responses": OpenAIResponsesModel,
    "chat_completions": OpenAIChatCompletionsModel,
}


class Models(ModelProvider):
    """Models by the names that agents use. Those with rules see no scope; `bound` gives them one.

    Args:
        specs: what each model is made from.
        default: the name that stands for none.
    """

    def __init__(self, specs: Mapping[str, OpenAISpec | RulesSpec], default: str) -> None:
        self._specs = specs
        self._default = default
        self._clients: list[AsyncOpenAI] = []
        self._made: dict[str, Model] = {}
        self._cool_downs = CoolDowns()

    def get_model(self, model_name: str | None) -> Model:
        return self.make(model_name, dict)

    def bound(self, scope: Scope, *, instead: str | None = None) -> ModelProvider:
        """The same models for one run, whose templates see what `scope()` gives at the time.

        Args:
            scope: what the templates of rules see.
            instead: the model that takes the place of each.
        """
        return _BoundModels(self, scope, instead)

    def make(self, name: str | None, scope: Scope) -> Model:
        """The model of that name.

        Raises:
            KeyError: there is none.
        """
        name = name or self._default
        spec = self._specs[name]
        if isinstance(spec, RulesSpec):
            return RulesModel(spec.rules, scope)
        if not spec.fallback:
            return self._own(name, spec)
        others = [other for other in spec.fallback if other != name]

        def one(which: str) -> Model:
            return self._own(name, spec) if which == name else self.make(which, scope)

        return FallbackModel(name, others, one, spec.retry, self._cool_downs)

    def _own(self, name: str, spec: OpenAISpec) -> Model:
        """The model itself, asked again where its server fails."""
        if name not in self._made:
            self._made[name] = RetryingModel(self._connect(spec), name, spec.retry)
        return self._made[name]

    async def aclose(self) -> None:
        """Close the connections to all servers."""
        clients, self._clients = self._clients, []
        self._made.clear()
        for client in clients:
            await client.close()

    def _connect(self, spec: OpenAISpec) -> Model:
        if spec.provider != "openai":
            return ModelWithSettings(connect_gateway(spec), ModelSettings(**gateway_settings(spec)))
        client = AsyncOpenAI(**_client_options(spec))
        self._clients.append(client)
        model = _APIS[spec.api](model=spec.model, openai_client=client)
        settings = dict(spec.settings)
        if spec.api == "chat_completions":
            # Or the servers of this API do not say what an answer has taken.
            settings.setdefault("include_usage", True)
        if not settings:
            return model
        return ModelWithSettings(model, ModelSettings(**settings))


class _BoundModels(ModelProvider):
    """An app's models for one run."""

    def __init__(self, models: Models, scope: Scope, instead: str | None) -> None:
        self._models = models
        self._scope = scope
        self._instead = instead

    def get_model(self, model_name: str | None) -> Model:
        return self._models.make(self._instead or model_name, self._scope)


def build_provider(specs: Mapping[str, OpenAISpec | RulesSpec], *, default: str) -> Models:
    """The models of an app; nothing is connected to before one is asked for."""
    return Models(specs, default)


def _client_options(spec: OpenAISpec) -> dict[str, Any]:
    options: dict[str, Any] = {
        "api_key": spec.api_key,
        "base_url": spec.base_url,
        "max_retries": 0,  # `RetryingModel` does it, which knows when an answer has begun
    }
    if spec.timeout is not None:
        options["timeout"] = spec.timeout
    return options
