"""`endpoints`: tools with a URL, for the page around the chat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import Discriminator, Field, Tag

from chatkit_host.config.kinds import exactly_one, kind_of
from chatkit_host.config.schemas import Schema
from chatkit_host.config.section import Section
from chatkit_host.config.steps import Step
from chatkit_host.config.values import Value

KINDS = ("return", "steps")
COMMON = ("description", "parameters")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
THREAD = "thread.id"

_PLAIN = re.compile(r"[A-Za-z0-9._~-]+")
_PARAMETER = re.compile(r"\{([A-Za-z_]\w*|thread\.id)\}")


class EndpointCommon(Section):
    """What both kinds of endpoint may say."""

    kind: ClassVar[str] = ""

    description: str = Field("", description="What it is for, in the OpenAPI document.")
    parameters: Schema | None = Field(
        None, description="What comes in the path, in the query, or in the body of JSON, by name."
    )


class ReturnEndpoint(EndpointCommon):
    """An endpoint that only looks something up."""

    kind: ClassVar[str] = "return"
    return_: Value = Field(alias="return", description="The answer.")


class StepsEndpoint(EndpointCommon):
    """An endpoint that does something; its `return` is the answer."""

    kind: ClassVar[str] = "steps"
    steps: tuple[Step, ...] = Field(description="What it does, in order.")


Endpoint = Annotated[
    Annotated[ReturnEndpoint, Tag("=return")] | Annotated[StepsEndpoint, Tag("=steps")],
    Discriminator(kind_of(KINDS)),
    exactly_one("endpoint", KINDS, common=COMMON),
]


@dataclass(frozen=True, slots=True)
class Route:
    """`GET /cats/{thread.id}`: a method, and the parts of a path; None stands for a parameter."""

    method: str
    parts: tuple[str | None, ...]
    names: tuple[str, ...]

    @property
    def has_thread(self) -> bool:
        """Whether it opens a thread."""
        return THREAD in self.names

    @property
    def takes_body(self) -> bool:
        """Whether parameters come in a body of JSON, and not in the query."""
        return self.method in ("POST", "PUT", "PATCH")


def parse_route(text: str) -> Route:
    """What an endpoint is called; ValueError says what is wrong with it."""
    method, _, path = text.partition(" ")
    if method not in METHODS or not path.startswith("/"):
        raise ValueError(f"{text!r} is no method and path")
    parts: list[str | None] = []
    names: list[str] = []
    for part in path[1:].split("/"):
        parameter = _PARAMETER.fullmatch(part)
        if parameter is None and (not _PLAIN.fullmatch(part) or part in (".", "..")):
            raise ValueError(f"{part!r} cannot be a part of a path")
        if parameter is not None and parameter[1] in names:
            raise ValueError(f"{part!r} stands twice in the path")
        parts.append(None if parameter else part)
        names += [parameter[1]] if parameter else []
    return Route(method, tuple(parts), tuple(names))


def parameters_of(route: Route, given: dict[str, Any] | None) -> dict[str, Any]:
    """The schema of all parameters; one of the path that is not declared is a text."""
    schema = given or {"type": "object", "properties": {}, "additionalProperties": False}
    in_path = [name for name in route.names if name != THREAD]
    properties = {**{name: {"type": "string"} for name in in_path}, **schema["properties"]}
    required = dict.fromkeys([*schema.get("required", ()), *in_path])
    return {**schema, "properties": properties, "required": list(required)}
