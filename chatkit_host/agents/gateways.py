"""Models behind LiteLLM and any-llm, by the SDK's extensions; imported when one is used."""

from __future__ import annotations

from typing import Any

from agents import Model

from chatkit_host.agents.specs import OpenAISpec


def connect_gateway(spec: OpenAISpec) -> Model:
    """A model that one of the two packages reaches.

    Raises:
        ImportError: the package is not installed; `check` says so before.
    """
    reached: dict[str, Any] = {"base_url": spec.base_url, "api_key": spec.api_key}
    if spec.provider == "litellm":
        from agents.extensions.models.litellm_model import LitellmModel

        return LitellmModel(spec.model, **reached)
    from agents.extensions.models.any_llm_model import AnyLLMModel

    # Left to itself it uses the Responses API where the provider has it.
    if spec.api == "chat_completions":
        return AnyLLMModel(spec.model, **reached, api="chat_completions")
    return AnyLLMModel(spec.model, **reached)


def gateway_settings(spec: OpenAISpec) -> dict[str, Any]:
    """What each call is sent with: there is no client of ours that would know of a time limit."""
    settings = {"include_usage": True, **spec.settings}
    return (
        settings if spec.timeout is None else {**settings, "extra_args": {"timeout": spec.timeout}}
    )
