"""Whatever is done to a right file: it is right still, or its problems lie in it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatkit_host.checks import check_file
from chatkit_host.config import ConfigProblems, Problem, codes
from chatkit_host.config.yaml import parse
from tests.properties.profile import tries

ROOT = Path(__file__).parents[2]
BOTS = (
    ROOT / "chatkit.yaml",
    ROOT / "tests" / "config" / "whole.yaml",
    *sorted((ROOT / "tests" / "checks" / "bots").glob("*.yaml")),
)
TEXTS = {bot: bot.read_text(encoding="utf-8") for bot in BOTS}

ODD: st.SearchStrategy[Any] = st.sampled_from(
    (
        *(None, True, 0, -1, 10**30, 1.5, "", " ", "x", "{{ x }}", "{{ x", "${X}", "a/b"),
        *([], {}, [[]], [None], {"": None}, {"type": None}, {"file": "x"}, {"file": 3}),
        *({"for": "x"}, {"for": "x in y", "yield": 1}, {"if": 3}, "stop", "é", "\u202e"),
    )
)
"""Values that stand where others are wanted."""

KEYS = st.sampled_from(("", "x", "type", "file", "if", "for", "yield", "<<", "x-a", "0", "steps"))


def paths_of(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value but the whole."""
    inner: list[tuple[str | int, Any]] = []
    if isinstance(data, dict):
        inner = list(data.items())
    elif isinstance(data, list):
        inner = list(enumerate(data))
    for key, value in inner:
        yield (*path, key)
        yield from paths_of(value, (*path, key))


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A right file's data, with a few values taken out, doubled, or replaced."""
    data, _, _ = parse(TEXTS[draw(st.sampled_from(BOTS))], "f.yaml")
    for _ in range(draw(st.integers(1, 4))):
        paths = list(paths_of(data))
        if not paths:
            break
        _mutate(draw, data, draw(st.sampled_from(paths)), paths)
    return data


def _mutate(draw: st.DrawFn, data: Any, path: tuple[Any, ...], paths: list[Any]) -> None:
    holder = value_at(data, path[:-1])
    match draw(st.sampled_from(("delete", "retype", "move", "rename", "double"))):
        case "delete":
            del holder[path[-1]]
        case "retype":
            holder[path[-1]] = deepcopy(draw(ODD))
        case "move":
            # A copy, or what holds the place would hold itself.
            other = value_at(data, draw(st.sampled_from(paths)))
            holder[path[-1]] = deepcopy(other)
        case "rename" if isinstance(holder, dict):
            holder[draw(KEYS)] = holder.pop(path[-1])
        case "double" if isinstance(holder, list):
            holder.append(deepcopy(holder[path[-1]]))


def value_at(data: Any, path: tuple[Any, ...]) -> Any:
    """The value at a path that is there."""
    for key in path:
        data = data[key]
    return data


@st.composite
def scribbled(draw: st.DrawFn) -> str:
    """A right file's text, with a few lines taken out, doubled or moved, and odd signs put in."""
    lines = TEXTS[draw(st.sampled_from(BOTS))].splitlines()
    for _ in range(draw(st.integers(1, 4))):
        if not lines:
            break
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("delete", "double", "indent", "sign", "cut"))):
            case "delete":
                lines.pop(at)
            case "double":
                lines.insert(at, lines[at])
            case "indent":
                lines[at] = draw(st.sampled_from((" ", "  ", "\t", "- "))) + lines[at]
            case "sign":
                column = draw(st.integers(0, len(lines[at])))
                sign = draw(st.sampled_from("{}[]:,'\"&*!|>%@`#?-\t\x00\ufeff\u2028é"))
                lines[at] = lines[at][:column] + sign + lines[at][column:]
            case _:
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
    return "\n".join(lines)


@pytest.mark.parametrize("bot", BOTS, ids=lambda bot: bot.name)
def test_the_bots_are_there(bot: Path) -> None:
    assert len(list(paths_of(parse(TEXTS[bot], "f.yaml")[0]))) > 3


@tries(150)
@given(mutated())
def test_a_file_with_other_values_is_right_or_told_what_is_wrong(data: Any) -> None:
    check_text(json.dumps(data, indent=1, ensure_ascii=False))


@tries(150)
@given(scribbled())
def test_a_file_with_other_signs_is_right_or_told_what_is_wrong(text: str) -> None:
    check_text(text)


def check_text(text: str) -> None:
    """Loads and checks a text, and looks at the places of its problems."""
    folder = Path(tempfile.mkdtemp())
    try:
        file = folder / "chatkit.yaml"
        file.write_text(text, encoding="utf-8", errors="surrogatepass")
        look_at(file)
    finally:
        shutil.rmtree(folder)


def look_at(file: Path) -> None:
    """Checks a file; every problem has a place in it, a code, and words."""
    lines = file.read_text(encoding="utf-8-sig").splitlines() or [""]
    for problem in problems_of(file):
        place = problem.place
        assert place.file == str(file), problem
        assert 1 <= place.line <= len(lines), problem
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, problem
        assert problem.code in codes.MEANINGS, problem
        assert problem.message.strip(), problem
        assert "nput should" not in problem.message, f"pydantic's words: {problem}"


def problems_of(file: Path) -> list[Problem]:
    """The problems of a file; one that cannot be used has some."""
    try:
        check_file(file, {})
    except ConfigProblems as error:
        return error.problems or pytest.fail("no problem is told")
    return []
