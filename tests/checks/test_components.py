"""The checks know the components by a list of their own, which must be that of the models."""

from __future__ import annotations

from typing import get_args

import chatkit_host.components as room
from chatkit_host.checks.widget_trees import COMPONENTS, ROOTS
from chatkit_host.components.base import WidgetComponentBase


def test_the_list_is_that_of_the_models() -> None:
    models = [getattr(room, name) for name in room.__all__]
    types = {
        name
        for model in models
        if isinstance(model, type) and issubclass(model, WidgetComponentBase)
        for name in get_args(model.model_fields["type"].annotation)
    }
    assert types == COMPONENTS
    assert set(ROOTS) == set(get_args(room.DynamicWidgetRoot.model_fields["type"].annotation))
