"""`endpoints` and `server.static`: their paths, and what an endpoint may do."""

from __future__ import annotations

from collections.abc import Iterable

from chatkit_host.checks.app import Checking
from chatkit_host.checks.scope import Scope
from chatkit_host.checks.shapes import shape_of_schema
from chatkit_host.checks.steps import check_steps
from chatkit_host.config import Path, codes
from chatkit_host.config.endpoints import (
    METHODS,
    Endpoint,
    ReturnEndpoint,
    Route,
    parameters_of,
    parse_route,
)
from chatkit_host.config.paths import PLAIN, TAKEN, is_under
from chatkit_host.config.references import walk_steps
from chatkit_host.config.scoped import called_lists
from chatkit_host.config.steps import SetStep, Step

OF_MESSAGES = ("text", "tool_choice", "answers", "attachments")
OF_THREADS = ("state", "thread")
STREAMED = (
    *("client_effect", "client_tool", "structured_input"),
    *("progress", "notice", "task", "end_workflow"),
)
SHOWN = ("message", "widget", "update_widget", "hidden_context", "respond")


def check_endpoints(checking: Checking, scope: Scope) -> None:
    """Checks every endpoint, and every folder that is served."""
    seen: dict[tuple[str, tuple[str | None, ...]], str] = {}
    for name, endpoint in checking.config.endpoints.items():
        path: Path = ("endpoints", name)
        try:
            route = parse_route(name)
        except ValueError as error:
            cure = f"write one of {', '.join(METHODS)}, and a path: GET /cats/{{thread.id}}"
            checking.found.add(codes.BAD_NAME, path, str(error), key=True, cure=cure)
            continue
        _check_path(checking, _shown(route), path)
        other = seen.setdefault((route.method, route.parts), name)
        if other != name:
            message = f"this is the same path as {other!r}"
            checking.found.add(codes.BAD_NAME, path, message, key=True)
        _check_endpoint(checking, endpoint, route, path, scope)
    _check_static(checking)


def _shown(route: Route) -> str:
    return "/" + "/".join(part or "{}" for part in route.parts)


def _check_path(checking: Checking, path: str, where: Path) -> None:
    """Notes a path that the host needs for itself."""
    chatkit = checking.config.server.path.rstrip("/") or "/"
    taken = TAKEN.fullmatch(path) or (is_under(path, chatkit) if chatkit != "/" else False)
    if taken or path == chatkit:
        message = f"{path} is the host's own"
        checking.found.add(codes.BAD_NAME, where, message, key=True, cure="take another path")


def _check_endpoint(
    checking: Checking, endpoint: Endpoint, route: Route, path: Path, scope: Scope
) -> None:
    parameters = parameters_of(route, endpoint.parameters)
    shape = shape_of_schema(parameters)
    scope = scope.without((*OF_MESSAGES, *(() if route.has_thread else OF_THREADS)))
    scope = scope.under(shape or {}).plus({"args": shape})
    if isinstance(endpoint, ReturnEndpoint):
        checking.value(endpoint.return_, (*path, "return"), scope)
        return
    check_steps(checking, endpoint.steps, (*path, "steps"), scope)
    for inner, step in walk_steps(endpoint.steps, (*path, "steps")):
        _check_step(checking, step, route, (*inner, step.kind))
    for step in _called(checking, endpoint.steps):
        _check_called(checking, step, route, (*path, "steps"))


def _check_step(checking: Checking, step: Step, route: Route, where: Path) -> None:
    if step.kind in STREAMED:
        message = f"{step.kind!r} cannot be in an endpoint: nobody reads a stream there"
        checking.found.add(codes.UNFIT, where, message, key=True)
    elif step.kind in SHOWN and not route.has_thread:
        message = f"{step.kind!r} needs a thread, and this endpoint opens none"
        cure = "put {thread.id} into its path"
        checking.found.add(codes.UNFIT, where, message, key=True, cure=cure)
    elif route.method == "GET" and (isinstance(step, SetStep) or step.kind in SHOWN):
        message = f"{step.kind!r} changes something, and a GET only reads"
        cure = "let it be a POST, PUT, PATCH or DELETE"
        checking.found.add(codes.UNFIT, where, message, key=True, cure=cure)


def _called(checking: Checking, steps: Iterable[Step]) -> Iterable[Step]:
    for each in called_lists(checking.config, steps):
        yield from (step for _, step in walk_steps(each, ()))


def _check_called(checking: Checking, step: Step, route: Route, path: Path) -> None:
    """What a tool does that the endpoint calls."""
    of_thread = step.kind in SHOWN or (isinstance(step, SetStep) and _sets_thread(step))
    if of_thread and not route.has_thread:
        message = f"a tool that this calls does {step.kind!r}, which needs a thread"
        cure = "put {thread.id} into the path"
        checking.found.add(codes.UNFIT, path, message, key=True, cure=cure)
    elif route.method == "GET" and (isinstance(step, SetStep) or step.kind in SHOWN):
        message = f"a tool that this calls does {step.kind!r}, and a GET only reads"
        cure = "let it be a POST, PUT, PATCH or DELETE"
        checking.found.add(codes.UNFIT, path, message, key=True, cure=cure)


def _sets_thread(step: SetStep) -> bool:
    return any(target.split(".")[0] in OF_THREADS for target in step.set)


def _check_static(checking: Checking) -> None:
    for path, static in checking.config.server.static.items():
        where: Path = ("server", "static", path)
        if not PLAIN.fullmatch(path.rstrip("/") or "/"):
            message = f"{path!r} is no plain path"
            checking.found.add(codes.BAD_NAME, where, message, key=True, cure="write /app")
            continue
        _check_path(checking, path.rstrip("/") or "/", where)
        if not (checking.loaded.base_dir / static.folder).is_dir():
            message = f"there is no folder {static.folder!r}"
            long = (*where, "folder")
            at = long if long in checking.loaded.places.values else where
            checking.found.add(codes.NO_FILE, at, message)
