"""The logger: its level from the environment, its handlers left to the app."""

from __future__ import annotations

import subprocess
import sys

import pytest

SHOW = (
    "import logging; from chatkit_host.logger import logger as l;"
    "print(l.name, logging.getLevelName(l.level), len(l.handlers), len(logging.root.handlers))"
)


@pytest.mark.parametrize(
    ("level", "shown"),
    [(None, "NOTSET"), ("debug", "DEBUG"), (" Warning ", "WARNING"), ("louder", "NOTSET")],
)
def test_the_level_comes_from_the_environment(level: str | None, shown: str) -> None:
    env = {} if level is None else {"LOG_LEVEL": level}
    printed = subprocess.run(
        [sys.executable, "-c", SHOW], env=env, capture_output=True, text=True, check=True
    )
    assert printed.stdout.split() == ["chatkit_host", shown, "0", "0"]
