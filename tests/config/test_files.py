"""`{file: path}`: what may lie in a file of its own, and where its mistakes are."""

from __future__ import annotations

from pathlib import Path

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


def test_files_in_the_plural_is_not_known_yet(tmp_path: Path) -> None:
    [line] = lines_of(tmp_path, AGENT + 'data: { d: { files: "*.md" } }')
    assert line.endswith("'files' is not supported yet in this version [CK108]")
