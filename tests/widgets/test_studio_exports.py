"""Files as ChatKit Studio writes them, warts and all."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from chatkit_host.widgets import WidgetError, WidgetTemplate
from tests.widgets.samples import built, card, template


def encoded(state: Any) -> str:
    text = json.dumps({"id": "x", "defaultState": state}, ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


LIST = (
    '{"type":"ListView","children":[{%- set _c -%}{%-for item in items -%},'
    '{"type":"ListViewItem","key":{{ (item.id) | tojson }},"onClickAction":'
    "{% if selected %}{{ (undefined) | tojson }}{% else %}"
    '{"type":"pick","payload":{"id":{{ (item.id) | tojson }}}}{% endif %},"children":['
    '{%- set _c -%},{"type":"Text","value":{{ (item.name) | tojson }},"children":[]}'
    '{%-if selected == item.id -%},{"type":"Icon","name":"check"}{%-else-%}{%-endif-%}'
    "{%- endset -%}{{- (_c[1:] if _c and _c[0] == ',' else _c) -}}]}"
    "{%-endfor-%}{%- endset -%}{{- (_c[1:] if _c and _c[0] == ',' else _c) -}}]}"
)


def test_a_list_of_fragments() -> None:
    items = [{"id": "a", "name": 'A "quoted", one'}, {"id": "b", "name": ","}]
    tree = template(LIST).tree({"items": items, "selected": "b"})
    assert [each["children"] for each in tree["children"]] == [
        [{"type": "Text", "value": 'A "quoted", one', "children": []}],
        [{"type": "Text", "value": ",", "children": []}, {"type": "Icon", "name": "check"}],
    ]
    assert tree["children"][0]["onClickAction"] is None
    assert template(LIST).tree({"items": [], "selected": None})["children"] == []


def test_a_map_key_comes_before_a_method() -> None:
    source = '{% for i in cart.items %}{"type":"X","p":{{ i.keys }}}{% endfor %}'
    assert built(source, cart={"items": [{"keys": 1}]}) == [{"type": "X", "p": 1}]


def test_the_sample_data_and_its_preview() -> None:
    preview = {"type": "Card", "children": [{"type": "Text", "value": "Zoë"}]}
    made = template(
        card('{"type":"Text","value":{{ (name) | tojson }}}'),
        encodedWidget=encoded({"name": "Zoë"}),
        outputJsonPreview=preview,
    )
    assert made.default_state == {"name": "Zoë"}
    assert made.build(made.default_state).model_dump(exclude_none=True) == made.preview


@pytest.mark.parametrize("broken", [None, 5, "%%%", "e30", encoded([1]), encoded(None)])
def test_sample_data_that_cannot_be_read_is_none(broken: Any) -> None:
    assert template("{}", encodedWidget=broken).default_state is None
    assert template("{}").preview is None


def test_a_bare_index_is_that_of_the_loop() -> None:
    source = (
        '{% for x in xs %}{{ "," if not loop.first }}{"type":"Caption","value":{{ (index + 1) }}}'
        "{% endfor %}"
    )
    assert [child["value"] for child in built(source, xs=["a", "b"])] == ["1", "2"]


def test_an_index_in_the_data_is_the_datas() -> None:
    source = card('{% for x in xs %}{"type":"X","p":{{ index }}}{% endfor %}')
    schema = {"properties": {"index": {"type": "integer"}, "xs": {"type": "array"}}}
    tree = template(source, schema).tree({"xs": [1], "index": 7})
    assert tree["children"][0]["p"] == 7


def test_join_and_length_as_in_javascript() -> None:
    source = '{"type":"Text","value":"{{ tags.join(\', \') }} ({{ tags.length }})"}'
    assert built(source, tags=["a", "b"])[0]["value"] == "a, b (2)"


def test_the_series_of_a_chart_are_unwrapped() -> None:
    series = '{"type":"bar","dataKey":"y","label":"Y"}'
    source = (
        f'{{"type":"Chart","data":[],"xAxis":"x","series":[{{"type":"Text","value":{series}}}]}}'
    )
    assert built(source)[0]["series"] == [json.loads(series)]
    wrapped_in_a_row = f'{{"type":"Row","children":[{source}]}}'
    assert built(wrapped_in_a_row)[0]["children"][0]["series"] == [json.loads(series)]


def test_a_file_beside_the_caller(tmp_path: Path) -> None:
    definition = {"version": "1.0", "name": "x", "template": card("")}
    here = Path(__file__).parent / "beside_the_caller.widget"
    absolute = tmp_path / "x.widget"
    for path, given in ((here, here.name), (absolute, str(absolute))):
        path.write_text(json.dumps(definition), encoding="utf-8")
        try:
            assert WidgetTemplate.from_file(given).name == "x"
        finally:
            path.unlink()


def test_a_basic_root() -> None:
    assert template('{"type":"Basic","gap":2,"children":[]}').build_basic().gap == 2
    with pytest.raises(WidgetError, match="type: should be 'Basic'"):
        template(card("")).build_basic()


def test_a_template_compiled_elsewhere_is_rendered_as_it_was_made() -> None:
    from jinja2 import Template

    compiled = Template(card('{"type":"Text","value":"{{ n }}"}'))
    definition = {"version": "1.0", "name": "x", "template": compiled}
    widget = WidgetTemplate(definition).build({"n": "a"})
    assert widget.model_dump(exclude_none=True)["children"] == [{"type": "Text", "value": "a"}]


SHELF = {
    "type": "object",
    "properties": {
        "plants": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"id": {"type": "string"}, "label": {"type": "string"}},
                "required": ["id", "label"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["plants"],
    "additionalProperties": False,
}
OUTGROWN = card(
    '{% for p in plants %}{"type":"Text","key":{{p.id}},"value":{{p.name}}}{% endfor %}'
)


def test_a_template_that_reads_what_its_schema_lacks_gets_it() -> None:
    """The template was changed after the schema: `label` is now `name`."""
    plants = [{"id": "a", "name": "Fern"}]
    (child,) = template(OUTGROWN, SHELF).tree({"plants": plants})["children"]
    assert (child["key"], child["value"]) == ("a", "Fern")


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        ({"id": "a", "nam": "Fern"}, "Additional properties are not allowed"),
        ({"name": "Fern"}, "'id' is a required property"),
        ({"id": 5, "name": "Fern"}, "5 is not of type 'string'"),
        ({"id": "a", "label": "Fern"}, "the map has no 'name'; it has id, label"),
    ],
)
def test_all_else_of_such_a_schema_holds(plant: dict[str, Any], told: str) -> None:
    with pytest.raises(WidgetError, match=told):
        template(OUTGROWN, SHELF).tree({"plants": [plant]})


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('"Step " + n + " of " ~ m', "Step 2 of 9.5"),
        ('half + " and " + (half + half)', "0.5 and 1"),
        ('"" + true + none + nothing', "true"),
        ("n + m", "11.5"),
    ],
)
def test_texts_and_numbers_add_up_as_in_javascript(source: str, shown: str) -> None:
    schema = {"properties": {"nothing": {"type": "string"}}}
    made = template(
        card('{"type":"Text","value":"{{ ' + source.replace('"', "'") + ' }}"}'), schema
    )
    tree = made.tree({"n": 2, "m": 9.5, "half": 0.5})
    assert tree["children"][0]["value"] == shown


def test_sample_data_that_is_the_template_itself_is_none() -> None:
    text = base64.urlsafe_b64encode(b"{%- set x = 1 -%}{}").decode().rstrip("=")
    assert template("{}", encodedWidget=text).default_state is None


@pytest.mark.parametrize(
    "source", ["n.toFixed(2)", "name.toUpperCase()", "xs.map(f)", "Math.round(n)", "n === 2"]
)
def test_other_javascript_is_told_in_so_many_words(source: str) -> None:
    with pytest.raises(WidgetError, match=r"has no '\w+'|'Math' is not defined|unexpected '='"):
        built(f'{{"type":"Text","value":{{{{ {source} }}}}}}', n=2, name="a", xs=[])


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"version": "2.0"}, "widget sample: version '2.0' is not one that is known here"),
    ({"version": None}, "widget sample: version None"),
    ({"jsonSchema": [1]}, "widget sample: jsonSchema is not an object"),
    ({"template": None}, "widget sample: it has no template; export it"),
    ({"template": "\n{% if %}"}, "widget sample: template, line 2: Expected an expression"),
    ({"template": card("{{ foo }}")}, "widget sample: template: 'foo' is not defined"),
    ({"template": "{"}, "widget sample: the template does not yield JSON: .* near '{'"),
    ({"template": "[1]"}, "widget sample: root: should be an object"),
    ({"template": '{"type":"Row"}'}, "widget sample: type: should be 'Card', 'ListView' or"),
    ({"template": card("{}")}, "widget sample: children\\.0\\.type: is missing"),
    ({"template": "{% include 'x' %}"}, "widget sample: template: "),
]


@pytest.mark.parametrize(("change", "told"), WRONG)
def test_what_is_wrong_is_told_with_the_widgets_name(change: dict[str, Any], told: str) -> None:
    definition = {"version": "1.0", "name": "sample", "template": card(""), **change}
    with pytest.raises(WidgetError, match=f"^{told}"):
        WidgetTemplate(definition).build({})
