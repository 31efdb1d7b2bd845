"""A file in a folder of its own, loaded and checked."""

from __future__ import annotations

from pathlib import Path

from chatkit_host.checks import check_file
from chatkit_host.config import ConfigProblems, Problem

AGENT = "agents: { a: { instructions: Hi, model: openai/x } }\n"


def problems_of(folder: Path, text: str) -> list[Problem]:
    """Everything that loading and checking find in a text."""
    path = folder / "f.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        check_file(path, {})
    except ConfigProblems as error:
        return error.problems
    return []


def lines_of(folder: Path, text: str) -> list[str]:
    """The problems, a line each, without the folder."""
    return [problem.line.replace(f"{folder}/", "") for problem in problems_of(folder, text)]
