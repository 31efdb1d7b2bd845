"""The element is there before a test looks at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.built import build

QUICK = {"test_chat.py"}


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """Built once."""
    build()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser takes seconds to start: one file is enough for a quick look."""
    for item in items:
        path = Path(item.path)
        if path.parent == Path(__file__).parent and path.name not in QUICK:
            item.add_marker(pytest.mark.slow)
