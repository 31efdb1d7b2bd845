"""`chatkit-host schema`: the JSON Schema of chatkit.yaml, for editors."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from chatkit_host.config.schema import schema_text
from chatkit_host.errors import ConfigError

EXAMPLE = """\
examples:
  chatkit-host schema
  chatkit-host schema --output - | less

An editor finds it by a first line in the YAML file:
  # yaml-language-server: $schema=./schemas/chatkit.schema.json
"""
DEFAULT = "schemas/chatkit.schema.json"


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "schema",
        help="write the JSON Schema of the YAML, for editors",
        description="Write the JSON Schema of chatkit.yaml, with which editors complete and check.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "-o", "--output", default=DEFAULT, metavar="FILE", help=f"where to; - prints it ({DEFAULT})"
    )
    parser.add_argument(
        "--check", action="store_true", help="only say whether the file is as it would be written"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the schema, print it, or compare it with the file that is there."""
    text = schema_text()
    if args.output == "-":
        print(text, end="")
        return 0
    path = Path(args.output)
    if args.check:
        return _compare(path, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"wrote {path}")
    return 0


def _compare(path: Path, text: str) -> int:
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        print(f"{path} is up to date")
        return 0
    raise ConfigError(f"{path} is out of date: write it with `chatkit-host schema`")
