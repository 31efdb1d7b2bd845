"""Starting and ending the servers."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ENDING_TIME = 10
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Child:
    """A server that listens, and the side that it serves."""

    side: str
    port: int
    process: subprocess.Popen[bytes]


@contextmanager
def serving(side: str, folder: Path) -> Iterator[Child]:
    """One side's server on a free port, with its database in the folder; ended afterwards.

    The socket is made here and handed over: connections wait in its queue while the child starts.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        descriptor = listening.fileno()
        command = [sys.executable, "-m", "bench.http.serving", side, str(descriptor)]
        process = subprocess.Popen(
            [*command, str(folder / f"{side}.db")],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            pass_fds=[descriptor],
        )
        child = Child(side, listening.getsockname()[1], process)
    try:
        yield child
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=ENDING_TIME)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
