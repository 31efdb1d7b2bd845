"""Any JSON that a model of the protocol takes, made from the model's annotations."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Required, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import AnyUrl, BaseModel
from typing_extensions import TypeVar, is_typeddict

from tests.oracle.annotations import hints

Strategy = st.SearchStrategy[Any]

DEEP = 3
"""Models inside models; beyond this, what nests least is chosen."""

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
WHOLE = st.integers(-(2**53), 2**53)
BROKEN = st.floats(allow_nan=False, allow_infinity=False)
SOME = st.recursive(
    st.booleans() | WHOLE | BROKEN | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
# Widgets leave None out at every depth, of lists too: what is left then stands elsewhere.
ANY = st.none() | SOME | st.dictionaries(TEXT, st.none() | SOME, max_size=2)
TIMES = st.integers(0, 2**32).map(lambda at: datetime.fromtimestamp(at, UTC).isoformat())
PLAIN: dict[Any, Strategy] = {
    str: TEXT,
    int: WHOLE,
    float: BROKEN,
    bool: st.booleans(),
    datetime: TIMES,
    AnyUrl: st.sampled_from(["https://example.com/a?b=c", "http://127.0.0.1:8/%C3%A4"]),
    Any: ANY,
    NoneType: st.none(),
}


@cache
def json_of(annotation: Any, depth: int = 0) -> Strategy:
    """JSON for an annotation: a model, a union, a type of Python's."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin in (NotRequired, Required):
        return json_of(args[0], depth)
    if origin is Annotated:
        return _annotated(args, depth)
    if origin in (Union, UnionType):
        return st.one_of([json_of(each, depth) for each in _affordable(args, depth)])
    if origin is Literal:
        return st.one_of([_literal(value) for value in args])
    if origin is list:
        return st.lists(json_of(args[0], depth), max_size=0 if depth > DEEP else 2)
    if origin is dict:
        return st.dictionaries(TEXT, json_of(args[1], depth), max_size=2)
    return _simple(annotation, depth)


def _annotated(args: tuple[Any, ...], depth: int) -> Strategy:
    pattern = next((getattr(note, "pattern", None) for note in args[1:]), None)
    if pattern is None:
        return json_of(args[0], depth)
    return TEXT.map(lambda text: f"{str(pattern).removeprefix('^')}{text}")


def _literal(value: Any) -> Strategy:
    return st.just(value) if get_origin(value) is not Literal else json_of(value)


def _simple(annotation: Any, depth: int) -> Strategy:
    if annotation in PLAIN:
        return PLAIN[annotation]
    if isinstance(annotation, TypeVar):
        return TEXT
    if is_typeddict(annotation):
        return _typed_dict(annotation, depth)
    if issubclass(annotation, Enum):
        return st.sampled_from([each.value for each in annotation])
    return st.deferred(lambda: _model(annotation, depth + 1))


def _typed_dict(annotation: Any, depth: int) -> Strategy:
    keys = {name: json_of(each, depth) for name, each in hints(annotation).items()}
    return _dictionary(keys, annotation.__required_keys__, extra=True)


def _model(model: type[BaseModel], depth: int) -> Strategy:
    annotations = hints(model)
    fields: dict[str, Strategy] = {}
    required = set()
    for name, field in model.model_fields.items():
        key = str(field.validation_alias or field.alias or name)
        needed = field.is_required() or name == "type"
        # None is left out of what is encoded, and what needs a value (hidden context) has one.
        bare = needed and annotations[name] is Any
        fields[key] = SOME if bare else json_of(annotations[name], depth)
        required |= {key} if needed else set()
    return _dictionary(fields, required, extra=model.model_config.get("extra") == "allow")


def _dictionary(fields: dict[Any, Strategy], required: Any, *, extra: bool) -> Strategy:
    needed = {name: each for name, each in fields.items() if name in required}
    optional = {name: each for name, each in fields.items() if name not in required}
    if extra:
        optional["prop_of_the_future"] = ANY
    return st.fixed_dictionaries(needed, optional=optional)


def _affordable(alternatives: tuple[Any, ...], depth: int) -> list[Any]:
    """All of them; deep down, those that hold no others."""
    if depth <= DEEP:
        return list(alternatives)
    flat = [each for each in alternatives if not _holds_others(each)]
    return flat or [alternatives[0]]


def _holds_others(annotation: Any) -> bool:
    if get_origin(annotation) in (Annotated, Union, UnionType, list):
        return any(map(_holds_others, get_args(annotation)))
    return "children" in getattr(annotation, "model_fields", {})
