"""Actions: what a widget offers and what comes back."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import BaseModel, ValidationError

from chatkit_host.actions import Action, ActionConfig


class Order(BaseModel):
    item: str


OrderAction = Action[Literal["order"], Order]


def test_create_gives_the_config_of_a_named_action() -> None:
    config = OrderAction.create(Order(item="tea"), loading_behavior="self", streaming=False)
    assert config == ActionConfig(
        type="order",
        payload=Order(item="tea"),
        handler="server",
        loadingBehavior="self",
        streaming=False,
    )


@pytest.mark.parametrize("generic", [Action, Action[str, Any], Action[Literal["a", "b"], Any]])
def test_create_needs_one_type(generic: Any) -> None:
    with pytest.raises(TypeError, match="no single type"):
        generic.create(None)


def test_a_named_action_knows_its_type() -> None:
    assert OrderAction(payload=Order(item="tea")).type == "order"
    assert OrderAction.model_validate({"payload": {"item": "tea"}}).type == "order"


def test_a_named_action_takes_no_other_type() -> None:
    with pytest.raises(ValidationError):
        OrderAction.model_validate({"type": "other", "payload": {"item": "tea"}})


def test_an_open_action_needs_a_type() -> None:
    assert Action[str, Any].model_validate({"type": "x"}).payload is None
    with pytest.raises(ValidationError):
        Action[str, Any].model_validate({"payload": 1})


def test_an_action_keeps_its_type() -> None:
    action = OrderAction(payload=Order(item="tea"))
    with pytest.raises(ValidationError, match="frozen"):
        action.type = "order"  # type: ignore[misc]


def test_a_config_keeps_what_it_does_not_know() -> None:
    config = ActionConfig.model_validate({"type": "x", "later": {"a": 1}})
    assert config.model_dump()["later"] == {"a": 1}
