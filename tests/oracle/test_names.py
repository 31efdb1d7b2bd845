"""Every name that the reference defines is here, with the same fields and the same signature."""

from __future__ import annotations

import inspect
from enum import Enum
from typing import Any, TypeVar

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined
from typing_extensions import is_typeddict

from tests.oracle.annotations import canonical, hints
from tests.oracle.reference import MODULES, defined_names, lets_its_warnings_pass, ours

pytestmark = lets_its_warnings_pass

NAMES = [(room, name) for room, module in MODULES.items() for name in defined_names(module)]


def both(room: str, name: str) -> tuple[Any, Any]:
    return getattr(MODULES[room], name), getattr(ours(room), name)


def of_kind(kind: type) -> list[tuple[str, str]]:
    found = [(room, name, getattr(MODULES[room], name)) for room, name in NAMES]
    return [
        (room, name) for room, name, it in found if isinstance(it, type) and issubclass(it, kind)
    ]


MODELS = of_kind(BaseModel)
TYPED_DICTS = [(room, name) for room, name in NAMES if is_typeddict(getattr(MODULES[room], name))]


def test_the_reference_has_names_at_all() -> None:
    assert len(MODELS) > 120
    assert len(TYPED_DICTS) > 10


@pytest.mark.parametrize(("room", "name"), NAMES)
def test_a_name_is_here(room: str, name: str) -> None:
    assert hasattr(ours(room), name)


@pytest.mark.parametrize(("room", "name"), MODELS)
def test_a_model_has_the_same_fields_in_the_same_order(room: str, name: str) -> None:
    reference, here = both(room, name)
    assert [each for each in here.model_fields if each in reference.model_fields] == list(
        reference.model_fields
    )


def added_to(reference: type[BaseModel], here: type[BaseModel]) -> set[str]:
    return set(here.model_fields) - set(reference.model_fields)


@pytest.mark.parametrize(("room", "name"), MODELS)
def test_only_the_npm_package_adds_props(room: str, name: str) -> None:
    reference, here = both(room, name)
    added = {
        "Card": {"border"},
        "BasicRoot": {"theme", "direction", "gap", "padding", "align", "justify"},
    }
    assert added_to(reference, here) == added.get(name, set())


@pytest.mark.parametrize(("room", "name"), MODELS)
def test_a_field_has_the_same_default(room: str, name: str) -> None:
    reference, here = both(room, name)
    for field_name, field in reference.model_fields.items():
        assert default_of(here.model_fields[field_name]) == default_of(field), field_name


def default_of(field: Any) -> Any:
    if field.is_required():
        return PydanticUndefined
    default = field.get_default(call_default_factory=True)
    if isinstance(default, TypeVar):
        return f"~{default.__name__}"
    return default.model_dump() if isinstance(default, BaseModel) else default


@pytest.mark.parametrize(("room", "name"), MODELS)
def test_a_field_takes_the_same_values(room: str, name: str) -> None:
    reference, here = both(room, name)
    theirs, mine = hints(reference), hints(here)
    for field_name in reference.model_fields:
        assert canonical(mine[field_name]) == canonical(theirs[field_name]), field_name


@pytest.mark.parametrize(("room", "name"), TYPED_DICTS)
def test_a_typed_dict_has_the_same_keys(room: str, name: str) -> None:
    reference, here = both(room, name)
    assert here.__required_keys__ == reference.__required_keys__
    theirs, mine = hints(reference), hints(here)
    assert {key: canonical(each) for key, each in mine.items()} == {
        key: canonical(each) for key, each in theirs.items()
    }


ALIASES = [
    (room, name)
    for room, name in NAMES
    if not isinstance(getattr(MODULES[room], name), type)
    and not callable(getattr(MODULES[room], name))
    and room in ("types", "widgets", "actions", "icons")
]


@pytest.mark.parametrize(("room", "name"), ALIASES)
def test_an_alias_allows_the_same_values(room: str, name: str) -> None:
    reference, here = both(room, name)
    if isinstance(reference, str):
        assert here == reference
    else:
        assert canonical(here) == canonical(reference)


FUNCTIONS = [("types", "is_streaming_req")]
METHODS = [
    ("actions", "Action", "create"),
    ("widgets", "WidgetTemplate", "build"),
    ("widgets", "WidgetTemplate", "build_basic"),
    ("widgets", "WidgetTemplate", "from_file"),
    ("widgets", "WidgetTemplate", "__init__"),
    ("errors", "StreamError", "__init__"),
    ("errors", "CustomStreamError", "__init__"),
]


def parameters(function: Any) -> list[tuple[str, Any, Any]]:
    return [
        (each.name, each.kind, each.default)
        for each in inspect.signature(function).parameters.values()
    ]


@pytest.mark.parametrize(("room", "name"), FUNCTIONS)
def test_a_function_takes_the_same_parameters(room: str, name: str) -> None:
    reference, here = both(room, name)
    assert parameters(here) == parameters(reference)


@pytest.mark.parametrize(("room", "name", "method"), METHODS)
def test_a_method_takes_the_same_parameters(room: str, name: str, method: str) -> None:
    reference, here = both(room, name)
    assert parameters(getattr(here, method)) == parameters(getattr(reference, method))


def test_error_codes_mean_the_same() -> None:
    reference, here = both("errors", "ErrorCode")
    assert issubclass(here, Enum)
    assert [(each.name, each.value, str(each)) for each in here] == [
        (each.name, each.value, str(each)) for each in reference
    ]
    for table in ("DEFAULT_STATUS", "DEFAULT_ALLOW_RETRY"):
        theirs, mine = both("errors", table)
        assert {each.value: value for each, value in mine.items()} == {
            each.value: value for each, value in theirs.items()
        }
