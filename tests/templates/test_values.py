"""Trees with templates in their leaves, and `for:`, `if:` and `yield:` in their maps."""

from __future__ import annotations

from typing import Any

import pytest

from chatkit_host.templates import RenderError, TemplateError, compile_value

SCOPE: dict[str, Any] = {
    "names": [{"name": "a"}, {"name": "b"}],
    "pairs": {"x": 1, "y": 2},
    "yes": True,
    "no": False,
    "n": 3,
}


@pytest.mark.parametrize(
    ("tree", "value"),
    [
        ("{{ n }}", 3),
        ("  {{ n }}\n", 3),
        ("{{ n }}{{ n }}", "33"),
        ("n is {{ n }}", "n is 3"),
        ({"a": [1, None, True, "{{ n }}"]}, {"a": [1, None, True, 3]}),
        (
            [0, {"for": "each in names", "type": "T", "v": "{{ each.name }}"}],
            [0, {"type": "T", "v": "a"}, {"type": "T", "v": "b"}],
        ),
        ({"for": "each in names", "yield": "{{ each.name }}"}, ["a", "b"]),
        ({"c": {"for": "k, v in pairs | items", "yield": "{{ k }}{{ v }}"}}, {"c": ["x1", "y2"]}),
        ([{"if": "no", "a": 1}, {"if": "yes", "a": 2}], [{"a": 2}]),
        ({"a": {"if": "no", "b": 1}, "c": {"if": True, "d": 2}}, {"c": {"d": 2}}),
        ({"if": "no", "a": 1}, None),
        ([{"if": "yes", "yield": "{{ n }}"}], [3]),
        (
            [{"for": "e in names", "if": "e.name == 'b'", "yield": "{{ loop.index }}"}],
            [2],
        ),
        ([{"for": "k in pairs", "yield": "{{ k }}"}], ["x", "y"]),
        (
            [{"for": "a in [1, 2]", "yield": [{"for": "b in [a, n]", "yield": "{{ b }}"}]}],
            [[1, 3], [2, 3]],
        ),
        ({"yield": 1}, {"yield": 1}),
    ],
)
def test_trees(tree: Any, value: Any) -> None:
    assert compile_value(tree).render(SCOPE) == value


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"a": ["x", "{{ x"]}, ("a", 1)),
        ({"a": {"if": "{{ x }}", "b": 1}}, ("a", "if")),
        ([{"for": "x of y"}], (0, "for")),
        ([{"for": "x in"}], (0, "for")),
        ([{"for": "x in y |", "yield": 1}], (0, "for")),
        ({"a": {"if": "x", "yield": 1, "b": 2}}, ("a",)),
        ([{"for": 3}], (0, "for")),
    ],
)
def test_mistakes_say_where_in_the_tree_they_are(tree: Any, path: tuple[Any, ...]) -> None:
    with pytest.raises(TemplateError) as caught:
        compile_value(tree)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        ([{"for": "x in n", "yield": 1}], "`for` cannot go through 3: it is not a list"),
        ([{"for": "a, b in names", "yield": 1}], "{'name': 'a'} is not 2 values"),
        ({"a": "{{ names[0].nam }}"}, "the map has no 'nam'; it has name"),
    ],
)
def test_what_the_data_does_not_fit(tree: Any, message: str) -> None:
    with pytest.raises(RenderError) as caught:
        compile_value(tree).render(SCOPE)
    assert caught.value.message == message


def test_names_leave_out_what_loops_bind() -> None:
    tree = [{"for": "x in xs", "if": "x.ok and y", "yield": "{{ x }}{{ z }}{{ loop.index }}"}]
    assert compile_value(tree).names == {"xs", "y", "z"}


def test_loops_within_loops_cannot_go_round_without_end() -> None:
    row = {"for": "b in many", "yield": "{{ b }}"}
    tree = compile_value([{"for": "a in many", "yield": [row]}])
    with pytest.raises(RenderError, match="rounds of `for`"):
        tree.render({"many": list(range(1000))})
