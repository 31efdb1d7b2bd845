"""Functions as tools of the SDK, with nothing that can go wrong left to it."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from agents import (
    FunctionTool,
    RunContextWrapper,
    ToolOutputFileContent,
    ToolOutputImage,
    ToolOutputText,
)
from agents.tool_context import ToolContext
from pydantic import BaseModel

from chatkit_host.agents.tool_error import ToolError
from chatkit_host.errors import BaseStreamError
from chatkit_host.ids import new_id
from chatkit_host.logger import logger
from chatkit_host.types.strict import read_json

Handler = Callable[[dict[str, Any], ToolContext[Any]], Awaitable[Any]]
NeedsApproval = Callable[[RunContextWrapper[Any], dict[str, Any], str], Awaitable[bool]]
"""Gets the run's context, the arguments, and the call's id."""

_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_STRUCTURED = (ToolOutputText, ToolOutputImage, ToolOutputFileContent)


class FailedOutput(str):
    """The output of a call that failed: text for the model, and no result to stop at."""


def build_tool(
    name: str,
    description: str,
    parameters: dict[str, Any],
    handler: Handler,
    *,
    timeout: float | None = None,
    needs_approval: NeedsApproval | bool = False,
) -> FunctionTool:
    """A tool that an agent can be given.

    Args:
        name: what the model calls it.
        description: what the model is told of it.
        parameters: the JSON Schema of an object, taken as it is.
        handler: gets the arguments and the call; what it returns goes to the model, text as it
            is and everything else as JSON. `ToolError` is for the model to read, a
            `BaseStreamError` ends the turn, any other exception is logged and not shown.
        timeout: seconds after which the model is told that it took too long.
        needs_approval: whether a call, or this call, waits until a person has agreed.

    Raises:
        ValueError: the name is not one that the APIs take.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r}: a tool's name has letters, digits, _ and -, at most 64.")

    async def invoke(tool: ToolContext[Any], arguments: str) -> Any:
        try:
            return as_output(await handler(parse_arguments(arguments), tool))
        except ToolError as error:
            return FailedOutput(f"Error: {error}")
        except BaseStreamError:
            raise
        except Exception:
            return _unexplained(name)

    return FunctionTool(
        name=name,
        description=description,
        params_json_schema=parameters,
        on_invoke_tool=invoke,
        strict_json_schema=False,
        timeout_seconds=timeout,
        needs_approval=needs_approval,
    )


def parse_arguments(text: str) -> dict[str, Any]:
    """The arguments as the model wrote them.

    Raises:
        ToolError: they are not a JSON object.
    """
    try:
        arguments = read_json(text) if text.strip() else {}
    except ValueError:
        raise ToolError("The arguments are not valid JSON.") from None
    if not isinstance(arguments, dict):
        raise ToolError("The arguments must be a JSON object.")
    return arguments


def as_output(result: Any) -> Any:
    """A result in a form that the SDK hands on unchanged; it would give `str()` of a map."""
    if isinstance(result, (str, *_STRUCTURED)):
        return result
    if isinstance(result, BaseModel):
        return result.model_dump_json(by_alias=True)
    return json.dumps(result, ensure_ascii=False, default=str)


def _unexplained(name: str) -> str:
    error_id = new_id("err")
    logger.exception("tool %s failed (%s)", name, error_id)
    return FailedOutput(
        f"Error: the tool failed for a reason that is not yours to mend ({error_id})."
    )
