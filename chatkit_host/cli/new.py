"""`chatkit-host new DIR`: a bot that runs."""

from __future__ import annotations

import argparse
import shlex
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from chatkit_host.errors import ConfigError

EXAMPLE = """\
example:
  chatkit-host new my-bot
"""
# A wheel leaves files out that begin with a dot, or that git would ignore.
REAL_NAMES = {"gitignore": ".gitignore"}


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "new",
        help="write a bot that runs",
        description="Write a small bot into a new folder. It runs offline, without a key.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder; new, or empty")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the files, and say what to do next."""
    folder: Path = args.folder
    write_bot(folder)
    print(f"A new bot is in {folder}. Next:")
    print(f"  cd {shlex.quote(str(folder))}")
    print("  chatkit-host serve")
    print("and in another terminal:")
    print("  chatkit-host chat")
    return 0


def write_bot(folder: Path) -> None:
    """Copy the bot into a folder.

    Raises:
        ConfigError: there is something in it, or it cannot be written.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise ConfigError(f"{folder} is not empty; name a new folder.")
        _copy(files("chatkit_host.cli") / "new_bot", folder)
    except OSError as error:
        raise ConfigError(f"{folder} cannot be written: {error.strerror}.") from error


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        name = REAL_NAMES.get(entry.name, entry.name)
        if entry.is_dir():
            _copy(entry, target / name)
        else:
            (target / name).write_bytes(entry.read_bytes())
