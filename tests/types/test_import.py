"""Importing the wire must not cost what building its validators costs."""

from __future__ import annotations

import subprocess
import sys

SHOW = """
import chatkit_host.types as types
from chatkit_host.components import Card

models = Card, types.WidgetItem, types.ThreadItemDoneEvent, types.ThreadsCreateReq
print(*(model.__name__ for model in models if model.__pydantic_complete__))
"""


def test_importing_builds_no_validators() -> None:
    run = subprocess.run([sys.executable, "-c", SHOW], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
