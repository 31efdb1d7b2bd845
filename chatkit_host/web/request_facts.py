"""`request`: what templates see of a request's headers."""

from __future__ import annotations

from collections.abc import Mapping

from litestar.types import Scope

from chatkit_host.config.request import RequestFact
from chatkit_host.errors import InvalidRequestError
from chatkit_host.web.headers import header


def request_facts(scope: Scope, declared: Mapping[str, RequestFact]) -> dict[str, str | None]:
    """The values of the declared headers; none for what is optional and missing.

    Raises:
        InvalidRequestError: one is missing that is not optional.
    """
    facts = {name: _value(scope, fact.header) for name, fact in declared.items()}
    for name, fact in declared.items():
        if facts[name] is None and not fact.optional:
            raise InvalidRequestError(f"The header {fact.header!r} is missing.")
    return facts


def _value(scope: Scope, name: str) -> str | None:
    given = header(scope, name.encode("ascii"))
    if given is None:
        return None
    try:  # ASGI gives Latin-1, and browsers send what is beyond it as UTF-8
        return given.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return given
