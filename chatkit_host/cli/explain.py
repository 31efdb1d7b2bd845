"""`chatkit-host explain`: a value of the configuration, and where it came from."""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatkit_host.cli.check import environment
from chatkit_host.config import load
from chatkit_host.config.explain import explain
from chatkit_host.config.problems import shown

if TYPE_CHECKING:
    from chatkit_host.config.explain import Explained
    from chatkit_host.config.loader import Loaded

EXAMPLE = """\
examples:
  chatkit-host explain models
  chatkit-host explain agents.helper.instructions
  chatkit-host explain server.port --config my-bot/chatkit.yaml
"""
OVERRIDES: dict[tuple[str | int, ...], str] = {
    ("server", "host"): "CHATKIT_HOST",
    ("server", "port"): "CHATKIT_PORT",
    ("storage", "url"): "CHATKIT_STORAGE",
}
"""What `serve` takes from the environment in place of the file's value."""
MASK = "***"
_USER_INFO = re.compile(r"://[^\s/?#]+@")
_NAMED_SECRET = re.compile(
    r"([?&][^\s=&#]*(?:key|token|secret|password)[^\s=&#]*=)[^\s&#]+", re.IGNORECASE
)
"""Secrets in URLs: of a user before the host, and in the query by their names."""


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "explain",
        help="tell a value and where it came from",
        description="Tell the values of a chatkit.yaml, defaults included, and whence each came.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "path", nargs="?", default="", metavar="PATH", help="such as agents.helper (everything)"
    )
    parser.add_argument("-c", "--config", metavar="FILE", help="the YAML file (chatkit.yaml)")
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="for people or machines (text)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print each value, with its origin behind it."""
    environ = environment(Path.cwd())
    loaded = load(args.config or environ.get("CHATKIT_CONFIG") or "chatkit.yaml", environ)
    rows = [_Row(each, loaded, environ) for each in explain(loaded, args.path)]
    if args.format == "json":
        print(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=2))
    else:
        print("\n".join(row.as_text() for row in rows))
    return 0


class _Row:
    """One value, as `serve` would have it, with what is secret masked."""

    def __init__(self, explained: Explained, loaded: Loaded, environ: Mapping[str, str]) -> None:
        self.path = shown(explained.path)
        self.place = str(explained.place) if explained.place else None
        override = OVERRIDES.get(explained.path)
        self.override = override if override and environ.get(override) else None
        value = environ[self.override] if self.override else explained.value
        self.value = MASK if explained.is_secret else _masked(value, loaded.secrets)
        self.variables = {name: _source(name, environ) for name in explained.variables}

    def as_text(self) -> str:
        """`path = value`, and the origin as a comment."""
        value = json.dumps(self.value, ensure_ascii=False)
        return f"{self.path} = {value}  # {self._origin()}"

    def as_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "path": self.path,
            "value": self.value,
            "place": self.place,
            "variables": self.variables,
            "override": self.override,
        }

    def _origin(self) -> str:
        place = self.place or "default"
        if self.override:
            return f"{self.override}, instead of: {place}"
        names = [f"{name} {source}" for name, source in self.variables.items()]
        return "; ".join([place, *names])


def _source(name: str, environ: Mapping[str, str]) -> str:
    """Where a variable was found."""
    if name.startswith("file:"):
        return "read"
    if not environ.get(name):
        return "is not set, so its default holds"
    return "from the environment" if name in os.environ else "from .env"


def _masked(value: Any, secrets: frozenset[str]) -> Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, MASK)
        value = _USER_INFO.sub(f"://{MASK}@", value)
        value = _NAMED_SECRET.sub(rf"\g<1>{MASK}", value)
    return value
