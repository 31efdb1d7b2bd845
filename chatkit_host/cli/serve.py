"""`chatkit-host serve`: answer over HTTP."""

from __future__ import annotations

import argparse
import gc
import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import ConfigError
from chatkit_host.logger import logger

if TYPE_CHECKING:
    from chatkit_host.cli.settings import Settings
    from chatkit_host.config import Config, Loaded

EXAMPLE = """\
example:
  chatkit-host serve --config my-bot/chatkit.yaml --port 8080

Every flag can be set as CHATKIT_… in the environment or in .env too (CHATKIT_PORT=8080), and so
can CHATKIT_STORAGE and CHATKIT_SECRET_KEY. A flag comes before the environment, the environment
before .env, and .env before the YAML.
"""


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "serve",
        help="answer over HTTP",
        description="Check a chatkit.yaml, and serve its bot over HTTP.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "-c", "--config", type=Path, metavar="FILE", help="the YAML file (chatkit.yaml)"
    )
    parser.add_argument("--host", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="the port; 0 for any that is free (8000)")
    parser.add_argument("--workers", type=int, help="how many processes; one, for now")
    parser.add_argument(
        "--grace", type=float, metavar="SECONDS", help="time to finish answers when stopping (20)"
    )
    parser.add_argument(
        "--log-level", choices=["debug", "info", "warning", "error"], help="how much to log (info)"
    )
    parser.add_argument(
        "--gallery",
        action=argparse.BooleanOptionalAction,
        help="show developers the widgets at /widgets (where only this machine can reach it)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until a signal comes."""
    from chatkit_host.cli.settings import read_settings

    settings = read_settings(
        config=args.config,
        host=args.host,
        port=args.port,
        workers=args.workers,
        grace=args.grace,
        log_level=args.log_level,
        gallery=args.gallery,
    )
    return serve(settings)


def serve(settings: Settings) -> int:
    """From the settings to the end of the server."""
    from chatkit_host.cli.logs import set_up_logs
    from chatkit_host.web.listening import bind, check_listen

    gc.disable()  # until the host has started: imports make much that stays, and little garbage
    set_up_logs(settings.log_level)
    _check_workers(settings.workers)
    # What .env holds is for libraries too: the model client looks for OPENAI_API_KEY by itself.
    os.environ.update(settings.environ)
    loaded = load_whole(settings)
    server = loaded.config.server
    host = settings.host or server.host
    port = server.port if settings.port is None else settings.port
    takes_files = loaded.config.attachments is not None
    check_listen(host, loaded.config.auth, loaded.config.limits, takes_files=takes_files)
    has_gallery = shows_gallery(loaded.config, host, settings.gallery)
    # Listening comes before the slow imports: who connects meanwhile waits, and is not refused.
    with bind(host, port) as listening:
        return _run(loaded, settings, host, listening, has_gallery)


def load_whole(settings: Settings) -> Loaded:
    """The file, checked as a whole: nothing starts on a file with a problem."""
    from chatkit_host.checks import check_file
    from chatkit_host.config.storage import Storage

    loaded = check_file(settings.config, settings.environ)
    for warning in loaded.warnings:
        logger.warning("%s", warning.line)
    if settings.storage is None:
        return loaded
    storage = Storage(url=settings.storage)
    return replace(loaded, config=loaded.config.model_copy(update={"storage": storage}))


def shows_gallery(config: Config, host: str, asked: bool | None) -> bool:
    """Whether /widgets is there: unasked where only this machine can come, else never.

    Raises:
        ConfigError: it is asked for where others would see it.
    """
    from chatkit_host.checks.safety import GALLERY_CURE, is_in_development

    wanted = config.server.gallery if asked is None else asked
    is_right = is_in_development(config, host)
    if wanted and not is_right:
        raise ConfigError(f"--gallery: others than developers would see it; {GALLERY_CURE}.")
    return is_right if wanted is None else wanted


def _check_workers(workers: int) -> None:
    if workers > 1:
        raise ConfigError(
            f"--workers {workers}: only one process can serve for now. Turns write their events "
            "to a log in this process's memory, and a second process could not read them."
        )


def _run(
    loaded: Loaded, settings: Settings, host: str, listening: socket.socket, has_gallery: bool
) -> int:
    from chatkit_host.compiler import compile_app
    from chatkit_host.gallery import LiveWidgets
    from chatkit_host.web import create_app, web_settings
    from chatkit_host.web.running import run as run_server
    from chatkit_host.web.secret import signing_key

    given = settings.secret_key.get_secret_value() if settings.secret_key else None
    key = signing_key(given, loaded.config.storage, loaded.base_dir)
    app = compile_app(loaded, key)
    gallery = LiveWidgets(loaded, settings.environ) if has_gallery else None
    web = create_app(app, web_settings(loaded.config, key, host, loaded.base_dir), gallery)
    url = _url(host, listening)
    print(f"{app.name} is on {url} (Ctrl+C stops it)", flush=True)
    if gallery is not None:
        logger.info("Its widgets are on %s/widgets, for you alone (--no-gallery)", url)
    return run_server(web, listening, settings.grace)


def _url(host: str, listening: socket.socket) -> str:
    port = listening.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
