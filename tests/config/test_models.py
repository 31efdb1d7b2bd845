"""The sections: short forms stand for long ones, and everything is frozen."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from chatkit_host.config import (
    ApiKeysAuth,
    Config,
    FileWidget,
    ModelSettings,
    ProviderModel,
    Rate,
    RulesModel,
    StepsAction,
    StepsTool,
    load,
    steps,
)
from tests.config.loading import AGENT, config_of

WHOLE = Path(__file__).parent / "whole.yaml"


@pytest.fixture(scope="module")
def whole() -> Config:
    return load(WHOLE, {}).config


def test_the_smallest_file(tmp_path: Path) -> None:
    config = config_of(tmp_path, AGENT)
    assert config.answering_agent == "a"
    assert config.auth.kind == "anonymous"
    assert config.storage.scheme == "sqlite"


def test_models(whole: Config) -> None:
    default, local, faq = (whole.models[name] for name in ("default", "local", "faq"))
    assert isinstance(default, ProviderModel)
    assert (default.provider, default.model, default.api) == ("openai", "gpt-5-mini", "responses")
    assert isinstance(local, ProviderModel)
    assert local.settings.given() == {"temperature": 0.2, "max_tokens": 800}
    assert local.timeout == 10
    assert isinstance(faq, RulesModel)
    assert faq.rules[0].with_ == {"meal": "{{ meal }}"}


def test_a_bare_name_is_another_name_of_a_model(tmp_path: Path) -> None:
    text = AGENT + 'models: { default: "${M:-b}", b: c, c: openai/y }'
    models = config_of(tmp_path, text).models
    assert models["default"] is models["b"] is models["c"]
    other = config_of(tmp_path, text, {"M": "openai/z"}).models["default"]
    assert isinstance(other, ProviderModel)
    assert other.model == "z"


def test_steps(whole: Config) -> None:
    action = whole.actions["cats.select_name"]
    assert isinstance(action, StepsAction)
    kinds = ["then", "set", "update_widget", "hidden_context", "respond"]
    assert [step.kind for step in action.steps] == kinds
    first = action.steps[0]
    assert isinstance(first, steps.IfStep)
    assert isinstance(first.then[1], steps.StopStep)


def test_short_forms_of_steps(tmp_path: Path) -> None:
    text = AGENT + (
        "widgets: { w: w.widget }\n"
        "tools: { t: { steps: [widget: w, client_effect: e, error: E, progress: P, stop: null, "
        "{stop: {}, if: true}] } }"
    )
    config = config_of(tmp_path, text)
    assert isinstance(config.widgets["w"], FileWidget)
    tool = config.tools["t"]
    assert isinstance(tool, StepsTool)
    assert [step.kind for step in tool.steps] == [
        *("widget", "client_effect", "error", "progress", "stop", "stop")
    ]
    assert tool.steps[-1].if_ == "true"


def test_sizes_rates_and_keys(tmp_path: Path) -> None:
    text = AGENT + (
        "server: { max_body: 2MiB }\nlimits: { messages: 5/hour }\n"
        "auth: { api_keys: { ada: k1, bob: { key: k2, name: Bob, data: { plan: gold } } } }"
    )
    config = config_of(tmp_path, text)
    assert config.server.max_body == 2 * 2**20
    assert config.limits.messages == Rate(5, 3600)
    assert isinstance(config.auth, ApiKeysAuth)
    ada, bob = config.auth.api_keys
    assert ada.as_user() == {"id": "ada"}
    assert bob.as_user() == {"id": "bob", "name": "Bob", "plan": "gold"}
    assert "k1" not in repr(config)


def test_passwords_in_urls_are_masked(tmp_path: Path) -> None:
    storage = config_of(tmp_path, AGENT + "storage: postgresql://u:hush@h/n").storage
    assert storage.shown == "postgresql://u:***@h/n"
    assert "hush" not in repr(storage)


def test_keys_that_begin_with_x_are_free(tmp_path: Path) -> None:
    text = (
        "x-base: &base { model: openai/x, x-note: mine }\n"
        "agents: { x-y: { z: 1 }, a: { <<: *base, instructions: Hi } }\n"
        "data: { x-kept: 1 }"
    )
    config = config_of(tmp_path, text)
    assert list(config.agents) == ["a"]
    assert config.data == {"x-kept": 1}


def test_everything_is_frozen(whole: Config) -> None:
    with pytest.raises(ValidationError):
        setattr(whole, "name", "other")  # noqa: B010 — a plain one would not type-check


def test_headers_are_sent_as_they_are_and_shown_to_nobody() -> None:
    settings = ModelSettings.model_validate({"extra_headers": {"x-team": "hush"}, "top_p": 1})
    assert settings.given() == {"extra_headers": {"x-team": "hush"}, "top_p": 1}
    assert "hush" not in repr(settings)
