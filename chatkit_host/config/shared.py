"""`shared`: what all threads have in common, or all threads of one user."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from chatkit_host.config.schemas import AnySchema
from chatkit_host.config.section import Section
from chatkit_host.config.values import Value


class SharedValue(Section):
    """One value; whatever is no map stands for its default."""

    default: Value = Field(None, description="What it is before anybody has set it.")
    schema_: AnySchema | None = Field(
        None, alias="schema", description="What may be written; anything, if left out."
    )
    per: Literal["all", "user"] = Field("all", description="Everybody's, or each user's own.")

    @model_validator(mode="before")
    @classmethod
    def _from_default(cls, given: Any) -> Any:
        return given if isinstance(given, dict | SharedValue) else {"default": given}
