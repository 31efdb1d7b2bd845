"""`include`: what other files bring in, and where their mistakes are."""

from __future__ import annotations

from pathlib import Path

from chatkit_host.config import load
from tests.config.loading import AGENT, config_of, lines_of


def write(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_named_things_of_both_files_are_there(tmp_path: Path) -> None:
    write(tmp_path, "tools.yaml", "tools: { b: { return: 2 } }\nname: Shop\n")
    text = AGENT + "include: tools.yaml\ntools: { a: { return: 1 } }\n"
    config = config_of(tmp_path, text)
    assert sorted(config.tools) == ["a", "b"]
    assert config.name == "Shop"


def test_several_files_and_patterns_may_be_named(tmp_path: Path) -> None:
    write(tmp_path, "tools/a.yaml", "tools: { a: { return: 1 } }")
    write(tmp_path, "tools/b.yaml", "tools: { b: { return: 2 } }")
    write(tmp_path, "c.yaml", "tools: { c: { return: 3 } }")
    config = config_of(tmp_path, AGENT + 'include: ["tools/*.yaml", c.yaml]\n')
    assert list(config.tools) == ["a", "b", "c"]


def test_an_included_file_may_include_others_relative_to_itself(tmp_path: Path) -> None:
    write(tmp_path, "parts/all.yaml", "include: [deep/tools.yaml]")
    write(tmp_path, "parts/deep/tools.yaml", "tools: { a: { return: 1 } }")
    assert list(config_of(tmp_path, AGENT + "include: parts/all.yaml\n").tools) == ["a"]


def test_paths_in_a_file_are_relative_to_it(tmp_path: Path) -> None:
    write(tmp_path, "parts/prompt.md", "Be kind.")
    write(
        tmp_path,
        "parts/more.yaml",
        "agents: { b: { instructions: { file: prompt.md }, model: openai/x } }\n"
        "widgets: { card: card.widget, tree: { file: w/tree.json.j2 } }\n"
        "server: { static: { /a: web, /b: { folder: ../b, policy: strict } } }\n"
        'data: { word: "${file:prompt.md}" }\n',
    )
    config = config_of(tmp_path, AGENT + "include: parts/more.yaml\nrespond: { agent: a }\n")
    assert config.agents["b"].instructions == "Be kind."
    files = [widget.model_dump()["file"] for widget in config.widgets.values()]
    assert files == ["parts/card.widget", "parts/w/tree.json.j2"]
    assert [each.folder for each in config.server.static.values()] == ["parts/web", "parts/../b"]
    assert config.data == {"word": "Be kind."}


def test_lists_go_on_where_the_first_file_ends(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", "plugins: [b, 3]")
    lines = lines_of(tmp_path, AGENT + "include: more.yaml\nplugins: [a]\n")
    assert [line.partition(" ")[0] for line in lines] == ["more.yaml:1:14:"]


def test_a_name_in_two_files_is_told_with_both_places(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", "\ntools:\n  t: { return: 2 }\n")
    text = AGENT + "include: more.yaml\ntools: { t: { return: 1 } }\n"
    assert lines_of(tmp_path, text) == [
        (
            "more.yaml:3:3: tools.t: 't' is defined in two files; "
            "the other is at f.yaml:3:10; keep one [CK003]"
        )
    ]


def test_a_section_that_is_no_map_stands_in_one_file(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", "version: 1\nname: B\n")
    text = AGENT + "version: 1\ninclude: more.yaml\nname: A\n"
    [line] = lines_of(tmp_path, text)
    assert line.startswith("more.yaml:2:1: name: 'name' is defined in two files")


def test_mistakes_are_told_in_the_file_that_makes_them(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", "tools:\n  t: { retrun: 2 }\n")
    [line] = lines_of(tmp_path, AGENT + "include: more.yaml\n")
    assert line.startswith("more.yaml:2:8: tools.t.retrun: 'retrun' is not a kind of tool")


def test_a_missing_variable_is_told_in_its_file(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", 'name: "${NOPE}"')
    [line] = lines_of(tmp_path, AGENT + "include: more.yaml\n")
    assert line.startswith("more.yaml:1:7: name: the environment has no NOPE")


def test_a_file_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    [line] = lines_of(tmp_path, AGENT + "include: [nope.yaml]\n")
    assert line.startswith("f.yaml:2:11: include[0]: the file 'nope.yaml' cannot be read: no such")
    [line] = lines_of(tmp_path, AGENT + 'include: "nope/*.yaml"\n')
    assert line == "f.yaml:2:10: include: no file is like 'nope/*.yaml' [CK013]"


def test_a_file_that_is_not_yaml_does_not_hide_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", "tools: [1,\n}")
    lines = lines_of(tmp_path, AGENT + "nam: x\ninclude: more.yaml\n")
    assert sorted(line.partition(":")[0] for line in lines) == ["f.yaml", "more.yaml"]


def test_files_that_include_each_other_are_a_problem(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", "include: f.yaml\nname: x\n")
    assert lines_of(tmp_path, AGENT + "include: more.yaml\n") == [
        (
            "more.yaml:1:10: include: these files include each other: f.yaml → more.yaml → f.yaml; "
            "take one of these includes out [CK014]"
        )
    ]


def test_a_file_that_two_others_include_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", "tools: { t: { return: 2 } }")
    write(tmp_path, "a.yaml", "include: base.yaml")
    write(tmp_path, "b.yaml", "include: base.yaml")
    assert list(config_of(tmp_path, AGENT + "include: [a.yaml, b.yaml]\n").tools) == ["t"]


def test_what_is_not_a_path_is_told(tmp_path: Path) -> None:
    assert lines_of(tmp_path, AGENT + "include: [3]\n") == [
        "f.yaml:2:11: include[0]: the path of a file is wanted here, not 3 [CK103]"
    ]


def test_an_included_file_that_is_no_map_is_told(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", "- a\n")
    assert lines_of(tmp_path, AGENT + "include: more.yaml\n") == [
        "more.yaml:1:1: a map is wanted here, not a list [CK103]"
    ]


def test_the_files_are_known_afterwards(tmp_path: Path) -> None:
    write(tmp_path, "more.yaml", "name: x")
    write(tmp_path, "f.yaml", AGENT + "include: more.yaml\n")
    assert [file.name for file in load(tmp_path / "f.yaml", {}).files] == ["f.yaml", "more.yaml"]
