"""Holds a widget's data against its schema, and completes it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from chatkit_host.widgets.loosened import loosened
from chatkit_host.widgets.problems import DataProblem, WidgetError
from chatkit_host.widgets.quick_check import Check, quick_check
from chatkit_host.widgets.values import Absent

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_SHOWN = 300


class DataSchema:
    """A JSON Schema for the data of one widget."""

    def __init__(
        self,
        schema: dict[str, Any],
        *,
        spare: frozenset[str] = frozenset(),
        read: frozenset[str] = frozenset(),
    ) -> None:
        """A schema, for a template that takes the names `spare` and reads the keys `read`.

        What the schema lacks of them may be given nevertheless.
        """
        self._schema = schema
        self._loosened = loosened(schema, read)
        self._spare = spare - set(_properties(schema))
        self._quick: Check | None = None

    def fit(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A copy of the data with what may be left out filled in; WidgetError if it does not fit.

        The copy is the template's own, which it may change.
        """
        if self._schema:
            self._check({name: value for name, value in data.items() if name not in self._spare})
        completed: dict[str, Any] = _completed(self._schema, data, self._schema)
        return completed

    def problems(self, data: Mapping[str, Any]) -> list[DataProblem]:
        """Everything that is wrong with the data, for somebody who is writing it."""
        if not self._schema:
            return []
        held = {name: value for name, value in data.items() if name not in self._spare}
        return [problem for problem, _ in _problems(self._loosened, held)]

    def _check(self, data: dict[str, Any]) -> None:
        if self._certainly_fits(data):
            return
        problem = _worst(self._loosened, data)
        if problem:
            raise WidgetError(problem)

    def _certainly_fits(self, data: dict[str, Any]) -> bool:
        try:
            if self._quick is None:
                self._quick = quick_check(self._loosened)
            return self._quick(data)
        except (TypeError, AttributeError):  # no good schema: the full validator says why
            return False


def _worst(schema: dict[str, Any], data: Any) -> str | None:
    from jsonschema.exceptions import best_match

    found = _problems(schema, data)
    error = best_match(error for _, error in found if error is not None)
    if error is not None:
        return ".".join(("data", *map(str, error.absolute_path))) + f": {error.message[:_SHOWN]}"
    return found[0][0].message if found else None


def _problems(
    schema: dict[str, Any], data: Any
) -> list[tuple[DataProblem, ValidationError | None]]:
    """Each problem, and the validator's own word for it; the schema's own problem has none."""
    # Slow to import, and seldom needed.
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing.exceptions import Unresolvable

    validator = validator_for(schema, default=Draft202012Validator)
    try:
        validator.check_schema(schema)
        given = _without_optional_none(schema, data, schema)
        errors = list(validator(schema).iter_errors(given))
    except SchemaError as fault:
        message = f"jsonSchema is not a JSON Schema: {fault.message[:_SHOWN]}"
        return [(DataProblem((), message), None)]
    except Unresolvable as fault:
        message = f"jsonSchema refers to what it does not hold: {fault}"
        return [(DataProblem((), message), None)]
    return [
        (DataProblem(tuple(error.absolute_path), error.message[:_SHOWN]), error) for error in errors
    ]


def _completed(schema: Any, value: Any, root: Mapping[str, Any]) -> Any:
    schema = _chosen(schema, value, root)
    if isinstance(value, Mapping):
        properties = _properties(schema)
        done = {
            name: _completed(properties.get(name), entry, root) for name, entry in value.items()
        }
        for name, its_schema in properties.items():
            if name not in done:
                done[name] = _left_out(name, its_schema)
        return done
    if isinstance(value, list | tuple):
        items = schema.get("items")
        return [_completed(items, entry, root) for entry in value]
    return value


def _left_out(name: str, schema: Any) -> Any:
    if isinstance(schema, Mapping) and "default" in schema:
        return deepcopy(schema["default"])
    return Absent(name=name)


def _without_optional_none(schema: Any, value: Any, root: Mapping[str, Any]) -> Any:
    """A model's `None` for a field that may be left out says that it is."""
    schema = _chosen(schema, value, root)
    if isinstance(value, Mapping):
        properties, required = _properties(schema), schema.get("required", ())
        return {
            name: _without_optional_none(properties.get(name), entry, root)
            for name, entry in value.items()
            if entry is not None or name not in properties or name in required
        }
    if isinstance(value, list | tuple):
        items = schema.get("items")
        return [_without_optional_none(items, entry, root) for entry in value]
    return value


def _chosen(schema: Any, value: Any, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that speaks of `value`: behind a reference, or the alternative of its kind."""
    found = _mapping(schema)
    reference = found.get("$ref")
    for _ in range(8):  # a reference to a reference; never round in a circle
        if not isinstance(reference, str) or not reference.startswith("#/"):
            break
        found = root
        for step in reference[2:].split("/"):
            found = _mapping(found.get(step.replace("~1", "/").replace("~0", "~")))
        reference = found.get("$ref")
    alternatives = found.get("anyOf") or found.get("oneOf") or ()
    kind = "object" if isinstance(value, Mapping) else "array"
    for alternative in alternatives:
        if _mapping(alternative).get("type") == kind or "$ref" in _mapping(alternative):
            return _chosen(alternative, value, root)
    return found


def _mapping(schema: Any) -> Mapping[str, Any]:
    return schema if isinstance(schema, Mapping) else {}


def property_names(schema: Any) -> frozenset[str]:
    """The names that a schema gives the data."""
    return frozenset(_properties(schema))


def _properties(schema: Any) -> Mapping[str, Any]:
    return _mapping(_mapping(schema).get("properties"))
