"""A file in a folder of its own, loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from chatkit_host.config import Config, ConfigProblems, Problem, load

AGENT = "agents: { a: { instructions: Hi, model: openai/x } }\n"


def config_of(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> Config:
    """The configuration of a text that is right."""
    return load(_file(folder, text), environ or {}).config


def problems_of(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> list[Problem]:
    """Everything the loader finds in a text."""
    try:
        load(_file(folder, text), environ or {})
    except ConfigProblems as error:
        return error.problems
    return []


def lines_of(folder: Path, text: str, environ: Mapping[str, str] | None = None) -> list[str]:
    """The problems, a line each, without the folder."""
    return [
        problem.line.replace(f"{folder}/", "") for problem in problems_of(folder, text, environ)
    ]


def _file(folder: Path, text: str) -> Path:
    path = folder / "f.yaml"
    path.write_text(text, encoding="utf-8")
    return path
