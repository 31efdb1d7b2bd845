"""`chatkit-host check`: all problems of a file, without starting it."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatkit_host.checks import check_file
from chatkit_host.config import ConfigProblems

if TYPE_CHECKING:
    from chatkit_host.config import Config, Problem

EXAMPLE = """\
examples:
  chatkit-host check
  chatkit-host check my-bot/chatkit.yaml --format json
"""
SECTIONS = ("models", "agents", "tools", "widgets", "actions")


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "check",
        help="tell all problems of a file",
        description="Tell all problems of a chatkit.yaml, each with its place and its cure.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="the YAML file (chatkit.yaml)")
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="for people or machines (text)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check the file; 0 if nothing is wrong with it, else 1."""
    environ = environment(Path.cwd())
    file = args.file or environ.get("CHATKIT_CONFIG") or "chatkit.yaml"
    try:
        loaded = check_file(file, environ)
    except ConfigProblems as error:
        print(_as_json(error.problems) if args.format == "json" else _as_text(error.problems))
        return 1
    warnings = list(loaded.warnings)
    if args.format == "json":
        print(_as_json(warnings))
    else:
        print(*warnings, f"{file}: no problems ({_summary(loaded.config)})", sep="\n")
    return 0


def environment(folder: Path) -> Mapping[str, str]:
    """What `${…}` sees: a folder's .env, and above it the environment, as `serve` has it."""
    file = folder / ".env"
    if not file.is_file():
        return os.environ
    from dotenv import dotenv_values  # only where there is a .env

    values = {name: value or "" for name, value in dotenv_values(file).items()}
    return {**values, **os.environ}


def _as_json(problems: list[Problem]) -> str:
    return json.dumps([problem.as_json() for problem in problems], ensure_ascii=False, indent=2)


def _as_text(problems: list[Problem]) -> str:
    lines = [str(problem) for problem in problems]
    errors = [problem for problem in problems if problem.severity == "error"]
    return "\n".join([*lines, "", _counted(len(errors), "problem")])


def _summary(config: Config) -> str:
    counts = ((len(getattr(config, section)), section[:-1]) for section in SECTIONS)
    return ", ".join(_counted(count, noun) for count, noun in counts if count)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
