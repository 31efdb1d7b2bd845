"""`{file: path}`: what may lie in a file of its own, and where its mistakes are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.loading import AGENT, config_of, lines_of


def test_a_text_comes_as_it_is_with_nothing_filled_in(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Cost: ${PRICE}\n{{ x }}\n")
    text = "agents: { a: { instructions: { file: a.md }, model: openai/x } }"
    assert config_of(tmp_path, text).agents["a"].instructions == "Cost: ${PRICE}\n{{ x }}\n"


def test_data_is_read_from_json_and_yaml(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text('{"a": [1, null]}')
    (tmp_path / "d.yml").write_text("on: yes\n")
    text = AGENT + "data: { j: { file: d.json }, y: { file: d.yml } }"
    assert config_of(tmp_path, text).data == {"j": {"a": [1, None]}, "y": {"on": "yes"}}


def test_what_an_answer_is_made_of_is_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "trip.json").write_text('{"city": "string"}')
    (tmp_path / "then.yaml").write_text("- message: Off!\n")
    output = "{ schema: { file: trip.json }, steps: { file: then.yaml } }"
    text = f"agents: {{ a: {{ instructions: x, model: openai/x, output: {output} }} }}"
    given = config_of(tmp_path, text).agents["a"].output
    assert given is not None
    assert given.schema_["properties"] == {"city": {"type": "string"}}
    assert [step.kind for step in given.steps] == ["message"]


@pytest.mark.parametrize("given", ["string", "{ type: string, optional: true }", "{ enum: [a] }"])
def test_a_parameter_may_be_called_file(tmp_path: Path, given: str) -> None:
    text = AGENT + f"tools: {{ t: {{ parameters: {{ file: {given} }}, return: 1 }} }}"
    assert list(config_of(tmp_path, text).tools["t"].parameters["properties"]) == ["file"]


def test_elsewhere_a_map_with_a_file_is_data(tmp_path: Path) -> None:
    text = AGENT + "data: { d: { inner: { file: nope.txt } } }"
    assert config_of(tmp_path, text).data == {"d": {"inner": {"file": "nope.txt"}}}


def test_a_missing_file_is_told_at_its_name(tmp_path: Path) -> None:
    text = "agents:\n  a: { instructions: { file: nope.md }, model: openai/x }"
    assert lines_of(tmp_path, text) == [
        (
            "f.yaml:2:30: agents.a.instructions.file: the file 'nope.md' cannot be read: "
            "no such file or directory [CK013]"
        )
    ]


def test_a_mistake_in_a_file_is_told_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("city: string\ndays: intger\n")
    text = AGENT + "tools: { t: { parameters: { file: p.yaml }, return: 1 } }"
    assert lines_of(tmp_path, text) == [
        (
            "p.yaml:2:7: tools.t.parameters.days: 'intger' is not a type: string, number, integer, "
            "boolean, object, array, null; did you mean 'integer'? [CK107]"
        )
    ]


def test_broken_yaml_in_a_file_does_not_hide_the_rest(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text('{"a": [1,\n}')
    text = AGENT + "nam: x\ndata: { j: { file: d.json } }"
    lines = lines_of(tmp_path, text)
    assert len(lines) == 2
    assert lines[0].startswith("f.yaml:2:1: nam: unknown key 'nam'")
    assert lines[1].startswith("d.json:")


def test_files_in_the_plural_are_a_list_with_front_matter_and_content(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "b.md").write_text("Just ${TEXT}\n---\nmore\n")
    (tmp_path / "articles" / "a.md").write_text("---\ntitle: A\ntags: [x]\n---\n\nBody\n")
    text = AGENT + 'data: { d: { files: "articles/*.md" } }'
    assert config_of(tmp_path, text).data == {
        "d": [
            {"name": "a", "title": "A", "tags": ["x"], "content": "Body\n"},
            {"name": "b", "content": "Just ${TEXT}\n---\nmore\n"},
        ]
    }


def test_a_mistake_in_front_matter_is_told_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\ntitle: B\n---\nBody\n")
    [line] = lines_of(tmp_path, AGENT + 'data: { d: { files: "*.md" } }')
    assert line.startswith("a.md:3:1: data.d[0].title: ")
    assert line.endswith("[CK003]")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ('"*.md"', "no file is called '*.md' [CK013]"),
        ('"/etc/*"', "is no pattern of files here: Non-relative patterns are unsupported [CK013]"),
        ('"../*.md"', "no file is called '../*.md' [CK013]"),
        ("3", 'a pattern of files is wanted here: "articles/*.md" [CK103]'),
    ],
)
def test_a_pattern_without_files_is_told(tmp_path: Path, pattern: str, told: str) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "outside.txt").write_text("x")
    [line] = lines_of(folder, AGENT + f"data: {{ d: {{ files: {pattern} }} }}")
    assert line.endswith(told)


def test_front_matter_that_is_no_map_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n- 1\n---\nBody\n")
    [line] = lines_of(tmp_path, AGENT + 'data: { d: { files: "*.md" } }')
    assert line.endswith("the front matter of 'a.md' is not a map [CK013]")
