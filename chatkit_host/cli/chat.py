"""`chatkit-host chat`: a terminal client."""

from __future__ import annotations

import argparse
import os
from typing import Any

EXAMPLE = """\
example:
  chatkit-host chat --url http://127.0.0.1:8000/chatkit
  echo "Hello!" | chatkit-host chat

A line is a message. /help tells the commands; Ctrl+C stops an answer, Ctrl+D leaves.
"""
DEFAULT_URL = "http://127.0.0.1:8000/chatkit"


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "chat",
        help="talk to a bot in the terminal",
        description="Talk to a bot that is being served, in the terminal or through a pipe.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--url", default=DEFAULT_URL, help=f"the endpoint ({DEFAULT_URL})")
    parser.add_argument(
        "--key", default=os.environ.get("CHATKIT_KEY"), help="an API key (or CHATKIT_KEY)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Talk until the lines end."""
    from chatkit_host.cli.talk.client import Client
    from chatkit_host.cli.talk.session import Session

    with Client(args.url, args.key) as client:
        return Session(client).run()
