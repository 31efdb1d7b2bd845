"""`endpoints:` → what answers at the paths of the file."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from contextlib import aclosing, suppress
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from chatkit_host import clock
from chatkit_host.agents.tool_error import ToolError
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.agents.waiting import TurnEnded
from chatkit_host.compiler.lists import StepList
from chatkit_host.compiler.program import Program
from chatkit_host.config.absent import with_absent
from chatkit_host.config.endpoints import (
    THREAD,
    Endpoint,
    ReturnEndpoint,
    Route,
    StepsEndpoint,
    parameters_of,
    parse_route,
)
from chatkit_host.config.root import Config
from chatkit_host.context import RequestContext
from chatkit_host.errors import EndpointError, InvalidRequestError
from chatkit_host.server import ChatKitServer
from chatkit_host.templates import compile_value, to_json
from chatkit_host.types import ThreadMetadata
from chatkit_host.types.strict import read_json

# Python's int() and float() take more: 1_0, nan, inf, blanks around, and digits of other scripts.
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


class DeclaredEndpoint:
    """One endpoint: its route, its parameters, and what it does."""

    def __init__(
        self,
        route: Route,
        spec: Endpoint,
        config: Config,
        program: Program,
        server: ChatKitServer[RequestContext],
    ) -> None:
        self.route = route
        self.description: str = spec.description
        self.parameters = parameters_of(route, spec.parameters)
        self._value = compile_value(spec.return_) if isinstance(spec, ReturnEndpoint) else None
        self._steps = StepList(config, spec.steps) if isinstance(spec, StepsEndpoint) else None
        self._program = program
        self._server = server

    async def call(
        self,
        path: Mapping[str, str],
        query: Iterable[tuple[str, str]],
        body: bytes | None,
        context: RequestContext,
    ) -> bytes | None:
        """The answer's JSON, or none.

        Args:
            path: the texts that stand for the parameters of the path.
            query: the query's names and texts.
            body: what came as JSON, if the method takes a body.
            context: who asks.

        Raises:
            RequestError: what came does not fit, the thread is not there, or a step said so.
        """
        named = {name: text for name, text in path.items() if name != THREAD}
        sent = self._from_query(query) if body is None else _from_body(body)
        if both := sent.keys() & named.keys():
            raise InvalidRequestError(f"{min(both)}: this comes in the path")
        arguments = self._checked({**sent, **self._typed(named.items())})
        if THREAD not in path:
            nowhere = ThreadMetadata(id="", created_at=clock.now())
            return await self._answer(nowhere, arguments, context)
        async with self._server.changing_thread(path[THREAD], context) as thread:
            return await self._answer(thread, arguments, context)

    async def _answer(
        self, thread: ThreadMetadata, arguments: dict[str, Any], context: RequestContext
    ) -> bytes | None:
        turn = await self._program.begin_quietly(thread, context)
        # A parameter that is named like something in scope is read as args.…
        free = {name: value for name, value in arguments.items() if name not in turn.scope()}
        names = {**free, "args": arguments}
        if self._value is not None:
            return to_json(self._value.render({**turn.scope(), **names})).encode()
        result = await self._done(turn, names)
        return None if result is None else to_json(result).encode()

    async def _done(self, turn: TurnContext, names: dict[str, Any]) -> Any:
        results: list[Any] = []

        async def work() -> None:
            assert self._steps is not None
            with suppress(TurnEnded):
                results.append(await self._steps.run(turn, names))

        async with aclosing(turn.events_of(work())) as events:
            try:
                async for event in events:
                    if self.route.has_thread:
                        await self._program.store_quietly(event, turn.thread, turn.request_context)
            except ToolError as error:
                raise EndpointError(str(error), error.status or 400) from error
        return results[0] if results else None

    def _from_query(self, query: Iterable[tuple[str, str]]) -> dict[str, Any]:
        pairs = list(query)
        lists = {name for name, schema in self.parameters["properties"].items() if _is_list(schema)}
        several = {name: [text for n, text in pairs if n == name] for name, _ in pairs}
        for name, texts in several.items():
            if len(texts) > 1 and name not in lists:
                raise InvalidRequestError(f"{name}: this stands twice in the query")
        single = self._typed((n, texts[0]) for n, texts in several.items() if n not in lists)
        return single | {
            name: [_typed(text, self.parameters["properties"][name].get("items", {})) for text in t]
            for name, t in several.items()
            if name in lists
        }

    def _typed(self, given: Iterable[tuple[str, str]]) -> dict[str, Any]:
        properties = self.parameters["properties"]
        return {name: _typed(text, properties.get(name, {})) for name, text in given}

    def _checked(self, arguments: dict[str, Any]) -> dict[str, Any]:
        problem = best_match(Draft202012Validator(self.parameters).iter_errors(arguments))
        if problem is not None:
            where = ".".join(str(part) for part in problem.absolute_path)
            raise InvalidRequestError(f"{where + ': ' if where else ''}{problem.message}")
        filled: dict[str, Any] = with_absent(arguments, self.parameters)
        return filled


def compile_endpoints(
    config: Config, program: Program, server: ChatKitServer[RequestContext]
) -> list[DeclaredEndpoint]:
    """All declared endpoints; of two that fit a path, the one with more plain parts is first."""
    made = [
        DeclaredEndpoint(parse_route(name), spec, config, program, server)
        for name, spec in config.endpoints.items()
    ]
    return sorted(made, key=lambda each: [part is None for part in each.route.parts])


def _from_body(body: bytes) -> dict[str, Any]:
    try:
        given = read_json(body or b"{}")
    except ValueError as error:
        raise InvalidRequestError(f"The body is not JSON: {error}") from error
    if not isinstance(given, dict):
        raise InvalidRequestError("The body has to be a JSON object, with the parameters by name.")
    return given


def _is_list(schema: Mapping[str, Any]) -> bool:
    return "array" in _types(schema)


def _types(schema: Mapping[str, Any]) -> list[str]:
    named = schema.get("type", [])
    return [named] if isinstance(named, str) else list(named)


def _typed(text: str, schema: Mapping[str, Any]) -> Any:
    """A text of a URL as what its schema wants; the text itself where it is no such thing."""
    types = _types(schema)
    if "string" in types or not types:
        return text
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if "integer" in types and _INTEGER.fullmatch(text):
        with suppress(ValueError):  # thousands of digits
            return int(text)
    if "number" in types and _NUMBER.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
