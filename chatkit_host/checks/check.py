"""The checks of a whole app, told top-down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path as FilePath

from chatkit_host.checks.agents import check_agents
from chatkit_host.checks.app import Checking
from chatkit_host.checks.approval import check_action_name
from chatkit_host.checks.composer import check_composer
from chatkit_host.checks.cycles import check_cycles
from chatkit_host.checks.endpoints import check_endpoints
from chatkit_host.checks.entities import check_entities
from chatkit_host.checks.guardrails import check_guardrails
from chatkit_host.checks.hooks import check_hooks
from chatkit_host.checks.models import check_models
from chatkit_host.checks.packages import check_packages
from chatkit_host.checks.python_server import check_python_server
from chatkit_host.checks.safety import check_safety
from chatkit_host.checks.samples import check_samples
from chatkit_host.checks.scope import Scope, turn_scope
from chatkit_host.checks.senders import shape_of_sender
from chatkit_host.checks.shapes import shape_of_schema
from chatkit_host.checks.shared import check_shared
from chatkit_host.checks.steps import check_steps
from chatkit_host.checks.tools import check_tools
from chatkit_host.checks.unsent import check_unsent
from chatkit_host.checks.waiting import check_sync
from chatkit_host.checks.widgets import check_widgets
from chatkit_host.config import (
    Collector,
    ConfigProblems,
    Draft,
    Loaded,
    Path,
    Problem,
    StepsAction,
    codes,
    read,
)


def check(loaded: Loaded) -> list[Problem]:
    """Everything that is wrong with a file that could be loaded, in the order of the file."""
    found = Collector(loaded.places)
    found.secrets.update(loaded.secrets)
    _check_all(loaded, found)
    return found.problems


def check_file(path: str | FilePath, environ: Mapping[str, str] | None = None) -> Loaded:
    """Loads a file; raises ConfigProblems with everything that loading and checking find.

    Warnings alone are no reason to raise: what is loaded has them.
    """
    draft = examine(path, environ)
    warnings = draft.found.warnings
    if draft.found.problems or draft.loaded is None:
        raise ConfigProblems([*draft.found.problems, *warnings])
    return replace(draft.loaded, warnings=tuple(warnings)) if warnings else draft.loaded


def examine(path: str | FilePath, environ: Mapping[str, str] | None = None) -> Draft:
    """Loads and checks what can be read of a file, and keeps it beside what is wrong with it."""
    draft = read(path, environ)
    if draft.loaded:
        _check_all(draft.loaded, draft.found)
    return draft


def _check_all(loaded: Loaded, found: Collector) -> None:
    checking = Checking(loaded, found)
    scope = turn_scope(loaded)
    check_models(checking, scope)
    _check_state(checking, scope)
    check_shared(checking)
    check_agents(checking, scope)
    check_guardrails(checking, scope)
    check_tools(checking, scope)
    check_widgets(checking)
    check_samples(checking)
    _check_actions(checking, scope)
    _check_respond(checking, scope)
    check_endpoints(checking, scope)
    check_hooks(checking, scope)
    check_python_server(checking)
    check_entities(checking, scope)
    check_cycles(checking)
    check_unsent(checking)
    check_composer(checking)
    check_packages(checking)
    check_safety(checking)


def _check_state(checking: Checking, scope: Scope) -> None:
    for name, value in checking.config.state.items():
        checking.value(value, ("state", name), scope)


def _check_actions(checking: Checking, scope: Scope) -> None:
    for name, action in checking.config.actions.items():
        check_action_name(checking, name)
        if isinstance(action, StepsAction):
            payload = shape_of_schema(action.payload)
            sender = shape_of_sender(checking, name)
            inner = scope.plus({"payload": payload, "sender": sender})
            path: Path = ("actions", name, "steps")
            check_steps(checking, action.steps, path, inner)
            if action.sync:
                check_sync(checking, action.steps, path)


def _check_respond(checking: Checking, scope: Scope) -> None:
    respond = checking.config.respond
    _check_order(checking)
    for i, route in enumerate(respond.routes):
        checking.expression(route.if_, ("respond", "routes", i, "if"), scope)
    checking.text(respond.context, ("respond", "context"), scope)
    if isinstance(respond.title, str):
        checking.text(respond.title, ("respond", "title"), scope)


def _check_order(checking: Checking) -> None:
    """Notes the route behind one that always holds."""
    for i, route in enumerate(checking.config.respond.routes[:-1]):
        if route.if_ == "true":
            message = f"no message gets here: route {i + 1} before it takes all"
            path: Path = ("respond", "routes", i + 1)
            checking.found.add(codes.UNFIT, path, message, cure="put that one last")
            return
