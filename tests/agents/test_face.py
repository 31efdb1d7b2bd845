"""The room's face: every name of the SDK's module, and nothing slow before it is wanted."""

from __future__ import annotations

import subprocess
import sys
import warnings

import pytest

import chatkit_host.agents
from tests.oracle.reference import defined_names

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import chatkit.agents

QUICK = "AgentContext, ClientToolCall, OpenAISpec, Rule, ThreadItemConverter, ToolError"


@pytest.mark.parametrize("name", defined_names(chatkit.agents))
def test_every_name_is_here(name: str) -> None:
    assert hasattr(chatkit_host.agents, name)


@pytest.mark.parametrize("name", chatkit_host.agents.__all__)
def test_every_name_of_the_face_can_be_had(name: str) -> None:
    assert getattr(chatkit_host.agents, name) is not None
    assert name in dir(chatkit_host.agents)


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = chatkit_host.agents.nothing_of_the_kind


def test_the_context_has_the_references_fields_and_methods() -> None:
    theirs, ours = chatkit.agents.AgentContext, chatkit_host.agents.AgentContext
    assert list(ours.model_fields) == list(theirs.model_fields)
    public = [n for n in vars(theirs) if not n.startswith(("_", "model_"))]
    assert [n for n in public if not hasattr(ours, n)] == []


def test_what_tools_need_does_not_import_the_sdk() -> None:
    code = f"import sys; from chatkit_host.agents import {QUICK}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"agents", "openai"} & set(ran.stdout.split())
