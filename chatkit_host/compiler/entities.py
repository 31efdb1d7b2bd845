"""`entities:` → what can be mentioned, what it looks like, and what the model is told of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.components import WidgetRoot
from chatkit_host.config.entities import Entity
from chatkit_host.config.root import Config
from chatkit_host.templates import (
    Expression,
    RenderError,
    TextTemplate,
    ValueTemplate,
    compile_expression,
    compile_text,
    compile_value,
)
from chatkit_host.types import UserMessageTagContent

MOST = 50
"""The most entities that one search gives; nobody reads on in a menu."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of thing, compiled."""

    name: str
    condition: Expression | None
    search: ValueTemplate | None
    context: TextTemplate | None
    preview: tuple[str, ValueTemplate] | None


class Entities:
    """All kinds of things that can be mentioned, the first whose `if:` holds being a tag's."""

    def __init__(self, config: Config) -> None:
        self._kinds = [_compile(name, kind) for name, kind in config.entities.items()]

    def search(self, query: str, turn: TurnContext) -> list[Json]:
        """What fits a query, in the order of the kinds, as clients know entities.

        Raises:
            RenderError: a `search:` gives something else than a list of entities.
        """
        found: dict[str, Json] = {}
        for kind in self._kinds:
            if kind.search is None or len(found) >= MOST:
                continue
            for entity in _listed(kind, kind.search.render(turn.scope() | {"query": query})):
                found.setdefault(entity["id"], entity)
        return list(found.values())[:MOST]

    def preview(self, tag: Mapping[str, Any], turn: TurnContext) -> WidgetRoot | None:
        """The widget that shows a thing; None where its kind has none, or it is of no kind.

        Raises:
            RenderError: the widget cannot be built from what the tag says.
        """
        scope = turn.scope() | {"tag": dict(tag)}
        kind = self._kind(scope)
        if kind is None or kind.preview is None:
            return None
        name, data = kind.preview
        widget: WidgetRoot = turn.parts.build_widget(name, data.render(scope))
        return widget

    def context(self, tag: UserMessageTagContent, turn: TurnContext) -> str | None:
        """What the model is told of a thing in place of what the page knows; None for that."""
        scope = turn.scope() | {"tag": named(tag)}
        kind = self._kind(scope)
        return None if kind is None or kind.context is None else kind.context.render(scope)

    def _kind(self, scope: Mapping[str, Any]) -> _Kind | None:
        return next((k for k in self._kinds if not k.condition or k.condition.holds(scope)), None)


def named(tag: UserMessageTagContent) -> Json:
    """A mention as templates see it: by the names that entities have."""
    return {
        "id": tag.id,
        "title": tag.text,
        "group": tag.group,
        "icon": None,
        "interactive": tag.interactive,
        "data": dict(tag.data),
    }


def _compile(name: str, kind: Entity) -> _Kind:
    preview = kind.preview
    return _Kind(
        name=name,
        condition=None if kind.if_ is None else compile_expression(kind.if_),
        search=None if kind.search is None else compile_value(kind.search),
        # What a tag says is the client's word: it cannot close a tag of the context's.
        context=None if kind.context is None else compile_text(kind.context, escape=True),
        preview=None if preview is None else (preview.name, compile_value(preview.data)),
    )


def _listed(kind: _Kind, given: Any) -> Iterator[Json]:
    if not isinstance(given, list):
        raise RenderError(f"entities.{kind.name}.search: gives no list")
    for each in given:
        if not isinstance(each, Mapping) or each.get("id") is None:
            raise RenderError(f"entities.{kind.name}.search: each entity is a map with an id")
        yield _entity(kind, each)


def _entity(kind: _Kind, given: Mapping[str, Any]) -> Json:
    """A found thing in the shape that clients know; what else it has goes into its data."""
    known = ("id", "title", "name", "icon", "group", "interactive", "data")
    title = given.get("title") or given.get("name") or given["id"]
    data = given.get("data")
    if data is None:
        data = {key: value for key, value in given.items() if key not in known}
    if not isinstance(data, Mapping):
        raise RenderError(f"entities.{kind.name}.search: `data` is a map")
    entity: Json = {"id": str(given["id"]), "title": str(title)}
    for key in ("icon", "group"):
        if given.get(key) is not None:
            entity[key] = str(given[key])
    # Without it, what can be looked at can be clicked.
    entity["interactive"] = bool(given.get("interactive", kind.preview is not None))
    entity["data"] = {str(key): _text(value) for key, value in data.items() if value is not None}
    return entity


def _text(value: Any) -> str:
    """Clients know texts alone in an entity's data."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
