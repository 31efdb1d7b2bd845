"""Faults of the reference, run on both sides: there they are, and here they are not.

The table in docs/coverage.md names these and the tests of the other faults.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from chatkit_host.errors import InvalidRequestError, NotFoundError
from chatkit_host.server import TurnPolicy
from tests.oracle.reference import MODULES, REFERENCE_SERVER, lets_its_warnings_pass, ours
from tests.server.scripted import Sdk, Talk, make_store
from tests.server.servers import create, request, user_input

pytestmark = lets_its_warnings_pass

BOTH = ("chatkit_host", "chatkit")
EVIL = '"},{"type":"Button","label":"Pay","onClickAction":{"type":"pay"}},{"type":"Text","value":"'


def writing_server(sdk: Sdk, counting: list[str] | None = None) -> Any:
    """A server that writes two words of a message, and then waits for ever."""
    t = sdk.types

    class Noted(dict[str, Any]):
        """Metadata that notes when it is compared or copied."""

        def __eq__(self, other: object) -> bool:
            (counting if counting is not None else []).append("compared")
            return super().__eq__(other)

        def __deepcopy__(self, memo: Any) -> Noted:
            (counting if counting is not None else []).append("copied")
            return Noted(self)

        __hash__ = None

    class Writing(sdk.server.ChatKitServer):  # type: ignore[misc, name-defined]
        written = asyncio.Event()

        async def respond(self, thread: Any, message: Any, context: Any) -> AsyncIterator[Any]:
            if counting is not None:
                thread.metadata = Noted(key="value")
            base = {"id": "msg_9", "thread_id": thread.id, "created_at": thread.created_at}
            yield t.ThreadItemAddedEvent(item=t.AssistantMessageItem(**base, content=[]))
            if counting is not None:
                counting.clear()
            for word in ("one ", "two"):
                delta = t.AssistantMessageContentPartTextDelta(content_index=0, delta=word)
                yield t.ThreadItemUpdatedEvent(item_id="msg_9", update=delta)
            self.written.set()
            await asyncio.Event().wait()

    more = {"policy": TurnPolicy(disconnect_grace=0)} if sdk.name == "chatkit_host" else {}
    return Writing(make_store(sdk), **more)


async def left(server: Any) -> list[str]:
    """What a client that leaves after the second word finds when it comes back: texts."""
    result = await server.process(create("Go"), {})
    async for chunk in result.json_events:
        if b'"two"' in chunk:
            break
    turns = [turn.task for turn in server.turns._open] if hasattr(server, "turns") else []
    await result.json_events.aclose()
    if turns:
        await asyncio.wait(turns)
    items = [item for rows in server.store.items.values() for item in rows]
    messages = [item for item in items if item.type == "assistant_message"]
    return ["".join(part.text for part in item.content) for item in messages]


async def test_the_text_of_a_client_that_leaves_is_kept() -> None:
    kept = {name: await left(writing_server(Sdk(name))) for name in BOTH}
    assert kept == {"chatkit_host": ["one two"], "chatkit": []}


async def test_a_thread_is_not_copied_and_compared_for_every_delta() -> None:
    found = {}
    for name in BOTH:
        counting: list[str] = []
        server = writing_server(Sdk(name), counting)
        result = await server.process(create("Go"), {})
        async for chunk in result.json_events:
            if b'"two"' in chunk:
                break
        found[name] = list(counting)
        await result.json_events.aclose()
        if name == "chatkit_host":
            await server.shutdown(0)
    assert found == {"chatkit_host": [], "chatkit": ["compared"]}  # after the first of the two


def test_ids_have_room_enough() -> None:
    kinds = ("thread", "message", "tool_call", "task", "workflow", "attachment")
    bits = {}
    for name in BOTH:
        made = [Sdk(name).store.default_generate_id(kind).partition("_") for kind in kinds]
        # 8 hexadecimal digits there; 26 characters of 5 bits here.
        bits[name] = {len(rest) * (4 if name == "chatkit" else 5) for _, _, rest in made}
    assert bits == {"chatkit_host": {130}, "chatkit": {32}}


def test_a_user_agent_is_put_back_after_an_error() -> None:
    from agents.models.openai_responses import _HEADERS_OVERRIDE as HEADERS

    undone = {}
    for name, module in (("chatkit_host", ours("server")), ("chatkit", REFERENCE_SERVER)):
        before = HEADERS.get()
        with pytest.raises(ZeroDivisionError), module.agents_sdk_user_agent_override():
            _ = 1 / 0
        undone[name] = HEADERS.get() is before
        HEADERS.set(before)
    assert undone == {"chatkit_host": True, "chatkit": False}


TEMPLATE = {
    "version": "1.0",
    "name": "x",
    "template": '{"type":"Card","children":[{"type":"Text","value":"{{ name }}"}]}',
    "jsonSchema": {"type": "object", "properties": {"name": {"type": "string"}}},
}


def built(side: str, name: Any) -> list[dict[str, Any]]:
    module = MODULES["widgets"] if side == "chatkit" else ours("widgets")
    widget = module.WidgetTemplate(TEMPLATE).build({"name": name})
    children: list[dict[str, Any]] = json.loads(widget.model_dump_json(exclude_none=True))[
        "children"
    ]
    return children


def test_data_adds_no_components_to_a_widget() -> None:
    assert [child["type"] for child in built("chatkit", EVIL)] == ["Text", "Button", "Text"]
    assert built("chatkit_host", EVIL) == [{"type": "Text", "value": EVIL}]


def test_a_quote_in_the_data_breaks_no_widget() -> None:
    with pytest.raises(json.JSONDecodeError):
        built("chatkit", 'the "Fern"')
    assert built("chatkit_host", 'the "Fern"')[0]["value"] == 'the "Fern"'


def test_data_is_held_against_the_schema() -> None:
    assert built("chatkit", 7)[0]["value"] == "7"
    with pytest.raises(ValueError, match=r"data\.name: 7 is not of type 'string'"):
        built("chatkit_host", 7)


async def test_a_missing_thread_is_told_before_a_stream_begins() -> None:
    body = request("threads.add_user_message", thread_id="thr_none", input=user_input("Hi"))
    talks = {name: Talk(name).server for name in BOTH}
    with pytest.raises(NotFoundError):
        await talks["chatkit_host"].process(body, {})
    answer = await talks["chatkit"].process(body, {})  # 200, to any web framework
    with pytest.raises(Sdk("chatkit").store.NotFoundError):
        await anext(answer.json_events)


async def test_an_empty_body_is_refused_with_a_reason() -> None:
    with pytest.raises(InvalidRequestError, match="type"):
        await Talk("chatkit_host").server.process(b"{}", {})
    with pytest.raises(Exception, match="validation error") as caught:
        await Talk("chatkit").server.process(b"{}", {})
    assert not hasattr(caught.value, "status")  # which is a 500, to any web framework


GROWING: dict[str, tuple[Any, Any]] = {
    "without an id": (
        [{"type": "Text", "value": "a"}],
        [{"type": "Text", "value": "ab"}],
    ),
    "a single child": (
        {"type": "Text", "id": "t", "value": "a"},
        {"type": "Text", "id": "t", "value": "ab"},
    ),
}


@pytest.mark.parametrize("case", GROWING)
def test_text_that_grows_gives_an_update(case: str) -> None:
    found = {}
    for side in BOTH:
        widgets = MODULES["widgets"] if side == "chatkit" else ours("widgets")
        server = REFERENCE_SERVER if side == "chatkit" else ours("server")
        before, after = (
            widgets.DynamicWidgetRoot.model_validate({"type": "Card", "children": children})
            for children in GROWING[case]
        )
        found[side] = [update.type for update in server.diff_widget(before, after)]
    assert found["chatkit"] == []
    assert len(found["chatkit_host"]) == 1
