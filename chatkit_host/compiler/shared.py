"""`shared:` → values that live in the store, as one turn sees and writes them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from copy import deepcopy
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from chatkit_host.agents.tool_error import ToolError
from chatkit_host.config.root import Config
from chatkit_host.context import RequestContext
from chatkit_host.store import Store
from chatkit_host.store.shared import Holds, Place, SharedStore, SharedValues, lost
from chatkit_host.templates import compile_value

LONGEST = 1_000_000
"""Characters of JSON that one value may have."""


class Shared:
    """The declared values, what they are before anybody has set them, and who may write now."""

    def __init__(self, config: Config, store: Store[RequestContext]) -> None:
        self.places: dict[str, Place] = {name: each.per for name, each in config.shared.items()}
        self._defaults = {
            name: compile_value(each.default).render({"data": config.data})
            for name, each in config.shared.items()
        }
        self._validators = {
            name: Draft202012Validator(each.schema_)
            for name, each in config.shared.items()
            if each.schema_ is not None
        }
        self.store: SharedStore[RequestContext] | None = None
        if config.shared:
            assert isinstance(store, SharedStore)
            self.store = store
            self.holds = Holds(store)

    def of(self, context: RequestContext) -> TurnShared:
        """The values as one turn sees them."""
        return TurnShared(self, context)

    def filled(self, stored: SharedValues) -> dict[str, Any]:
        """The stored values, and the defaults of those that nobody has set."""
        return {
            name: stored[place][name] if name in stored[place] else deepcopy(self._defaults[name])
            for name, place in self.places.items()
        }

    def check(self, name: str, value: Any) -> None:
        """Raises ToolError, with a text for whoever caused it, if the value may not be written."""
        validator = self._validators.get(name)
        problem = None if validator is None else best_match(validator.iter_errors(value))
        if problem is not None:
            where = "".join(f".{part}" for part in problem.absolute_path)
            raise ToolError(f"shared.{name}{where}: {problem.message}")
        try:
            length = len(json.dumps(value, allow_nan=False))
        except ValueError:
            raise ToolError(f"shared.{name}: this has a number that JSON does not know") from None
        if length > LONGEST:
            raise ToolError(f"shared.{name}: this would be more than {LONGEST} characters")


class TurnShared:
    """The values in one turn.

    Whoever only reads sees them as they were when they were last loaded. A list of steps that
    writes holds them: it sees the newest, and nobody else writes before it ends. The hold belongs
    to the list, and not to the turn: two tools that run side by side take theirs in turn.
    """

    def __init__(self, shared: Shared, context: RequestContext) -> None:
        self._shared = shared
        self._context = context
        self._loaded: dict[str, Any] = {}

    @property
    def values(self) -> dict[str, Any]:
        """The values, by name."""
        held = self._held()
        return self._loaded if held is None else held.values

    @property
    def is_there(self) -> bool:
        """Whether the bot shares anything."""
        return self._shared.store is not None

    async def refresh(self) -> None:
        """Load the values as they now are; held ones are the newest already."""
        if self._shared.store is not None and self._held() is None:
            self._loaded = await self._load()

    @asynccontextmanager
    async def writing(self, places: Iterable[Place]) -> AsyncIterator[None]:
        """Hold these places until the end; within a list that does so already, nothing is new."""
        held = self._held()
        wanted = frozenset(places) - (held.places if held else frozenset())
        if not wanted:
            await self.refresh()
            yield
            return
        new = _Held(self, wanted | (held.places if held else frozenset()))
        async with new.taking(wanted, held):
            token = _HELD.set(new)
            try:
                yield
            finally:
                _HELD.reset(token)
                self._loaded = new.values

    @asynccontextmanager
    async def let_go(self) -> AsyncIterator[None]:
        """Let others write meanwhile: a model thinks, which may take minutes."""
        held = self._held()
        if held is None:
            yield
            return
        await held.release()
        self._loaded = held.values
        token = _HELD.set(None)
        try:
            yield
        finally:
            _HELD.reset(token)
        await held.take_again()  # and not where the list is over anyway

    @asynccontextmanager
    async def changing(self) -> AsyncIterator[set[str]]:
        """Write, at the end and all at once, the values whose names are put into the set.

        Nobody ever sees one change of several. If anything fails, all are as they were.

        Raises:
            ToolError: a value may not be what it now is.
            ConflictError: the hold was lost.
        """
        changed: set[str] = set()
        try:
            yield changed
            await self._save(changed)
        except Exception:
            await self._restore(changed)
            raise

    async def _save(self, names: set[str]) -> None:
        held = self._held()
        places = {self._shared.places[name] for name in names}
        if names and (held is None or not places <= held.places):
            raise lost()
        for name in sorted(names):
            self._shared.check(name, self.values[name])
        for place in sorted(places):
            assert held is not None
            await held.save(place, {n for n in names if self._shared.places[n] == place})

    async def _restore(self, names: set[str]) -> None:
        if names:
            stored = await self._load()
            self.values.update({name: stored[name] for name in names})

    def _held(self) -> _Held | None:
        held = _HELD.get()
        return held if held is not None and held.turn is self and held.is_open else None

    async def _load(self) -> dict[str, Any]:
        assert self._shared.store is not None
        return self._shared.filled(await self._shared.store.load_shared(self._context))


class _Held:
    """The places that one list of steps holds, and the values that it writes."""

    def __init__(self, turn: TurnShared, places: frozenset[Place]) -> None:
        self.turn = turn
        self.places = places
        self.values: dict[str, Any] = {}
        self.is_open = False
        self._ids: dict[Place, str] = {}
        self._wanted: frozenset[Place] = frozenset()
        self._stack = AsyncExitStack()

    @asynccontextmanager
    async def taking(self, wanted: frozenset[Place], around: _Held | None) -> AsyncIterator[None]:
        """Take what is wanted beyond what a list around this one holds, and give it back."""
        self._wanted = wanted
        if around is not None:
            self._ids.update(around._ids)
        try:
            await self.take_again()
            if around is not None:
                # What is held around is the newest, and names may stand for parts of it.
                places = self.turn._shared.places
                kept = [name for name in self.values if places[name] in around.places]
                self.values.update({name: around.values[name] for name in kept})
            yield
        finally:
            await self.release()

    async def take_again(self) -> None:
        """Take the places, always in the same order, and load what is there now."""
        shared, context = self.turn._shared, self.turn._context
        for place in sorted(self._wanted):
            holding = shared.holds.holding(place, context.owner, context)
            self._ids[place] = await self._stack.enter_async_context(holding)
        self.values = await self.turn._load()
        self.is_open = True

    async def release(self) -> None:
        """Give back what was taken here."""
        self.is_open = False
        await self._stack.aclose()

    async def save(self, place: Place, names: Iterable[str]) -> None:
        """Write these values of a place."""
        shared, context = self.turn._shared, self.turn._context
        assert shared.store is not None
        values = {name: self.values[name] for name in names}
        if not await shared.store.save_shared(place, values, self._ids[place], context):
            raise lost()


_HELD: ContextVar[_Held | None] = ContextVar("held", default=None)
