"""`models:` → specs from which models are made when they are first asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from chatkit_host.agents import OpenAISpec, Rule, RulesSpec
from chatkit_host.agents.specs import RetrySpec
from chatkit_host.config import models as config
from chatkit_host.config.agents import Agent
from chatkit_host.config.root import Config
from chatkit_host.templates import compile_text, compile_value

if TYPE_CHECKING:
    from chatkit_host.agents.models import Models

DEFAULT = "default"
"""The model of agents that name none, if there is one of this name."""


def compile_models(settings: Config) -> Models:
    """All models that the file declares, and those that agents name as provider/model."""
    from chatkit_host.agents import build_provider

    specs = {name: _spec(model) for name, model in settings.models.items()}
    composer = settings.ui.composer
    offered = [model.id for model in (composer and composer.models) or ()]
    named = [model_name(settings, each) for each in settings.agents.values()]
    for name in named + offered + fallbacks(settings):
        if name not in specs:
            specs[name] = _spec(config.ProviderModel(**config.split_model_name(name)))
    return build_provider(specs, default=next(iter(specs)))


def fallbacks(settings: Config) -> list[str]:
    """The models that answer in the place of others."""
    models = settings.models.values()
    return [
        name
        for model in models
        if isinstance(model, config.ProviderModel)
        for name in model.fallback
    ]


def model_name(settings: Config, agent: Agent) -> str:
    """The model that an agent thinks with, by name."""
    if agent.model is not None:
        return agent.model
    return DEFAULT if DEFAULT in settings.models else next(iter(settings.models))


def answering_model(settings: Config) -> str:
    """The model of the agent that answers messages, by name."""
    return model_name(settings, settings.agents[settings.answering_agent])


def _spec(model: config.ProviderModel | config.RulesModel) -> OpenAISpec | RulesSpec:
    if isinstance(model, config.RulesModel):
        return RulesSpec(rules=[compiled_rule(rule) for rule in model.rules])
    return OpenAISpec(
        model=model.model,
        provider=model.provider,
        base_url=model.base_url,
        api=model.api,
        api_key=None if model.api_key is None else model.api_key.get_secret_value(),
        settings=model.settings.given(),
        timeout=model.timeout,
        retry=RetrySpec(**model.retry.model_dump()),
        fallback=model.fallback,
    )


def compiled_rule(rule: config.Rule) -> Rule:
    """A rule with its patterns and templates compiled."""
    then = tuple(_move(move) for move in rule.then)
    return replace(
        _move(rule), match=None if rule.match is None else pattern(rule.match), then=then
    )


def _move(move: config.Move) -> Rule:
    return Rule(
        say=_said(move),
        call=move.call if move.handoff is None else handoff_tool(move.handoff),
        with_=compile_value(move.with_) if move.with_ else None,
        hands_over=move.handoff is not None,
    )


def _said(move: config.Move) -> Any:
    """What gives the answer: words, or data, which the model puts as JSON."""
    if move.output is not None:
        return compile_value(move.output)
    return None if move.say is None else compile_text(move.say)


def handoff_tool(agent: str) -> str:
    """What a model calls to pass the conversation to an agent."""
    return f"transfer_to_{re.sub('[^a-zA-Z0-9_-]', '_', agent)}"[:64]


def pattern(text: str) -> Any:
    """A pattern of the file's, compiled: RE2, case-insensitive."""
    import re2

    return re2.compile(f"(?i){text}")
