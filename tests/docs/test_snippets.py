"""What the docs show is what the code takes."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from chatkit_host.checks import check_file
from chatkit_host.cli.entry import parser_for
from chatkit_host.config import ConfigProblems
from chatkit_host.config.problems import Problem
from chatkit_host.types.codec import decode_request
from tests.docs.fences import EXCERPT, Fence, fences, stands_in, whole_file

ENVIRON = {
    name: f"{name.lower()}-of-the-environment-which-is-long-enough"
    for name in ("ADA_KEY", "BOB_KEY", "OPENAI_API_KEY", "MY_KEY")
} | {"DATABASE_URL": "postgresql://ada:secret@db.example.com/chat"}

YAML = fences("yaml")
EXCERPTS = [fence for fence in YAML if fence.mark == EXCERPT]
RIGHT = [fence for fence in YAML if fence.mistake is None and fence.mark != EXCERPT]
WRONG = [fence for fence in YAML if fence.mistake is not None]


def problems_of(fence: Fence, folder: Path) -> list[Problem]:
    """Everything that loading and checking says of a fence."""
    hidden = shutil.ignore_patterns(".*", "__pycache__")
    shutil.copytree(fence.files, folder, dirs_exist_ok=True, ignore=hidden)
    path = folder / "chatkit.yaml"
    path.write_text(whole_file(fence), encoding="utf-8")
    try:
        check_file(path, ENVIRON)
    except ConfigProblems as error:
        return error.problems
    return []


@pytest.mark.parametrize("fence", RIGHT, ids=str)
def test_yaml_is_a_bot_without_a_problem(fence: Fence, tmp_path: Path) -> None:
    assert [str(problem) for problem in problems_of(fence, tmp_path)] == []


@pytest.mark.parametrize("fence", EXCERPTS, ids=str)
def test_an_excerpt_stands_in_the_example_that_its_page_is_about(fence: Fence) -> None:
    assert fence.example is not None
    lines = fence.text.removeprefix(f"{EXCERPT}\n")
    assert stands_in(lines, fence.base.read_text(encoding="utf-8"))


@pytest.mark.parametrize("fence", WRONG, ids=str)
def test_a_mistake_gives_the_problem_that_is_announced(fence: Fence, tmp_path: Path) -> None:
    assert {problem.code for problem in problems_of(fence, tmp_path)} == {fence.mistake}


def test_the_problems_that_the_pages_show_are_those_that_are_told(tmp_path: Path) -> None:
    right = next(fence.text for fence in RIGHT if fence.page.name == "README.md")
    wrong = right.replace("tools: [", "tool: [").replace(
        "state.apples + count", "state.appels + count"
    )
    path = tmp_path / "chatkit.yaml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(ConfigProblems) as caught:
        check_file(path, ENVIRON)
    told = str(caught.value).replace(str(path), "chatkit.yaml")
    shown = [fence.text for fence in fences("text") if fence.text.startswith("chatkit.yaml:")]
    assert len(shown) == 3
    assert [text for text in shown if text.rstrip() not in told] == []


@pytest.mark.parametrize("fence", fences("python"), ids=str)
def test_python_compiles(fence: Fence) -> None:
    compile(fence.text, str(fence), "exec")


@pytest.mark.parametrize("fence", fences("json"), ids=str)
def test_json_is_json(fence: Fence) -> None:
    json.loads(fence.text)


def requests(fence: Fence) -> list[str]:
    """The bodies of curl's `-d`, with something in place of the shell's variables."""
    bodies = re.findall(r"-d '(\{.*\})'", fence.text)
    return [re.sub(r"'\$(\w+)'", r"\1", body) for body in bodies]


BODIES = [
    (f"{fence}#{i}", body) for fence in fences("sh") for i, body in enumerate(requests(fence))
]


@pytest.mark.parametrize("body", [body for _, body in BODIES], ids=[name for name, _ in BODIES])
def test_requests_decode(body: str) -> None:
    decode_request(body)


def test_the_docs_show_every_operation() -> None:
    shown = {decode_request(body).type for name, body in BODIES if "docs/http.md" in name}
    assert len(shown) == 16


def commands() -> list[Any]:
    lines = [
        (fence, line)
        for fence in fences("sh")
        for line in fence.text.splitlines()
        if re.match(r"chatkit-host( |$)", line)
    ]
    return [pytest.param(line, id=f"{fence}: {line}") for fence, line in lines]


@pytest.mark.parametrize("line", commands())
def test_commands_are_understood(line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    if "--version" in words or "--help" in words:
        return
    words = list(takewhile(lambda word: word not in ("|", ">", "&&"), words))
    parser_for(words).parse_args(words)
