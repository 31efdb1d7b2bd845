"""Every key of the language, misspelt: one problem, at the key, with the right spelling."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chatkit_host.config import codes
from chatkit_host.config.places import Path as DataPath
from tests.checks.breaking import Broken, at, data_of, has, line_and_column, misspelt, told
from tests.checks.everything import BOTS, fields_of_the_language, places_in

REFUSED = (
    *("Config.tools: HostedTool.approval", "Config.tools: HostedTool.guardrails"),
    *("Config.tools: HostedTool.parameters", "Config.tools: HostedTool.timeout"),
    *("Config.tools: HostedTool.progress", "Config.tools: HostedTool.select"),
    *("Config.tools: HostedTool.widget", "HostedTool.approval: ", "HostedTool.guardrails: "),
    "ClientTool.guardrails: ToolGuardrails.output",
)
"""Fields that no right file has: the model's server runs hosted tools, the page client tools."""


def is_refused(field: str) -> bool:
    """Whether a field that the models have cannot be in a right file."""
    return field.startswith(REFUSED)


def keys() -> list[Any]:
    """A key for each field that is written out in a bot, with the bot and the path."""
    found: dict[str, tuple[Path, DataPath]] = {}
    for bot in BOTS:
        for place in places_in(bot):
            if has(data_of(bot), place.path):
                found.setdefault(place.field, (bot, place.path))
    return [pytest.param(*case, id=field) for field, case in found.items()]


KEYS = keys()


def test_there_is_one_for_each_field_of_the_language() -> None:
    fields = {field for field in fields_of_the_language() if not is_refused(field)}
    written = {case.id for case in KEYS} | {"Config.include"}  # which is gone once it is read
    assert sorted(fields - written) == []
    assert len(KEYS) > 450


@pytest.mark.parametrize(("bot", "path"), KEYS)
def test_a_misspelt_key_gives_one_problem(bot: Path, path: DataPath, tmp_path: Path) -> None:
    key = str(path[-1])
    wrong = misspelt(key)

    def misspell(data: Any) -> None:
        holder = at(data, path[:-1])
        given = {wrong if name == key else name: value for name, value in holder.items()}
        holder.clear()
        holder.update(given)

    broken = Broken(bot, misspell)
    place = line_and_column(broken.places().key((*path[:-1], wrong)))
    [(code, *where, hint)] = told(broken.problems(tmp_path))
    assert (tuple(where), hint) == (place, key)
    assert code in (codes.UNKNOWN_KEY, codes.KIND)
