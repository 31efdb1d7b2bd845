"""Real child processes of the command line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

# What the tests' own environment says must not reach a child.
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("CHATKIT_")}


def run(
    *words: str,
    cwd: Path,
    stdin: str = "",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `chatkit-host` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "chatkit_host", *words],
        cwd=cwd,
        input=stdin,
        env={**CLEAN, "XDG_STATE_HOME": str(cwd / ".state"), **(env or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def serving(
    command: list[str], cwd: Path, env: Mapping[str, str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Start a server that prints its URL; gives the URL and the process, which ends with us."""
    child = subprocess.Popen(
        command,
        cwd=cwd,
        env={**CLEAN, "XDG_STATE_HOME": str(cwd / ".state"), **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    try:
        line = child.stdout.readline()
        found = re.search(r"http://\S+", line)
        if found is None:
            child.kill()
            raise AssertionError(f"no URL: {line}{child.stderr.read()}")
        yield found[0], child
    finally:
        child.kill()
        child.communicate()


def serve_command(*words: str) -> list[str]:
    """`chatkit-host serve` on a free port."""
    return [sys.executable, "-m", "chatkit_host", "serve", "--port", "0", *words]
