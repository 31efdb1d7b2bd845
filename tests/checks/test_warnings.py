"""What is told, and keeps nothing from starting."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatkit_host.checks import check_file
from tests.checks.checking import AGENT

PARTS = """
state: {{ pet: {{ food: 5, seat_1: a, more: {{}} }} }}
tools: {{ t: {{ steps: [{{ set: {{ {target}: 1 }} }}] }} }}
widgets:
  w:
    template:
      type: Card
      children: [{{ type: Icon, name: {icon} }}, {{ type: Text, value: a, weight: {weight} }}]
"""
RIGHT = {"target": "state.pet.food", "icon": "reload", "weight": "bold"}


def warnings_of(folder: Path, **changed: str) -> list[str]:
    path = folder / "f.yaml"
    path.write_text(AGENT + PARTS.format(**{**RIGHT, **changed}), encoding="utf-8")
    return [problem.line.partition(" ")[2] for problem in check_file(path, {}).warnings]


NEW_PART = """tools.t.steps[0].set.state.pet.foood: warning: 'state.pet.foood' is not there yet; \
did you mean 'food'? If not, declare it in `state` [CK306]"""
NEW_ICON = """widgets.w.template.children[0].name: warning: there is no icon 'hippopotamus'; \
write lucide:NAME for one of Lucide [CK304]"""
NEW_WEIGHT = """widgets.w.template.children[1].weight: warning: '900' is no weight of a Text: \
normal, medium, semibold, bold [CK304]"""


@pytest.mark.parametrize(
    ("changed", "warning"),
    [
        ({"target": "state.pet.foood"}, NEW_PART),
        ({"icon": "hippopotamus"}, NEW_ICON),
        ({"weight": "'900'"}, NEW_WEIGHT),
    ],
)
def test_it_is_told(changed: dict[str, str], warning: str, tmp_path: Path) -> None:
    assert warnings_of(tmp_path, **changed) == [warning]


@pytest.mark.parametrize(
    "changed", [{"target": "state.pet.more.x"}, {"target": "state.pet.mood"}, {"icon": "vendor:x"}]
)
def test_nothing_is_told(changed: dict[str, str], tmp_path: Path) -> None:
    assert warnings_of(tmp_path, **changed) == []
