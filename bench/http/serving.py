"""The child process: one side's application in uvicorn, with the same options for both.

`python -m bench.http.serving SIDE FD DATABASE` serves on the listening socket that it inherits,
until its standard input ends, which happens at the latest when whoever started it does.
"""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Callable
from threading import Thread
from typing import Any

import uvicorn

Make = Callable[[str], Any]


def main() -> None:
    """Serve the side that the command line names."""
    side, descriptor, database = sys.argv[1:]
    config = uvicorn.Config(
        SIDES[side](database),
        loop="auto",
        http="auto",
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
    )
    server = uvicorn.Server(config)
    Thread(target=_end_with_input, args=(server,), daemon=True).start()
    SETTLE[side]()
    server.run(sockets=[socket.socket(fileno=int(descriptor))])


def _peer(database: str) -> Any:
    from bench.peer.app import peer_app

    return peer_app(database)


def _ours(database: str) -> Any:
    from bench.ours.app import our_app

    return our_app(database)


def _light(database: str) -> Any:
    from bench.ours.app import our_app

    return our_app(database, light=True)


def _settle_peer() -> None:
    # Its documentation says nothing of the collector; this spares it the long pauses.
    gc.collect()
    gc.freeze()


def _settle_ours() -> None:
    from chatkit_host.web.running import freeze

    freeze()  # as `chatkit-host serve` does


SIDES: dict[str, Make] = {"peer": _peer, "ours": _ours, "light": _light}
SETTLE = {"peer": _settle_peer, "ours": _settle_ours, "light": _settle_ours}


def _end_with_input(server: uvicorn.Server) -> None:
    os.read(sys.stdin.fileno(), 1)
    server.should_exit = True


if __name__ == "__main__":
    main()
