"""The JSON Schema for editors: not stale, and of one mind with the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chatkit_host.config.schema import json_schema, schema_text
from chatkit_host.config.yaml import parse
from tests.config.test_broken import corpus

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "schemas" / "chatkit.schema.json"
VALIDATOR = Draft202012Validator(json_schema())


def errors_of(text: str) -> list[Any]:
    return [error.message for error in VALIDATOR.iter_errors(parse(text, "f.yaml")[0])]


def test_the_committed_one_is_not_stale() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "run `make schema`"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("path", [ROOT / "chatkit.yaml", Path(__file__).parent / "whole.yaml"])
def test_right_files_are_right(path: Path) -> None:
    assert errors_of(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        'agents: { a: { instructions: { file: a.md }, model: "${M}", max_turns: "${N:-3}" } }',
        "x-free: 1\nagents: { a: { instructions: Hi, x-mine: 2 } }",
        "agents: { a: { instructions: Hi } }\ntools: { t: { steps: [stop, { stop: null }] } }",
        (
            "agents: { a: { instructions: Hi } }\n"
            "tools: { t: { parameters: { file: p.yaml }, return: 1 } }"
        ),
    ],
)
def test_what_the_language_allows_is_allowed(text: str) -> None:
    assert errors_of(text) == []


@pytest.mark.parametrize(
    "text", [text for text, lines in corpus() if any("[CK101]" in line for line in lines)]
)
def test_unknown_keys_are_refused(text: str) -> None:
    assert errors_of(text) != []


def test_every_part_is_described() -> None:
    definitions = json_schema()["$defs"]
    assert all("description" in each for each in definitions.values() if "properties" in each)
