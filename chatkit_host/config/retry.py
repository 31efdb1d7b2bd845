"""`retry`: when a model's server is asked again."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from chatkit_host.config.kinds import problem
from chatkit_host.config.section import Section
from chatkit_host.config.values import Duration

_HUNDREDS = ("4xx", "5xx")


def _fault(given: Any) -> Any:
    text = str(given)
    is_status = text.isdecimal() and 400 <= int(text) <= 599
    if text == "network" or text in _HUNDREDS or is_status:
        return text
    cure = "write network, a status such as 429, or 5xx for all that begin with 5"
    raise problem("fault", f"{given!r} is nothing that a model's server fails with", cure=cure)


Fault = Annotated[str, BeforeValidator(_fault, json_schema_input_type=str | int)]
"""A way in which a model's server fails."""


class Retry(Section):
    """When it is asked again, before an answer has begun."""

    attempts: int = Field(
        3, ge=1, le=10, description="How often it is asked at most, the first time included."
    )
    on: tuple[Fault, ...] = Field(("network", "408", "409", "429", "5xx"), description="What for.")
    wait: Duration = Field(
        0.5,
        gt=0,
        description="Before the second time; then twice as long each time.",
    )
    max_wait: Duration = Field(20.0, gt=0, description="The longest that is waited.")
    cool_down: Duration = Field(
        30.0, ge=0, description="How long the `fallback` answers first after a failure."
    )
