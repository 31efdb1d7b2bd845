"""The checks know the components by a file of their own, which must be that of the models."""

from __future__ import annotations

from typing import get_args

import chatkit_host.components as room
from chatkit_host.checks.props import known
from chatkit_host.checks.widget_trees import ROOTS
from tests.checks.props import table


def test_the_props_are_those_of_the_models() -> None:
    assert known() == table(), "write them anew: python -m tests.checks.props"


def test_the_roots_are_those_of_the_models() -> None:
    assert set(ROOTS) == set(get_args(room.DynamicWidgetRoot.model_fields["type"].annotation))
