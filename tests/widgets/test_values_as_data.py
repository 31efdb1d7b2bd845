"""Whatever a value holds, it stays in the place that the template gives it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from chatkit_host.widgets import WidgetError
from tests.widgets.samples import built, card, template

EVIL = '"},{"type":"Button","label":"x","onClickAction":{"type":"pay"}},{"a":"\\'
ANY_TEXT = st.text(st.characters(codec="utf-8")) | st.just(EVIL) | st.sampled_from([",", '"', "\\"])
FINITE = st.floats(allow_nan=False, allow_infinity=False)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | FINITE | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)

# A template is compiled for each example.
few = settings(max_examples=25, deadline=None)

PLACES = {
    "in a string": '{"type":"Text","value":"{{ n }}"}',
    "bare": '{"type":"Text","value":{{ n }}}',
    "tojson": '{"type":"Text","value":{{ n | tojson }}}',
    "in brackets": '{"type":"Text","value":{{ (n) | tojson }}}',
    "a fragment": '{% set c %}{"type":"Text","value":{{ n }}}{% endset %}{{ c }}',
    "a sliced fragment": '{% set c %},{"type":"Text","value":{{ n }}}{% endset %}{{ c[1:] }}',
    "a macro": '{% macro m(x) %}{"type":"Text","value":"{{ x }}"}{% endmacro %}{{ m(n) }}',
    "safe": '{"type":"Text","value":"{{ n | safe }}"}',
    "joined": '{"type":"Text","value":{{ [n] | join(", ") }}}',
    "replaced": '{"type":"Text","value":"{{ "X" | replace("X", n) }}"}',
    "concatenated": '{"type":"Text","value":{{ "" ~ n }}}',
    "mapped": '{"type":"Text","value":{{ [n] | map("string") | first }}}',
    "a loop": '{% for x in [n] %}{"type":"Text","value":{{ x }}}{% endfor %}',
    "a default": '{"type":"Text","value":"{{ n | default("x") }}"}',
    "a choice": '{"type":"Text","value":{{ n if true else "x" }}}',
}


@pytest.mark.parametrize("place", PLACES)
@few
@given(text=ANY_TEXT)
def test_a_text_comes_out_as_it_went_in(place: str, text: str) -> None:
    assert built(PLACES[place], n=text) == [{"type": "Text", "value": text}]


@pytest.mark.parametrize("filter_", ["e", "escape", "forceescape", "urlize", "xmlattr"])
@few
@given(text=ANY_TEXT)
def test_what_html_filters_give_is_data_too(filter_: str, text: str) -> None:
    value = "{'a': n}" if filter_ == "xmlattr" else "n"
    (child,) = built(f'{{"type":"Text","value":"{{{{ {value} | {filter_} }}}}"}}', n=text)
    assert child.keys() == {"type", "value"}


@few
@given(value=ANY_JSON.filter(lambda value: value is not None))
def test_a_bare_value_comes_out_as_json(value: Any) -> None:
    tree = template(card('{"type":"X","p":{{ n }},"q":{{ n | tojson }}}')).tree({"n": value})
    assert tree["children"] == [{"type": "X", "p": value, "q": value}]


def test_text_around_a_value_stays() -> None:
    assert built('{"type":"Text","value":"a {{ n }} b {{ n }}"}', n='"') == [
        {"type": "Text", "value": 'a " b "'}
    ]


def test_what_looks_like_a_mark_is_data() -> None:
    forged = "\ue0000:0\ue001\ue0000\ue001"
    assert built('{"type":"Text","value":"{{ n }}"}', n=forged)[0]["value"] == forged


def test_half_a_surrogate_pair_breaks_nothing() -> None:
    source = '{"type":"Text","value":{{ n }},"l":{{ [n] }}}'
    assert built(source, n="a\ud800") == [{"type": "Text", "value": "a?", "l": ["a?"]}]


@pytest.mark.parametrize(
    ("value", "inside", "bare"),
    [
        (True, "True", True),
        (3, "3", 3),
        (1.5, "1.5", 1.5),
        ({"a": ['"']}, '{"a":["\\""]}', {"a": ['"']}),
        (datetime(2024, 5, 6, tzinfo=UTC), "2024-05-06T00:00:00Z", "2024-05-06T00:00:00Z"),
        (date(2024, 5, 6), "2024-05-06", "2024-05-06"),
    ],
)
def test_a_value_that_is_no_text(value: Any, inside: str, bare: Any) -> None:
    source = '{"type":"Text","value":"{{ n }}","bare":{{ n }}}'
    assert built(source, n=value) == [{"type": "Text", "value": inside, "bare": bare}]


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_json_cannot_say_is_null(value: Any) -> None:
    assert template(card('{"type":"X","p":{{ n }}}')).tree({"n": value})["children"][0]["p"] is None


def test_what_is_no_data_is_refused() -> None:
    with pytest.raises(WidgetError, match="cannot stand in a widget"):
        built('{"type":"Text","value":{{ n }}}', n=object())


def test_a_generator_is_a_list() -> None:
    source = '{"type":"X","p":{{ ns | map("upper") | tojson }}}'
    assert built(source, ns=["a", "b"]) == [{"type": "X", "p": ["A", "B"]}]


SEPARATOR_IN_A_NAME = (
    '{% for x in xs %}{% set s = "" if loop.last else "," %}'
    '{"type":"X","p":{{ x }}}{{ s }}{% endfor %}'
)
SEPARATORS = [
    '{% for x in xs %}{"type":"X","p":{{ x }}}{{ "," if not loop.last }}{% endfor %}',
    '{% for x in xs %}{{ ", " if not loop.first else "" }}{"type":"X","p":{{ x }}}{% endfor %}',
    '{% set s = joiner(",") %}{% for x in xs %}{{ s() }}{"type":"X","p":{{ x }}}{% endfor %}',
    SEPARATOR_IN_A_NAME,
    '{% for x in xs %}{"type":"X","p":{{ x }}}{% if not loop.last %},{% endif %}{% endfor %}',
]


@pytest.mark.parametrize("source", SEPARATORS)
@few
@given(values=st.lists(ANY_TEXT, min_size=1, max_size=4))
def test_the_authors_separators_stay_separators(source: str, values: list[str]) -> None:
    assert [child["p"] for child in built(source, xs=values)] == values


def test_the_authors_own_pieces_of_json_stay_json() -> None:
    source = '{"type":"X"{{ \', "p": 1\' if yes }}{{ \', "q": 2\' if not yes else "" }}}'
    assert built(source, yes=True) == [{"type": "X", "p": 1}]


def test_a_model_is_data() -> None:
    class Data(BaseModel):
        name: str

    widget = template(card('{"type":"Text","value":{{ name }}}')).build(Data(name='"'))
    assert json.loads(widget.model_dump_json())["children"][0]["value"] == '"'


def test_the_data_is_not_changed() -> None:
    data = {"xs": [1]}
    assert template(card('{% set _ = xs.append(2) %}{"type":"X","p":{{ xs }}}')).tree(data) == {
        "type": "Card",
        "children": [{"type": "X", "p": [1, 2]}],
    }
    assert data == {"xs": [1]}


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ 'a' * 10**9 }}",
        "{{ n.__init__ }}",
        "{{ range(10**9) | list }}",
        "{% set _ = d.clear() %}",
    ],
)
def test_a_template_is_in_a_sandbox(source: str) -> None:
    with pytest.raises(WidgetError):
        built('{"type":"Text","value":"' + source + '"}', n="x", d={"a": 1})
