"""Small bots from YAML, compiled for real, and talked to in process."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chatkit_host.compiler import App, compile_app
from chatkit_host.config import load
from chatkit_host.context import RequestContext
from chatkit_host.types import ThreadItem
from tests.server.servers import ask, create, request, talk

ANN = RequestContext(owner="ann", user={"id": "ann", "name": "Ann"}, request={})

BASE = """
models:
  default:
    provider: rules
    rules:
      - { match: '^go$', call: go, say: "{{ result }}" }
      - say: "You said: {{ text }}"
agents: { helper: { instructions: Be kind. } }
storage: "memory:"
"""


def make_bot(folder: Path, *parts: str, environ: Mapping[str, str] | None = None) -> App:
    """A compiled bot from pieces of YAML, the sections of later pieces replacing earlier ones."""
    sections: dict[str, str] = {}
    for part in parts:
        sections |= _sections(textwrap.dedent(part))
    file = folder / "chatkit.yaml"
    file.write_text("\n".join(sections.values()), encoding="utf-8")
    return compile_app(load(file, environ=environ or {}))


def _sections(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if line and line[0] not in " #}":
            name = line.split(":")[0]
            found[name] = line
        elif name:
            found[name] += f"\n{line}"
    return found


def with_steps(steps: str, **more: str) -> tuple[str, str]:
    """BASE, and a tool `go` that runs these steps; its agent may use it."""
    tool = f"""
    agents: {{ helper: {{ instructions: Be kind., tools: [go] }} }}
    tools:
      go:
        description: Go.
        steps:
{textwrap.indent(textwrap.dedent(steps), " " * 10)}
    """
    return BASE, tool


class Conversation:
    """One user's talk with a bot, in one thread."""

    def __init__(self, app: App, context: RequestContext = ANN) -> None:
        self.app = app
        self.context = context
        self.thread_id = ""

    async def say(self, text: str) -> list[dict[str, Any]]:
        """The events of one message."""
        if not self.thread_id:
            events = await talk(self.app.server, create(text), self.context)
            self.thread_id = events[0]["thread"]["id"]
            return events
        given = {"content": [{"type": "input_text", "text": text}]}
        body = request(
            "threads.add_user_message",
            thread_id=self.thread_id,
            input={**given, "attachments": [], "inference_options": {}},
        )
        return await talk(self.app.server, body, self.context)

    async def retry(self, item_id: str) -> list[dict[str, Any]]:
        """The events of one more answer to a message."""
        body = request("threads.retry_after_item", thread_id=self.thread_id, item_id=item_id)
        return await talk(self.app.server, body, self.context)

    async def output(self, result: Any) -> list[dict[str, Any]]:
        """The events of the page's answer to the client tool call that waits."""
        body = request("threads.add_client_tool_output", thread_id=self.thread_id, result=result)
        return await talk(self.app.server, body, self.context)

    async def act(
        self, type_: str, payload: Any = None, item_id: str | None = None
    ) -> list[dict[str, Any]]:
        """The events of one action."""
        return await talk(self.app.server, self.action(type_, payload, item_id), self.context)

    async def act_sync(
        self, type_: str, payload: Any = None, item_id: str | None = None
    ) -> dict[str, Any]:
        """The answer to one sync action."""
        body = self.action(type_, payload, item_id, kind="threads.sync_custom_action")
        return await ask(self.app.server, body, self.context)

    def action(
        self,
        type_: str,
        payload: Any = None,
        item_id: str | None = None,
        *,
        kind: str = "threads.custom_action",
    ) -> bytes:
        action = {"type": type_, "payload": payload}
        return request(kind, thread_id=self.thread_id, item_id=item_id, action=action)

    async def items(self) -> list[ThreadItem]:
        """All items of the thread, hidden ones too."""
        store = self.app.store
        return (await store.load_thread_items(self.thread_id, None, 100, "asc", self.context)).data

    async def state(self) -> dict[str, Any]:
        """The thread's state, as stored."""
        thread = await self.app.store.load_thread(self.thread_id, self.context)
        state: dict[str, Any] = thread.metadata["state"]
        return state


def done(events: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The finished items of one kind."""
    items = [e["item"] for e in events if e["type"] in ("thread.item.done", "thread.item.replaced")]
    return [item for item in items if item["type"] == kind]


def said(events: list[dict[str, Any]]) -> list[str]:
    """What the assistant said."""
    return [
        "".join(part["text"] for part in item["content"])
        for item in done(events, "assistant_message")
    ]
