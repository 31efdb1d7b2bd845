"""What every section of chatkit.yaml has in common: frozen, no unknown keys, a short form."""

from __future__ import annotations

from typing import Any, ClassVar, Self, cast

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


def is_free(key: object) -> bool:
    """Whether a key begins with `x-`: a home for anchors, of no meaning to us."""
    return isinstance(key, str) and key.startswith("x-")


class Section(BaseModel):
    """One object of chatkit.yaml.

    `short` names the field that a bare string fills (rule 4 of the language: short form first).
    `later` holds keys of the whole language that this version does not know yet, so that the
    error can say so instead of calling them a mistake.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True
    )

    short: ClassVar[str | None] = None
    later: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def left_out(cls) -> Self:
        """What the section is where the file does not have it: its defaults.

        As a default itself it must not cost what building a validator costs, so it has none built.
        """
        return cast("Self", cls.model_construct())

    @classmethod
    def expand(cls, text: str) -> Any:
        """The long form of a bare string: what goes into the model in its place."""
        return {cls.short: text} if cls.short else text

    @model_validator(mode="before")
    @classmethod
    def _from_short(cls, given: Any) -> Any:
        if isinstance(given, dict):
            return {key: value for key, value in given.items() if not is_free(key)}
        return cls.expand(given) if isinstance(given, str) else given

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        long = handler(core_schema)
        return {"anyOf": [cls.short_schema(), long]} if cls.short else long

    @classmethod
    def short_schema(cls) -> dict[str, Any]:
        """The JSON Schema of the short form."""
        return {"type": "string"}
