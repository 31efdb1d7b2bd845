"""The element is there before a test looks at it."""

from __future__ import annotations

import pytest

from tests.ui.built import build


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """Built once."""
    build()
