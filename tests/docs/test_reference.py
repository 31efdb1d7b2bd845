"""The reference names everything that there is, and nothing else."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from chatkit_host.cli.entry import COMMANDS, parser_for
from chatkit_host.config import (
    Agent,
    ApiKey,
    Config,
    Limits,
    ModelSettings,
    ProviderModel,
    Respond,
    Rule,
    RulesModel,
    Server,
    StepsAction,
    StepsTool,
)
from chatkit_host.config.agents import Handoff, Output
from chatkit_host.config.attachments import Attachments
from chatkit_host.config.auth import Anonymous
from chatkit_host.config.codes import MEANINGS
from chatkit_host.config.endpoints import ReturnEndpoint, StepsEndpoint
from chatkit_host.config.entities import Entity
from chatkit_host.config.guardrails import (
    DenyGuardrail,
    KeywordsGuardrail,
    LengthGuardrail,
    PythonGuardrail,
)
from chatkit_host.config.hooks import Hooks
from chatkit_host.config.request import RequestFact
from chatkit_host.config.respond import Route
from chatkit_host.config.shared import SharedValue
from chatkit_host.config.steps import KINDS as STEP_KINDS
from chatkit_host.config.tools import KINDS as TOOL_KINDS
from chatkit_host.config.transcription import Transcription
from chatkit_host.config.ui import Allow, FontSource, History, Prompt, Theme, Ui
from chatkit_host.config.widgets import FileWidget, TreeWidget
from tests.docs.fences import ROOT

DOCS = ROOT / "docs"

SECTIONS: dict[str, list[type[BaseModel]]] = {
    "models": [ProviderModel, ModelSettings, RulesModel, Rule],
    "agents": [Agent, Handoff, Output],
    "entities": [Entity],
    "guardrails": [DenyGuardrail, KeywordsGuardrail, LengthGuardrail, PythonGuardrail],
    "tools": [StepsTool],
    "widgets": [FileWidget, TreeWidget],
    "actions": [StepsAction],
    "respond": [Respond, Route],
    "server": [Server],
    "auth": [Anonymous, ApiKey],
    "limits": [Limits],
    "attachments": [Attachments],
    "shared": [SharedValue],
    "request": [RequestFact],
    "endpoints": [ReturnEndpoint, StepsEndpoint],
    "on": [Hooks],
    "transcription": [Transcription],
    "ui": [Ui, Theme, Allow, History, Prompt, FontSource],
}


def read(path: str) -> str:
    return (DOCS / path).read_text(encoding="utf-8")


def keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def test_every_section_has_a_page() -> None:
    written = {path.stem for path in (DOCS / "config").glob("*.md")}
    assert written == set(Config.model_fields) - {"version", "include", "name"}


@pytest.mark.parametrize("page", SECTIONS)
def test_a_section_s_page_names_every_key(page: str) -> None:
    text = read(f"config/{page}.md")
    missing = [key for model in SECTIONS[page] for key in keys(model) if f"`{key}`" not in text]
    assert missing == []


def test_every_kind_of_tool_has_a_page() -> None:
    assert {path.stem for path in (DOCS / "tools").glob("*.md")} == set(TOOL_KINDS)


def test_every_step_has_a_heading() -> None:
    headings = "\n".join(re.findall(r"^## (.*)$", read("steps.md"), re.MULTILINE))
    assert [kind for kind in STEP_KINDS if f"`{kind}`" not in headings] == []


def test_every_code_has_a_heading_and_every_heading_a_code() -> None:
    headings = re.findall(r"^### (CK\d+)\b", read("checks.md"), re.MULTILINE)
    assert sorted(headings) == sorted(MEANINGS)


def subparsers() -> dict[str, argparse.ArgumentParser]:
    actions: list[Any] = parser_for([])._actions
    return next(a.choices for a in actions if isinstance(a, argparse._SubParsersAction))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_line_s_page_names_every_flag(command: str) -> None:
    section = read("cli.md").partition(f"\n## {command}\n")[2].partition("\n## ")[0]
    flags = [
        action.option_strings[-1]
        for action in subparsers()[command]._actions
        if action.option_strings and action.dest != "help"
    ]
    assert section
    assert [flag for flag in flags if f"`{flag}" not in section] == []


def test_only_files_that_are_there_are_named_in_contributing() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:cli|compiler|config|server|steps|store|tools|web)/[\w/]+\.py)`", text)
    package = Path("chatkit_host")
    assert [name for name in named if not (ROOT / package / name).exists()] == []
