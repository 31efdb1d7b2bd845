"""Where the reference tells a widget's changes rightly, ours are the same, and the events too."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from chatkit_host import clock
from tests.oracle.reference import MODULES, REFERENCE_SERVER, lets_its_warnings_pass, ours

pytestmark = lets_its_warnings_pass

THEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


def card(*children: dict[str, Any], **props: Any) -> dict[str, Any]:
    return {"type": "Card", "children": list(children), **props}


def text(value: str, node_id: str | None = "a", **props: Any) -> dict[str, Any]:
    return {"type": "Text", "id": node_id, "value": value, **props}


CHANGES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing": (card(text("a")), card(text("a"))),
    "text goes on": (card(text("a", streaming=True)), card(text("ab", streaming=True))),
    "text ends": (card(text("a")), card(text("ab"))),
    "two texts go on": (card(text("a"), text("x", "b")), card(text("ab"), text("xy", "b"))),
    "nested text goes on": (
        card({"type": "Row", "children": [text("a")]}),
        card({"type": "Row", "children": [text("ab")]}),
    ),
    "markdown goes on": (
        card({"type": "Markdown", "id": "m", "value": "a"}),
        card({"type": "Markdown", "id": "m", "value": "ab"}),
    ),
    "text begins anew": (card(text("ab")), card(text("b"))),
    "a title grows": (
        card({"type": "Title", "value": "a"}),
        card({"type": "Title", "value": "ab"}),
    ),
    "a node appears": (card(text("a")), card(text("a"), text("b", "b"))),
    "a node goes": (card(text("a"), text("b", "b")), card(text("a"))),
    "another id": (card(text("a", "a")), card(text("a", "b"))),
    "another key": (card(text("a"), key="a"), card(text("a"), key="b")),
    "another prop": (card(text("a"), size="sm"), card(text("a"), size="md")),
    "another kind": (card(text("a")), card({"type": "Title", "id": "a", "value": "a"})),
    "streaming stops": (card(text("a", streaming=True)), card(text("ab", streaming=False))),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("root", ["Card", "DynamicWidgetRoot"])
def test_a_change_gives_the_same_updates(change: str, root: str) -> None:
    before, after = CHANGES[change]
    assert updates(ours("widgets"), ours("server"), root, before, after) == updates(
        MODULES["widgets"], REFERENCE_SERVER, root, before, after
    )


def updates(
    widgets: ModuleType,
    server: ModuleType,
    root: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> list[Any]:
    model = getattr(widgets, root)
    found = server.diff_widget(model.model_validate(before), model.model_validate(after))
    return [update.model_dump(mode="json", exclude_none=True) for update in found]


@pytest.mark.parametrize("growing", [False, True])
async def test_a_widget_gives_the_same_events(
    growing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: THEN)
    theirs = await events(REFERENCE_SERVER, MODULES, growing)
    mine = await events(
        ours("server"), {"widgets": ours("widgets"), "types": ours("types")}, growing
    )
    # The reference takes its times from a clock that no test can set.
    for event in itertools.chain(theirs, mine):
        event.get("item", {}).pop("created_at", None)
    assert mine == theirs


async def events(server: ModuleType, rooms: dict[str, ModuleType], growing: bool) -> list[Any]:
    root = rooms["widgets"].Card
    states = [root.model_validate(card(text("abc"[:n], streaming=n < 3))) for n in (1, 2, 3)]

    async def grow() -> AsyncIterator[Any]:
        for state in states:
            yield state

    thread = rooms["types"].ThreadMetadata(id="thr_1", created_at=THEN)
    shown = grow() if growing else states[0]
    kinds: list[str] = []

    def generate_id(kind: str) -> str:
        kinds.append(kind)
        return "msg_1"

    stream = server.stream_widget(thread, shown, "copied", generate_id)
    found = [event.model_dump(mode="json", exclude_none=True) async for event in stream]
    assert kinds == ["message"]
    return found


def test_a_template_builds_the_same_widget() -> None:
    source = (
        '{"type":"Card","children":[{%- set _c -%}{%-for item in items -%},'
        '{"type":"Text","key":{{ (item.id) | tojson }},"value":{{ (item.name ~ "!") | tojson }},'
        '"size":{% if item.big %}"lg"{% else %}{{ (none) | tojson }}{% endif %}}'
        "{%-endfor-%}{%- endset -%}{{- (_c[1:] if _c and _c[0] == ',' else _c) -}}]}"
    )
    items = [{"id": "a", "name": "Ä", "big": True}, {"id": "b", "name": "B", "big": False}]
    definition = {"version": "1.0", "name": "x", "template": source}
    theirs, mine = (
        module.WidgetTemplate(definition).build({"items": items}).model_dump(mode="json")
        for module in (MODULES["widgets"], ours("widgets"))
    )
    assert mine == theirs
