"""YAML as this language reads it: 1.2's core scalars, JSON's types, true places."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.config import ConfigProblems
from chatkit_host.config.yaml import MOST_VALUES, parse


def data_of(text: str) -> Any:
    data, _, found = parse(text, "f.yaml")
    assert found.problems == []
    return data


def lines_of(text: str) -> list[str]:
    try:
        return [problem.line for problem in parse(text, "f.yaml")[2].problems]
    except ConfigProblems as error:
        return [problem.line for problem in error.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("yes", "yes"),
        ("No", "No"),
        ("12:35", "12:35"),
        ("2026-02-04", "2026-02-04"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("-12", -12),
        ("007", 7),
        ("0x1F", 31),
        ("0o17", 15),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("|\n  12", "12"),
    ],
)
def test_scalars(text: str, value: Any) -> None:
    assert data_of(f"a: {text}") == {"a": value}


def test_a_plain_question_mark_in_a_flow_map_is_text() -> None:
    assert data_of("{a: What is it?, b: why? because}") == {"a": "What is it?", "b": "why? because"}


def test_keys_are_text_as_written() -> None:
    assert data_of("on: 1\n2: b\ntrue: c") == {"on": 1, "2": "b", "true": "c"}


def test_places_are_those_of_the_text_also_through_aliases_and_merges() -> None:
    _, places, _ = parse("x: &a {q: 1, r: 2}\ny: {<<: *a, r: 3}\nz: [*a]\n", "f.yaml")
    assert str(places.value(("y", "q"))) == "f.yaml:1:11"
    assert str(places.value(("y", "r"))) == "f.yaml:2:16"
    assert str(places.value(("z", 0, "r"))) == "f.yaml:1:17"
    assert str(places.key(("y", "r"))) == "f.yaml:2:13"


def test_columns_count_characters() -> None:
    _, places, _ = parse("a: { ü: 'é', b: 1 }", "f.yaml")
    assert str(places.key(("a", "b"))) == "f.yaml:1:14"


def test_lines_inside_a_block_are_exact() -> None:
    _, places, _ = parse("a:\n  b: |\n    one\n      two\n", "f.yaml")
    assert str(places.inside(("a", "b"), 1)) == "f.yaml:3:5"
    assert str(places.inside(("a", "b"), 2)) == "f.yaml:4:7"


def test_merges_take_lists_and_the_first_wins() -> None:
    text = "a: &a {q: 1}\nb: &b {q: 2, r: 2, <<: {s: 9}}\nc: {<<: [*a, *b]}"
    assert data_of(text)["c"] == {"q": 1, "r": 2, "s": 9}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "a: 1\nb: 2\na: 3",
            "f.yaml:3:1: a: 'a' stands twice in this map; the first is in line 1; keep one [CK003]",
        ),
        (
            "a: {{ x }}",
            (
                "f.yaml:1:4: a: a value that begins with {{ is a map to YAML; "
                'quote it: "{{ … }}" [CK006]'
            ),
        ),
        (
            "a: {{ x }} and more",
            'f.yaml:1:4: {{ begins a map to YAML; quote the whole value: "…" [CK006]',
        ),
        (
            "{a: ${X}}",
            'f.yaml:1:5: ${ begins a map to YAML; quote the whole value: "…" [CK006]',
        ),
        (
            "a:\n\t- b",
            (
                "f.yaml:2:1: this character cannot begin a value; "
                "YAML indents with spaces, never with tabs [CK002]"
            ),
        ),
        (
            "a: b: c",
            (
                "f.yaml:1:5: a second ': ' in one line; "
                "quote the value if it has a ': ' in it, or check the indentation [CK002]"
            ),
        ),
        ("a: 'x", "f.yaml:1:4: a quote is not closed [CK002]"),
        (
            "a: 1\nb: {c: 1\nd: 2\n",
            "f.yaml:2:4: a map in {…} is not closed, or a comma is missing [CK002]",
        ),
        (
            "a: 1\n---\nb: 2",
            "f.yaml:3:1: a second document begins here; one file holds one bot [CK002]",
        ),
        ("a: !mine b", "f.yaml:1:4: a: the tag '!mine' has no meaning here; leave it out [CK004]"),
        ("a: [.inf]", "f.yaml:1:5: a[0]: JSON has no number .inf; quote it [CK004]"),
        ("[a]: b", "f.yaml:1:1: a key must be text [CK004]"),
        (
            'a: "\\d"',
            (
                "f.yaml:1:5: an escape that double quotes do not know; "
                "use single quotes, which know no escapes [CK002]"
            ),
        ),
        (
            "a: *b",
            (
                "f.yaml:1:4: there is no anchor 'b'; "
                "write & and the name before what it stands for, above this line [CK002]"
            ),
        ),
        (
            "x: [&plant 1, {y: &pot 2}]\na: [ *plnt]",
            "f.yaml:2:6: there is no anchor 'plnt'; did you mean 'plant'? [CK002]",
        ),
        (
            "a: &a [*a]",
            "f.yaml:1:1: an alias stands inside of what it names, and would never end [CK005]",
        ),
        ("a: {<<: 3}", "f.yaml:1:9: a: '<<' takes a map, or a list of maps [CK002]"),
    ],
)
def test_mistakes(text: str, line: str) -> None:
    assert lines_of(text) == [line]


def test_a_few_aliases_cannot_stand_for_a_huge_file() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    found = f"f.yaml:1:1: the file stands for more than {MOST_VALUES:,} values [CK005]"
    assert lines_of("\n".join(lines)) == [found]


def test_depth_is_capped() -> None:
    [line] = lines_of("a: " + "[" * 90 + "]" * 90)
    assert "nested" in line


def test_binary_is_refused_in_words() -> None:
    [line] = lines_of("a: \x00")
    assert line.endswith("[CK002]")
