"""Functions as tools: nothing they do gets past them unasked."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any, cast

import pytest
from agents import ToolOutputText
from pydantic import BaseModel

from chatkit_host.agents import ToolError, build_tool
from chatkit_host.agents.run_hooks import output_text
from chatkit_host.agents.tools import parse_arguments
from chatkit_host.errors import ErrorCode, StreamError
from tests.agents.harness import EMPTY, tool


class Cat(BaseModel):
    name: str


async def invoke(made: Any, arguments: str = "{}") -> Any:
    return await made.on_invoke_tool(cast("Any", None), arguments)


@pytest.mark.parametrize(
    ("result", "output"),
    [
        ("text", "text"),
        ({"é": 1}, '{"é": 1}'),
        ([1], "[1]"),
        (None, "null"),
        (Cat(name="Mia"), '{"name":"Mia"}'),
    ],
)
async def test_results_go_to_the_model_as_text_or_json(result: object, output: str) -> None:
    assert await invoke(tool("t", result)) == output


async def test_structured_outputs_of_the_sdk_are_left_alone() -> None:
    structured = ToolOutputText(text="hi")
    assert await invoke(tool("t", structured)) is structured


@pytest.mark.parametrize("arguments", ["{", "[1]", "3"])
async def test_arguments_that_are_no_object_are_told(arguments: str) -> None:
    assert (await invoke(tool("t"), arguments)).startswith("Error: The arguments")


async def test_no_arguments_are_empty_ones() -> None:
    async def show(arguments: dict[str, Any], _: Any) -> Any:
        return arguments

    assert json.loads(await invoke(build_tool("t", "", EMPTY, show), "")) == {}


async def test_the_model_is_told_what_a_tool_error_says() -> None:
    assert await invoke(tool("t", ToolError("no such cat"))) == "Error: no such cat"


async def test_any_other_error_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        said = await invoke(tool("t", ValueError("password=1")))
    assert "password" not in said
    error_id = said.split("(")[1].rstrip(").")
    assert error_id in caplog.text
    assert "password" in caplog.text


async def test_errors_for_the_user_and_cancelling_go_through() -> None:
    with pytest.raises(StreamError):
        await invoke(tool("t", StreamError(ErrorCode.STREAM_ERROR)))

    async def cancelled(_: dict[str, Any], __: Any) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await invoke(build_tool("t", "", EMPTY, cancelled))


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "naïve", "a\n"])
def test_names_that_no_api_takes_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        tool(name)


def test_a_schema_is_taken_as_it_is() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    made = build_tool("t", "d", schema, cast("Any", None), timeout=3)
    assert made.params_json_schema == schema
    assert not made.strict_json_schema
    assert made.timeout_seconds == 3


@pytest.mark.parametrize(
    ("output", "text"),
    [
        ("plain", "plain"),
        (ToolOutputText(text="hi"), "hi"),
        ([{"type": "text", "text": "a"}, {"type": "image", "image_url": "x"}], "a\n[image]"),
        ({"a": 1}, '{"a": 1}'),
        ([1, 2], "[1, 2]"),
        (3, "3"),
    ],
)
def test_what_is_kept_of_an_output_is_text(output: object, text: str) -> None:
    assert output_text(output) == text


@pytest.mark.parametrize("text", ['{"price": NaN}', '{"price": 1e999}', "["])
def test_arguments_are_json_and_no_more(text: str) -> None:
    with pytest.raises(ToolError, match="not valid JSON"):
        parse_arguments(text)
