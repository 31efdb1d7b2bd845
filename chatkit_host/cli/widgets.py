"""`chatkit-host widgets`: what a bot can show, rendered to JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatkit_host.checks import check_file
from chatkit_host.cli.check import environment
from chatkit_host.config.problems import nearest
from chatkit_host.errors import ConfigError

if TYPE_CHECKING:
    from chatkit_host.config.loader import Loaded

EXAMPLE = """\
examples:
  chatkit-host widgets
  chatkit-host widgets weather
  chatkit-host widgets weather --data '{"city": "Oslo", "sky": "clear"}'
  chatkit-host widgets weather --data sample.json --config my-bot/chatkit.yaml
"""


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "widgets",
        help="render a widget to JSON",
        description="Render a widget of a chatkit.yaml to JSON; without a name, tell them all.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="the widget")
    parser.add_argument(
        "--data", metavar="JSON", help="its data, or a file of it (else its sample)"
    )
    parser.add_argument("-c", "--config", metavar="FILE", help="the YAML file (chatkit.yaml)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Tell the widgets, or print one."""
    environ = environment(Path.cwd())
    loaded = check_file(args.config or environ.get("CHATKIT_CONFIG") or "chatkit.yaml", environ)
    if args.name is None:
        print(_listed(loaded))
        return 0
    _want_known(args.name, loaded)
    data = _sample(args.name, loaded) if args.data is None else _given(args.data)
    print(json.dumps(_rendered(args.name, loaded, data), ensure_ascii=False, indent=2))
    return 0


def _listed(loaded: Loaded) -> str:
    """A line for each widget: its name, and the data it takes."""
    if not loaded.config.widgets:
        return f"{loaded.path} has no widgets"
    lines = []
    for name, widget in loaded.config.widgets.items():
        names = ", ".join(_taken(widget.data)) if widget.data else ""
        lines.append(f"{name}: {names}" if names else name)
    return "\n".join(lines)


def _taken(schema: Mapping[str, Any]) -> list[str]:
    required = schema.get("required", ())
    return [
        name if name in required else f"{name} (optional)" for name in schema.get("properties", {})
    ]


def _want_known(name: str, loaded: Loaded) -> None:
    known = loaded.config.widgets
    if name not in known:
        hint = nearest(name, known)
        cure = f"did you mean {hint!r}?" if hint else f"there are: {', '.join(known) or 'none'}"
        raise ConfigError(f"{loaded.path} has no widget {name!r}; {cure}")


def _given(text: str) -> Any:
    """The data of the command line: JSON, or the name of a file with JSON in it."""
    try:
        if not text.lstrip().startswith("{"):
            text = Path(text).read_text(encoding="utf-8")
        data = json.loads(text)
    except (OSError, ValueError) as error:
        raise ConfigError(f"--data: {error}") from None
    if not isinstance(data, dict):
        raise ConfigError("--data: a JSON object is wanted")
    return data


def _sample(name: str, loaded: Loaded) -> dict[str, Any]:
    """The file's own sample, or the one that ChatKit Studio keeps in an export."""
    from chatkit_host.compiler.widgets import Widgets

    given = loaded.config.widgets[name].sample
    if given is not None:
        return given
    return Widgets(loaded.config, loaded.base_dir).sample(name) or {}


def _rendered(name: str, loaded: Loaded, data: dict[str, Any]) -> Any:
    # They take longer to import than all the rest of the command line.
    from chatkit_host.compiler.widgets import Widgets
    from chatkit_host.templates import RenderError
    from chatkit_host.types.codec import encode
    from chatkit_host.widgets import WidgetError

    try:
        root = Widgets(loaded.config, loaded.base_dir).build(name, data)
    except (RenderError, WidgetError) as error:
        raise ConfigError(f"{error}\n--data gives a widget its data") from None
    return json.loads(encode(root))
