"""Any sequence of widget states, applied as deltas by a small client, ends in the last state."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from copy import deepcopy
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from chatkit_host import clock, types
from chatkit_host.types import codec
from chatkit_host.widgets import DynamicWidgetRoot, WidgetRoot, diff_widget, stream_widget
from tests.properties.json_of import SOME, json_of
from tests.properties.profile import tries

ROOT: TypeAdapter[WidgetRoot] = TypeAdapter(WidgetRoot)
THREAD = types.ThreadMetadata(id="thr_1", created_at=clock.now())
Tree = dict[str, Any]


class Client:
    """What a page shows of one widget; it knows of changes only by the events."""

    def __init__(self) -> None:
        self.widget: Tree = {}
        self.done: Tree | None = None

    def take(self, event: Tree) -> None:
        if event["type"] == "thread.item.added":
            self.widget = event["item"]["widget"]
        elif event["type"] == "thread.item.updated":
            self.update(event["update"])
        else:
            self.done = event["item"]["widget"]

    def update(self, update: Tree) -> None:
        if update["type"] == "widget.root.updated":
            self.widget = update["widget"]
            return
        assert update["type"] == "widget.streaming_text.value_delta"
        for node in nodes(self.widget):
            if node.get("id") == update["component_id"]:
                node["value"] += update["delta"]  # all that have the id, as it cannot choose


def nodes(node: Any) -> Iterator[Tree]:
    """A node and all below it."""
    if isinstance(node, list):
        for each in node:
            yield from nodes(each)
    elif isinstance(node, dict):
        yield node
        yield from nodes(node.get("children"))


# Ids that meet again, short texts of which some begin others.
IDS = st.none() | st.sampled_from("ab")
WORDS = st.text("xy", max_size=3)
LEAVES = st.fixed_dictionaries(
    {"type": st.sampled_from(["Text", "Markdown", "Title"]), "value": WORDS},
    optional={"id": IDS, "streaming": st.booleans(), "prop": SOME},
)
INNER = st.recursive(
    LEAVES,
    lambda inner: st.fixed_dictionaries(
        {"type": st.sampled_from(["Row", "Box"]), "children": st.lists(inner, max_size=3) | inner},
        optional={"id": IDS},
    ),
    max_leaves=4,
)
TREES = st.fixed_dictionaries(
    {"type": st.sampled_from(["Card", "Basic"]), "children": st.lists(INNER, max_size=3) | INNER},
    optional={"size": st.sampled_from(["sm", "md"]), "glow": st.sampled_from([0, 1, 1.5, True])},
)


@st.composite
def sequences(draw: st.DrawFn) -> list[Tree]:
    """States, most of them the one before with some of its texts gone on."""
    states = [draw(TREES)]
    for _ in range(draw(st.integers(0, 4))):
        fresh = draw(st.integers(0, 3)) == 0
        states.append(draw(TREES) if fresh else draw(grown(states[-1])))
    return states


@st.composite
def grown(draw: st.DrawFn, before: Tree) -> Tree:
    after = deepcopy(before)
    for node in nodes(after):
        if isinstance(node.get("value"), str) and draw(st.booleans()):
            node["value"] += draw(WORDS)
        elif draw(st.integers(0, 9)) == 0:
            node["streaming"] = draw(st.sampled_from([True, False, 1, 0]))
    return after


def shown(widget: WidgetRoot) -> str:
    return json.dumps(json.loads(codec.encode(widget)), sort_keys=True)


@tries(300)
@given(states=sequences(), dynamic=st.booleans())
def test_deltas_lead_to_the_last_state(states: list[Tree], dynamic: bool) -> None:
    read = DynamicWidgetRoot.model_validate if dynamic else ROOT.validate_python
    widgets = [read(state) for state in states]
    client = Client()
    client.widget = json.loads(codec.encode(widgets[0]))
    for before, after in pairwise(widgets):
        for update in diff_widget(before, after):
            client.update(json.loads(codec.encode(update)))
        assert json.dumps(client.widget, sort_keys=True) == shown(after)


@tries(30)
@given(states=st.lists(json_of(WidgetRoot), min_size=1, max_size=3))
def test_widgets_of_any_kind(states: list[Tree]) -> None:
    widgets = [ROOT.validate_python(state) for state in states]

    async def growing() -> AsyncIterator[WidgetRoot]:
        for widget in widgets:
            yield widget

    async def watch() -> Client:
        client = Client()
        async for event in stream_widget(THREAD, growing()):
            client.take(json.loads(codec.encode_event(event)))
        return client

    client = asyncio.run(watch())
    assert json.dumps(client.done, sort_keys=True) == shown(widgets[-1])
    assert json.dumps(client.widget, sort_keys=True) == shown(widgets[-1])
