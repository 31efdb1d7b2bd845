"""Ids of calls that are never used twice: small servers number them afresh in every response."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chatkit_host.ids import new_id


class CallIds:
    """Sees to it that no two calls of a conversation share an id, in one model response.

    The SDK, the history and the APIs match outputs to calls by this id alone.

    Args:
        given: the input of the model call, whose calls have their ids already.
    """

    def __init__(self, given: str | Sequence[Any]) -> None:
        self._given = given
        self._taken: set[str] | None = None
        self._by_place: dict[int, str] = {}

    def settle(self, event: Any) -> None:
        """Correct the ids in an event of the response, in place."""
        kind = event.type
        if kind == "response.output_item.added" or kind == "response.output_item.done":
            self._settle_item(event.output_index, event.item)
        elif kind == "response.completed":
            self.settle_output(event.response.output)

    def settle_output(self, output: Iterable[Any]) -> None:
        """Correct the ids in a whole output. The calls stand in it in the order of their places."""
        calls = [item for item in output if item.type == "function_call"]
        known = sorted(self._by_place)
        for order, call in enumerate(calls):
            self._settle_item(known[order] if order < len(known) else -1 - order, call)

    def _settle_item(self, place: int, item: Any) -> None:
        if item.type == "function_call":
            item.call_id = self._by_place.get(place) or self._choose(place, item.call_id)

    def _choose(self, place: int, call_id: str) -> str:
        if self._taken is None:
            self._taken = _calls_in(self._given)
        chosen = call_id if call_id and call_id not in self._taken else new_id("call")
        self._taken.add(chosen)
        self._by_place[place] = chosen
        return chosen


def _calls_in(given: str | Sequence[Any]) -> set[str]:
    if isinstance(given, str):
        return set()
    return {
        item["call_id"]
        for item in given
        if isinstance(item, dict) and item.get("type") == "function_call" and "call_id" in item
    }
