"""The same JSON in gives the same JSON out, here and in the reference."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel

from tests.oracle.reference import MODULES, lets_its_warnings_pass, ours
from tests.oracle.samples import sample
from tests.oracle.test_names import MODELS

pytestmark = lets_its_warnings_pass

# Bases that are never sent, and the generic classes, whose parameters are tested by their users.
NOT_SENT = {"WidgetComponentBase", "Action", "Page"}
SENT = [(room, name) for room, name in MODELS if name not in NOT_SENT]
PICKS = range(0, 24, 2)


def outcomes(model: type[BaseModel], data: Any) -> list[Any]:
    """What comes out of a model for some JSON, dumped in all the ways that are in use."""
    value = model.model_validate_json(json.dumps(data))
    kinds: list[dict[str, Any]] = [
        {"by_alias": alias, "exclude_none": none}
        for alias in (True, False)
        for none in (True, False)
    ]
    kinds += [
        {"exclude_defaults": True},
        {"exclude_unset": True},
        {"exclude_none": True, "indent": 1},
    ]
    return [
        *(json.loads(value.model_dump_json(**kind)) for kind in kinds),
        value.model_dump(mode="json", exclude_none=True),
        json.loads(value.model_dump_json(exclude_none=True, context={"exclude_metadata": True})),
    ]


@pytest.mark.parametrize(("room", "name"), SENT)
@pytest.mark.parametrize("full", [True, False], ids=["full", "least"])
def test_the_same_json_comes_out(room: str, name: str, full: bool) -> None:
    reference, here = getattr(MODULES[room], name), getattr(ours(room), name)
    for pick in PICKS:
        data = sample(reference, pick, full=full)
        assert outcomes(here, data) == outcomes(reference, data), data


@pytest.mark.parametrize(("room", "name"), SENT)
def test_python_input_gives_the_same_json(room: str, name: str) -> None:
    reference, here = getattr(MODULES[room], name), getattr(ours(room), name)
    for pick in PICKS:
        data = sample(reference, pick, full=True)
        assert here.model_validate(data).model_dump(mode="json") == reference.model_validate(
            data
        ).model_dump(mode="json")


def test_generic_classes_give_the_same_json() -> None:
    for module in (MODULES["types"], ours("types")):
        page = module.Page[str](data=["a"], has_more=True, after="a")
        assert page.model_dump() == {"data": ["a"], "has_more": True, "after": "a"}
        assert module.Page[str]().model_dump(exclude_none=True) == {"data": [], "has_more": False}
