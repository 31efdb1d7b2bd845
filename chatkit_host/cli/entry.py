"""`chatkit-host`: finds the command, and ends as it should."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from chatkit_host import __version__
from chatkit_host.cli.failing import ends_well

COMMANDS = ("new", "serve", "check", "explain", "widgets", "chat", "schema", "migrate")
"""Each is a module of this package with `register(subparsers)`."""

EXAMPLES = """\
examples:
  chatkit-host new my-bot
  chatkit-host serve --config my-bot/chatkit.yaml
  chatkit-host chat
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: its words, without the program's name; those of the process by default.

    Returns:
        0, or 1 for the user's mistakes, or 3 for ours; bad usage leaves with 2 on its own.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    args = parser_for(words).parse_args(words)
    return ends_well(lambda: int(args.run(args)), debug=args.debug)


def parser_for(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser. Only the command that is asked for is imported, so that each starts quickly."""
    parser = argparse.ArgumentParser(
        prog="chatkit-host",
        description="A production chat backend from one YAML file.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, help="show the version, and leave")
    parser.add_argument(
        "--debug", action="store_true", help="show the traceback of an unexpected error"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in _wanted(words):
        import_module(f"chatkit_host.cli.{name}").register(commands)
    return parser


def _wanted(words: Sequence[str]) -> Sequence[str]:
    first = next((word for word in words if not word.startswith("-")), None)
    if first in COMMANDS:
        return (first,)
    return () if "--version" in words else COMMANDS


class _Version(argparse.Action):
    """Says the version."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        print(f"chatkit-host {__version__}")
        parser.exit(0)
