"""A bot of a chatkit.yaml behind a real server, its model the local model server of the tests."""

from __future__ import annotations

import textwrap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.examples.visitor import Json, Visitor, visiting
from tests.model_server.server import ModelServer

APIS = ["responses", "chat_completions"]


@asynccontextmanager
async def hosted(folder: Path, *parts: str) -> AsyncIterator[Visitor]:
    """Serve the bot of these sections, and visit it."""
    path = folder / "chatkit.yaml"
    path.write_text("\n".join(textwrap.dedent(part) for part in parts), encoding="utf-8")
    async with visiting(path) as visitor:
        yield visitor


def model_at(server: ModelServer, api: str = "responses", name: str = "default") -> str:
    """The section `models` with one model, on the model server."""
    fields = f"provider: openai, model: m, api_key: k, base_url: '{server.base_url}', api: {api}"
    return f"models: {{ {name}: {{ {fields} }} }}"


async def refusal(visitor: Visitor, type: str, **params: Any) -> tuple[int, Json]:
    """The status and the error of a request that is refused."""
    response = await post(visitor, type, **params)
    error: Json = response.json()["error"]
    return response.status_code, error


async def post(visitor: Visitor, type: str, **params: Any) -> httpx.Response:
    return await visitor.browser.post(visitor.path, json={"type": type, "params": params})


def given_to_model(body: Json) -> list[Json]:
    """What a model was given, in one form for both APIs: texts, calls, and outputs."""
    if "input" in body:
        return [_of_responses(item) for item in body["input"]]
    return [part for message in body["messages"] for part in _of_chat(message)]


def _of_responses(item: Json) -> Json:
    match item.get("type"):
        case "function_call":
            return {"call": item["call_id"], "name": item["name"], "arguments": item["arguments"]}
        case "function_call_output":
            return {"output": item["output"], "of": item["call_id"]}
        case _:
            return {item["role"]: _text(item["content"])}


def _of_chat(message: Json) -> list[Json]:
    if message["role"] == "system":
        return []
    if message["role"] == "tool":
        return [{"output": _text(message["content"]), "of": message["tool_call_id"]}]
    found = [{message["role"]: _text(message["content"])}] if message.get("content") else []
    for call in message.get("tool_calls") or ():
        function = call["function"]
        name, arguments = function["name"], function["arguments"]
        found.append({"call": call["id"], "name": name, "arguments": arguments})
    return found


def _text(content: Any) -> str:
    return content if isinstance(content, str) else "".join(part["text"] for part in content)
