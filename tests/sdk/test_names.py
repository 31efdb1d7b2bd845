"""The names that a server is written with: where they are, and what importing them does."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import chatkit_host.widgets
from tests.oracle.reference import MODULES, defined_names

NAMES = {
    "server": (
        *("ChatKitServer", "stream_widget", "diff_widget", "DEFAULT_ERROR_MESSAGE"),
        *("DEFAULT_PAGE_SIZE", "StreamingResult", "NonStreamingResult"),
        "agents_sdk_user_agent_override",
    ),
    "agents": (
        *("AgentContext", "stream_agent_response", "ThreadItemConverter", "simple_to_agent_input"),
        *("accumulate_text", "ResponseStreamConverter", "ClientToolCall"),
    ),
    "store": ("Store", "AttachmentStore", "NotFoundError", "StoreItemType", "default_generate_id"),
    "widgets": (
        *("WidgetTemplate", "WidgetRoot", "DynamicWidgetRoot"),
        *defined_names(MODULES["widgets"]),
    ),
    "errors": ("StreamError", "CustomStreamError", "ErrorCode"),
    "actions": ("Action", "ActionConfig"),
    "logger": ("logger",),
    "types": ("ThreadMetadata", "ThreadItemDoneEvent"),
}
PAIRS = [(room, name) for room, names in NAMES.items() for name in names]


@pytest.mark.parametrize(("room", "name"), PAIRS)
def test_a_name_is_in_its_module(room: str, name: str) -> None:
    assert getattr(importlib.import_module(f"chatkit_host.{room}"), name) is not None


def test_the_components_of_the_npm_package_are_there_too() -> None:
    for name in ("Table", "TableRow", "TableCell", "Chart"):
        assert name in chatkit_host.widgets.__all__


IMPORT = f"""
import logging, sys
from importlib import import_module
for room in {list(NAMES)!r}:
    import_module(f"chatkit_host.{{room}}")
loggers = [logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)]
for it in loggers:
    print("handler", it.name, it.handlers) if it.handlers and it.name != "asyncio" else None
print("level", logging.getLogger("chatkit_host").level)
for name in ("agents", "openai", "litestar", "sqlalchemy"):
    print("imported", name) if name in sys.modules else None
"""


def test_importing_configures_no_handler_and_loads_nothing_slow() -> None:
    env = {"LOG_LEVEL": "info"}
    ran = subprocess.run([sys.executable, "-c", IMPORT], env=env, capture_output=True, text=True)
    assert (ran.stdout, ran.stderr) == ("level 20\n", "")
