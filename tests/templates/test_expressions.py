"""Texts and bare expressions: strict, of plain data, known by their names before they run."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from chatkit_host.templates import (
    RenderError,
    TemplateError,
    Use,
    compile_expression,
    compile_text,
    compile_value,
)

SCOPE: dict[str, Any] = {
    "odd": {"a\nERROR: forged": 1, "b c": 2},
    "state": {"cat": {"name": "Mia", "energy": 6}},
    "cart": {"items": [1, 2], "keys": "k"},
    "names": [{"name": "a", "n": 1}, {"name": "b", "n": 2}],
    "now": datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    "nothing": None,
    "plain": {"a": 1},
}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("no template", "no template"),
        ("a { b } {", "a { b } {"),
        ("Hi {{ state.cat.name }}!", "Hi Mia!"),
        ("{{ cart.items | join('+') }}", "1+2"),
        ("{{ cart['keys'] }}", "k"),
        ("{% for k, v in plain.items() %}{{ k }}{{ v }}{% endfor %}", "a1"),
        ("{{ nothing }}", ""),
        ("{{ nothing or 'a snack' }}", "a snack"),
        ("{{ 'x' ~ nothing ~ 1 }}", "x1"),
        ("{{ now }}", "2026-01-02T03:04:00Z"),
        ("{{ nope | default('d') }}", "d"),
        ("{{ state.cat.age | default('d') }}", "d"),
        ("{% if nope is defined %}x{% endif %}", ""),
        ("{{ names | map(attribute='name') }}", "['a', 'b']"),
        ("{{ '<b>' | tojson }}", '"<b>"'),
        ("{{ names | tojson }}", '[{"name": "a", "n": 1}, {"name": "b", "n": 2}]'),
        ("{% if true %}\n  x\n{% endif %}\n", "  x\n"),
    ],
)
def test_text(source: str, text: str) -> None:
    assert compile_text(source).render(SCOPE) == text


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("state.cat", {"name": "Mia", "energy": 6}),
        ("names | map(attribute='n')", [1, 2]),
        ("cart.items", [1, 2]),
        ("'1_000'", "1_000"),
        ("now", "2026-01-02T03:04:00Z"),
        ("not nothing", True),
        ("state.cat.energy + 3", 9),
        ("(1, 2)", [1, 2]),
        ("nothing", None),
    ],
)
def test_expression(source: str, value: Any) -> None:
    assert compile_expression(source).render(SCOPE) == value


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{{ nope }}", "'nope' is not defined"),
        ("{{ state.cat.nmae }}", "the map has no 'nmae'; it has name, energy"),
        ("{{ state.dog.name }}", "the map has no 'dog'; it has cat"),
        ("{{ odd.x }}", r"the map has no 'x'; it has 'a\nERROR: forged', b c"),
        ("{{ nothing.x }}", "none has no 'x'"),
        ("{{ plain['items'] }}", "the map has no 'items'; it has a"),
        ("{% if nope %}x{% endif %}", "'nope' is not defined"),
        ("{{ [plain.x] }}", "the map has no 'x'; it has a"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_what_is_undefined_is_an_error_at_every_depth(source: str, message: str) -> None:
    with pytest.raises(RenderError) as caught:
        compile_text(source).render(SCOPE)
    assert caught.value.message == message


@pytest.mark.parametrize("source", ["plain.x", "[plain.x]", "{'a': {'b': nope}}", "plain.items"])
def test_values_are_plain_data_or_nothing(source: str) -> None:
    with pytest.raises(RenderError):
        compile_expression(source).render(SCOPE)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("{{ x", 1),
        ("a\nb {{ x | nofilter }}", 2),
        ("{% if %}", 1),
        ("\n{% include 'x' %}", 2),
        ("{% for x in %}{% endfor %}", 1),
    ],
)
def test_a_text_that_cannot_be_compiled_says_in_which_line(source: str, line: int) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_text(source)
    assert caught.value.line == line


@pytest.mark.parametrize("source", ["a b", "", "{{ x }}", "x |", "x is nothing_known"])
def test_an_expression_that_cannot_be_compiled(source: str) -> None:
    with pytest.raises(TemplateError):
        compile_expression(source)


def test_names_are_those_that_the_scope_must_give() -> None:
    source = (
        "{% set a = b %}{% for c in d %}{{ a }}{{ c }}{{ loop.index }}{{ range(e) }}{% endfor %}"
    )
    assert compile_text(source).names == {"b", "d", "e"}
    assert compile_expression("a.b + c").names == {"a", "c"}


def test_uses_tell_the_way_and_the_line() -> None:
    uses = compile_text("{{ a.b['c'] }}\n{{ d.e | default(1) }}{{ f[g] }}").uses
    assert uses == (
        Use(("a", "b", "c"), 1),
        Use(("d", "e"), 2, optional=True),
        Use(("f",), 2),
        Use(("g",), 2),
    )


def test_a_value_never_becomes_a_template() -> None:
    scope = {"x": "{{ y }}", "y": "no"}
    assert compile_text("{{ x }}").render(scope) == "{{ y }}"
    assert compile_value({"a": "{{ x }}"}).render(scope) == {"a": "{{ y }}"}


def test_rendering_leaves_the_data_as_it_was() -> None:
    scope = {"x": {"a": [1]}}
    value = compile_expression("x").render(scope)
    value["a"].append(2)
    assert scope == {"x": {"a": [1]}}
