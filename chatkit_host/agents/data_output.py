"""Answers that are data: what the SDK asks of an output type, from a JSON Schema."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from agents import AgentOutputSchemaBase, ModelBehaviorError, UserError
from agents.strict_schema import ensure_strict_json_schema
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from chatkit_host.config.absent import with_absent
from chatkit_host.types.strict import read_json

# Small servers take no schema, and their models like to wrap what they were asked for.
_FENCE = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class DataOutput:
    """What an agent has answered, as data; text of a tool that ended its run is none."""

    value: dict[str, Any]

    def __str__(self) -> str:
        return json.dumps(self.value, ensure_ascii=False, default=str)


class DataOutputSchema(AgentOutputSchemaBase):
    """The schema of an agent's answers.

    Args:
        name: what the model's server is told that it is called.
        schema: a JSON Schema of an object; what is optional in it may be null.
    """

    def __init__(self, name: str, schema: dict[str, Any]) -> None:
        self._name = re.sub("[^a-zA-Z0-9_-]", "_", name)[:64]
        self._schema = schema
        self._validator = Draft202012Validator(schema)
        self._strict = _strict(schema)

    def is_plain_text(self) -> bool:
        return False

    def name(self) -> str:
        return self._name

    def json_schema(self) -> dict[str, Any]:
        return self._strict or self._schema

    def is_strict_json_schema(self) -> bool:
        return self._strict is not None

    def validate_json(self, json_str: str) -> DataOutput:
        """The answer, with null for what is optional and absent.

        Raises:
            ModelBehaviorError: it is not what the schema says.
        """
        fenced = _FENCE.fullmatch(json_str)
        try:
            value = read_json(fenced[1] if fenced else json_str)
        except ValueError:
            raise ModelBehaviorError(f"{self._name}: the answer is no JSON") from None
        wrong = best_match(self._validator.iter_errors(value))
        if wrong is not None:
            raise ModelBehaviorError(f"{self._name}: {wrong.json_path}: {wrong.message}")
        return DataOutput(with_absent(value, self._schema))


def _strict(schema: dict[str, Any]) -> dict[str, Any] | None:
    """The schema as servers hold a model to it; None if it has what they do not take there."""
    try:
        return ensure_strict_json_schema(deepcopy(schema))
    except (UserError, TypeError, ValueError):
        return None
