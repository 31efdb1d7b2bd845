"""Where a value came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatkit_host.config import load
from chatkit_host.config.explain import Explained, explain
from chatkit_host.errors import ConfigError
from tests.config.loading import AGENT


def explained(
    folder: Path, text: str, path: str, environ: dict[str, str] | None = None
) -> list[Explained]:
    (folder / "f.yaml").write_text(AGENT + text)
    return explain(load(folder / "f.yaml", environ or {}), path)


def place(found: Explained) -> str:
    return "default" if found.place is None else str(found.place).rpartition("/")[2]


def test_a_value_of_the_file_has_its_place(tmp_path: Path) -> None:
    [found] = explained(tmp_path, "name: Shop\n", "name")
    assert (found.value, place(found)) == ("Shop", "f.yaml:2:7")


def test_what_the_file_does_not_say_is_a_default(tmp_path: Path) -> None:
    [found] = explained(tmp_path, "", "server.port")
    assert (found.value, place(found)) == (8000, "default")


def test_a_short_form_is_told_in_its_long_one(tmp_path: Path) -> None:
    found = explained(tmp_path, "models: { m: openai/gpt }\n", "models.m")
    told = {each.path[-1]: (each.value, place(each)) for each in found}
    assert told["model"] == ("gpt", "f.yaml:2:14")
    assert told["provider"] == ("openai", "f.yaml:2:14")


def test_a_variable_is_named(tmp_path: Path) -> None:
    [found] = explained(tmp_path, 'name: "${SHOP} of ${TOWN:-Rome}"\n', "name", {"SHOP": "Tea"})
    assert (found.value, found.variables) == ("Tea of Rome", ("SHOP", "TOWN"))


def test_a_value_of_an_included_file_has_its_place_there(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text('\nname: "${SHOP}"\n')
    [found] = explained(tmp_path, "include: more.yaml\n", "name", {"SHOP": "Tea"})
    assert (place(found), found.variables) == ("more.yaml:2:7", ("SHOP",))


def test_names_with_dots_and_places_in_lists_are_found(tmp_path: Path) -> None:
    text = "actions: { a.b: { from: page, steps: [{ message: Hi }, stop] } }\n"
    [found] = explained(tmp_path, text, "actions.a.b.steps[0].message.text")
    assert (found.value, place(found)) == ("Hi", "f.yaml:2:50")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("sever.port", "there is no 'sever.port'; did you mean 'server'?"),
        ("server.prt", "server has no 'prt'; did you mean 'server.port'?"),
        ("name.x", "name has no 'x'; it has no parts"),
        ("plugins[3]", "plugins has no '[3]'; it has no parts"),
    ],
)
def test_a_path_that_leads_nowhere_is_told(tmp_path: Path, path: str, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        explained(tmp_path, "", path)
    assert str(error.value) == said
