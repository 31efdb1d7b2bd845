"""By hand: files as people break them, each with exactly the problems that are told of it.

A case has its title behind `##`, its text, in which AGENT stands for a whole agent and \\u…, \\t,
\\r and \\0 for what an editor would not show, and its problems, each behind `>>>`.
"""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest

from chatkit_host.checks import check_file
from chatkit_host.config import ConfigProblems, codes
from tests.checks.checking import AGENT

CORPUS = Path(__file__).parent / "broken_files.txt"
ENVIRON = {"SHOP_NAME": "Fern", "API_KEY": "sk-very-secret"}
SECRETS = ("sk-very-secret", "hush-hush")
HIDDEN = {"\\t": "\t", "\\r": "\r", "\\0": "\0"}
FILES = {
    "secret.txt": "hush-hush\n",
    "broken.json": '{"a": [1,\n  2],\n "b" 3}\n',
    "schema.json": '{\n "town": "string",\n "days": "intger"\n}\n',
    "open.md": "---\ntitle: x\n",
    "broken.md": "One\n{{ user.name }\n",
    "broken-too.md": "---\ntitle: [a\n---\nText\n",
    "strange.md": "One\n\n  {{ usr.name }}\n",
    "circle.yaml": "include: f.yaml\n",
    "self.yaml": "include: self.yaml\n",
    "wrong.yaml": "name: x\ntools:\n  t: { retrun: 1 }\n",
    "broken.yaml": "name: x\ntools: [1,\n",
    "broken.widget": '{"version": "1.0",\n "template": }',
    "empty.widget": '{"version": "1.0"}',
    "broken.json.j2": '{"type": "Card",\n "children": [{% for x %}]}',
    "strange.json.j2": '{"type": "Card",\n "status": {"text": {{ twn | tojson }}}}',
    "sending.json.j2": '{"type": "Card",\n "confirm": {"action": {"type": "bed.dgi"}}}',
}


def corpus() -> list[tuple[str, str, list[str]]]:
    """The cases: a title, a text, and its problems."""
    cases = CORPUS.read_text(encoding="utf-8").removesuffix("\n").split("\n----\n")
    return [case_of(case) for case in cases]


def case_of(case: str) -> tuple[str, str, list[str]]:
    """A case of the corpus, read."""
    given, *lines = case.split("\n>>> ")
    title, _, text = given.partition("\n")
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), f"{text}\n")
    for written, meant in HIDDEN.items():
        text = text.replace(written, meant)
    return title.removeprefix("## "), text.replace("AGENT\n", AGENT), lines


def lines_of(folder: Path, text: str) -> list[str]:
    """The problems of a text that lies among the files, a line each."""
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "latin.json").write_bytes('{"a": "é"}'.encode("latin-1"))
    (folder / "folder").mkdir(exist_ok=True)
    file = folder / "f.yaml"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    try:
        check_file(file, ENVIRON)
    except ConfigProblems as error:
        return [problem.line.replace(f"{folder}/", "") for problem in error.problems]
    return []


CASES = corpus()


@pytest.mark.parametrize(("text", "lines"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_broken(tmp_path: Path, text: str, lines: list[str]) -> None:
    told = lines_of(tmp_path, text)
    assert told == lines
    assert not any(secret in line for secret in SECRETS for line in told)


def test_there_are_at_least_sixty() -> None:
    assert len([case for case in CASES if case[2]]) > 60


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblems) as caught:
        check_file(tmp_path, {})
    [problem] = caught.value.problems
    assert (problem.code, problem.message) == (
        codes.UNREADABLE,
        "the file cannot be read: is a directory",
    )


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a: " * 50_000,
        "- " * 50_000,
        "a: '" + "[" * 1_000 + "'\nb: " + "[" * 100_000,
        "a: " + "{b: " * 5_000 + "}" * 5_000,
        "\n".join(f"k{i}: [" + "1," * 20 + "]" for i in range(10_000)),
        "data: {a: " + "x" * 3_000_000 + "}\n",
        AGENT + "respond: { context: '" + "{{ (" * 3_000 + "' }",
        AGENT + "respond: { context: '{{ " + "-" * 30_000 + "1 }}' }",
    ],
    ids=[
        *("brackets", "colons", "dashes", "brackets in a text", "braces", "values"),
        *("text", "parentheses", "signs"),
    ],
)
def test_what_is_huge_or_deep_is_told_and_ends(tmp_path: Path, text: str) -> None:
    """It takes a second at most; what would not end, as some patterns do not, takes minutes."""
    begun = process_time()
    lines = lines_of(tmp_path, text)
    assert process_time() - begun < 15
    assert lines
    assert len(lines) < 100
