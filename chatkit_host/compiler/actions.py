"""`actions:` → what happens when a widget or the page asks for something."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from chatkit_host.actions import Action
from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.waiting import TurnEnded
from chatkit_host.compiler.lists import StepList
from chatkit_host.config.root import Config
from chatkit_host.errors import ForbiddenError, InvalidRequestError
from chatkit_host.types import WidgetItem
from chatkit_host.widgets import tree_actions, tree_fields


@dataclass(frozen=True, slots=True)
class DeclaredAction:
    """One action of `actions:`."""

    payload: dict[str, Any] | None
    steps: StepList | None
    sync: bool
    from_page: bool
    by_client: bool = False


class Actions:
    """All declared actions; every one that comes in is checked, for any client may send any."""

    def __init__(self, config: Config) -> None:
        self._actions = {name: _compile(config, spec) for name, spec in config.actions.items()}

    def check(self, action: Action[str, Any], sender: WidgetItem | None, *, sync: bool) -> None:
        """Whether this action may be done.

        Raises:
            InvalidRequestError: unknown, of the other kind, or its payload does not fit.
            ForbiddenError: nothing that the thread shows offers it.
        """
        declared = self._actions.get(action.type)
        if declared is None or declared.by_client:
            raise InvalidRequestError(f"params.action.type: no action {action.type!r} here")
        if declared.sync is not sync:
            wanted = "threads.sync_custom_action" if declared.sync else "threads.custom_action"
            raise InvalidRequestError(f"params.action: {action.type} comes as {wanted}")
        if not declared.from_page and not (sender and offers(sender, action)):
            raise ForbiddenError(_refusal(action.type, sender))
        _check_payload(declared.payload, action.payload)

    async def run(self, action: Action[str, Any], turn: TurnContext) -> Any:
        """Do the steps of an action that has been checked."""
        declared = self._actions[action.type]
        properties = (declared.payload or {}).get("properties", {})
        payload = action.payload
        if isinstance(payload, Mapping):
            payload = {**dict.fromkeys(properties), **payload}
        if declared.steps is None:
            return None
        with suppress(TurnEnded):
            async with declared.steps.holding(turn):
                if declared.steps.holds_thread:
                    await _look_again(declared, action, turn)
                names = {"payload": payload, "sender": await turn.sender_names()}
                return await declared.steps.run_held(turn, names)
        return None


async def _look_again(
    declared: DeclaredAction, action: Action[str, Any], turn: TurnContext
) -> None:
    """Whether the widget, as whoever held the thread before has left it, still offers the action.

    Raises:
        ToolError: it does not; somebody was faster.
    """
    if turn.sender is None:
        return
    turn.sender = await turn.load_widget(turn.sender.id)
    if not declared.from_page and not offers(turn.sender, action):
        raise ToolError(_refusal(action.type, turn.sender))


def _refusal(type: str, sender: WidgetItem | None) -> str:
    """Why an action is refused; who clicks twice, or in another tab, is a user and no forger."""
    if sender is not None and type not in {each.get("type") for each in _offered(sender)}:
        return "This widget does not offer that any more."
    return f"No widget of this thread offers {type} like this."


def offers(sender: WidgetItem, action: Action[str, Any]) -> bool:
    """Whether the stored widget offers this action, form values aside."""
    fields = tree_fields(_tree(sender))
    return any(
        offered.get("type") == action.type and _fits(offered.get("payload"), action.payload, fields)
        for offered in _offered(sender)
    )


def _offered(sender: WidgetItem) -> list[dict[str, Any]]:
    return tree_actions(_tree(sender))


def _tree(sender: WidgetItem) -> dict[str, Any]:
    return sender.widget.model_dump(by_alias=True, exclude_none=True)


def _fits(offered: Any, given: Any, fields: set[str]) -> bool:
    """What is given is what is offered, and beyond that the values of the widget's controls."""
    if given == offered:
        return True
    if not isinstance(given, Mapping) or not isinstance(offered or {}, Mapping):
        return False
    offered = offered or {}
    return all(key in given and given[key] == value for key, value in offered.items()) and (
        set(given) - set(offered) <= fields
    )


def _check_payload(schema: dict[str, Any] | None, payload: Any) -> None:
    if schema is None:
        return
    # Form values come beside the payload's own: what the schema does not name is let through.
    open_schema = {**schema, "additionalProperties": True}
    problem = best_match(Draft202012Validator(open_schema).iter_errors(payload or {}))
    if problem is not None:
        where = "".join(f".{part}" for part in problem.absolute_path)
        raise InvalidRequestError(f"params.action.payload{where}: {problem.message}")


def _compile(config: Config, spec: Any) -> DeclaredAction:
    if spec.kind == "client":
        return DeclaredAction(spec.payload, None, sync=False, from_page=False, by_client=True)
    return DeclaredAction(
        spec.payload, StepList(config, spec.steps), sync=spec.sync, from_page=spec.from_ == "page"
    )
