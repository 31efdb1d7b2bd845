"""Somebody who talks to a bot over HTTP, as a browser would."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from chatkit_host.checks import check
from chatkit_host.compiler import compile_app
from chatkit_host.config import Loaded, ProviderModel, load
from chatkit_host.config.storage import Storage
from chatkit_host.web import create_app, web_settings
from tests.docs.fences import EXAMPLES
from tests.model_server.server import ModelServer
from tests.web.live import visit

__all__ = ["EXAMPLES", "Visitor", "actions_in", "load_in_memory", "visiting"]

Json = dict[str, Any]


@dataclass(slots=True)
class Visitor:
    """One browser, and the thread that it is in.

    Attributes:
        events: those of the last answer.
    """

    browser: httpx.AsyncClient
    path: str
    thread_id: str | None = None
    events: list[Json] = field(default_factory=list)

    async def say(self, text: str) -> str:
        """Send a message; gives what the assistant said, joined."""
        content = [{"type": "input_text", "text": text}]
        message = {"content": content, "attachments": [], "inference_options": {}}
        if self.thread_id is None:
            await self.stream("threads.create", input=message)
            self.thread_id = self.events[0]["thread"]["id"]
        else:
            await self.stream("threads.add_user_message", thread_id=self.thread_id, input=message)
        return self.said()

    async def click(self, item: Json, action: Json) -> str:
        """Do what a widget offers; gives what the assistant said."""
        chosen = {key: action[key] for key in ("type", "payload") if key in action}
        where = {"thread_id": self.thread_id, "item_id": item["id"], "action": chosen}
        if action.get("streaming", True):
            await self.stream("threads.custom_action", **where)
        else:
            answer = await self.ask("threads.sync_custom_action", **where)
            self.events = [{"type": "thread.item.replaced", "item": answer["updated_item"]}]
        return self.said()

    async def output(self, result: Any) -> str:
        """Answer a client tool call, as the page would; gives what the assistant said."""
        where = {"thread_id": self.thread_id, "result": result}
        await self.stream("threads.add_client_tool_output", **where)
        return self.said()

    async def stream(self, type: str, **params: Any) -> None:
        """An operation that streams; its events are kept."""
        response = await self._post(type, params)
        assert response.headers["content-type"].startswith("text/event-stream")
        blocks = response.text.split("\n\n")
        self.events = [json.loads(b.removeprefix("data: ")) for b in blocks if b[:5] == "data:"]

    async def ask(self, type: str, **params: Any) -> Json:
        """An operation that answers with JSON."""
        answer: Json = (await self._post(type, params)).json()
        return answer

    async def _post(self, type: str, params: Json) -> httpx.Response:
        response = await self.browser.post(self.path, json={"type": type, "params": params})
        assert response.status_code == 200, response.text
        return response

    def said(self) -> str:
        """The text of the assistant's messages in the last answer."""
        parts = [part for item in self.items("assistant_message") for part in item["content"]]
        return "\n".join(part["text"] for part in parts)

    def items(self, type: str) -> list[Json]:
        """The finished or replaced items of a type in the last answer."""
        done = ("thread.item.done", "thread.item.replaced")
        found = [event["item"] for event in self.events if event["type"] in done]
        return [item for item in found if item["type"] == type]

    def errors(self) -> list[str]:
        """What the last answer says that went wrong."""
        return [event["message"] for event in self.events if event["type"] == "error"]

    def widget(self) -> Json:
        """The widget item that the last answer showed last."""
        return self.items("widget")[-1]


def actions_in(node: Any) -> list[Json]:
    """What a widget offers, in the order of its tree."""
    if isinstance(node, list):
        return [action for part in node for action in actions_in(part)]
    if not isinstance(node, dict):
        return []
    own = [part for key, part in node.items() if key.lower().endswith("action") and part]
    inner = [part for key, part in node.items() if not key.lower().endswith("action")]
    return own + [action for part in inner for action in actions_in(part)]


def load_in_memory(path: Path, environ: Mapping[str, str] | None = None) -> Loaded:
    """A file without problems, its threads in memory."""
    loaded = load(path, environ=environ or {})
    assert [str(problem) for problem in check(loaded)] == []
    config = loaded.config.model_copy(update={"storage": Storage.model_validate("memory:")})
    return replace(loaded, config=config)


def with_models_of(server: ModelServer, loaded: Loaded) -> Loaded:
    """The same bot, its rules replaced by models of a server, under the same names."""
    given = {"base_url": server.base_url, "api": "chat_completions", "api_key": "k"}
    models = {name: ProviderModel(model=name, **given) for name in loaded.config.models}
    return replace(loaded, config=loaded.config.model_copy(update={"models": models}))


@asynccontextmanager
async def visiting(
    path: Path,
    environ: Mapping[str, str] | None = None,
    models: ModelServer | None = None,
) -> AsyncIterator[Visitor]:
    """Serve the bot of a file, and visit it; with `models`, they answer in the rules' place."""
    loaded = load_in_memory(path, environ)
    if models is not None:
        loaded = with_models_of(models, loaded)
    web = create_app(
        compile_app(loaded), web_settings(loaded.config, b"k" * 32, None, loaded.base_dir)
    )
    async with visit(web) as browser:
        # The first answer waits for the Agents SDK, which a busy machine imports slowly.
        browser.timeout = httpx.Timeout(60)
        yield Visitor(browser, loaded.config.server.path)
