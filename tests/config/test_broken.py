"""A corpus of broken files: each is told its place, its path, its mistake and its cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.loading import AGENT, lines_of, problems_of

CORPUS = Path(__file__).parent / "broken.txt"


def corpus() -> list[tuple[str, list[str]]]:
    """The cases of the corpus: a file's text (AGENT stands for a whole agent), and its problems."""
    cases = CORPUS.read_text(encoding="utf-8").removesuffix("\n").split("\n----\n")
    return [_case(case) for case in cases]


def _case(case: str) -> tuple[str, list[str]]:
    text, _, problems = case.partition("\n>>> ")
    return f"{text}\n".replace("AGENT\n", AGENT), problems.split("\n>>> ")


@pytest.mark.parametrize(("text", "lines"), corpus(), ids=range(len(corpus())))
def test_problem(tmp_path: Path, text: str, lines: list[str]) -> None:
    assert lines_of(tmp_path, text) == lines


def test_the_line_of_the_file_stands_beneath_with_a_mark(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, AGENT + "server: { prot: 80 }")
    assert str(problem).split("\n")[1:] == ["    server: { prot: 80 }", "              ^"]


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = (
        "nam: x\n"
        'agents: { a: { instructions: "${NOPE}", model: nope }, b: { model: openai/x } }\n'
        "tools: { t: { retrun: 1 }, u: { steps: [call: v] } }\n"
    )
    problems = problems_of(tmp_path, text)
    codes = [problem.code for problem in problems]
    assert codes == ["CK101", "CK203", "CK011", "CK201", "CK102", "CK106", "CK201"]
    assert [problem.place.line for problem in problems] == [1, 2, 2, 2, 2, 3, 3]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    from chatkit_host.config import ConfigProblems, load

    with pytest.raises(ConfigProblems, match="cannot be read: no such file"):
        load(tmp_path / "nope.yaml", {})


def test_problems_for_machines(tmp_path: Path) -> None:
    [problem] = problems_of(tmp_path, AGENT + "server: { prot: 80 }")
    assert problem.as_json() == {
        "file": str(tmp_path / "f.yaml"),
        "line": 2,
        "column": 11,
        "code": "CK101",
        "path": ["server", "prot"],
        "message": "unknown key 'prot'",
        "hint": "port",
        "cure": None,
        "source": "server: { prot: 80 }",
        "severity": "error",
    }
