"""The pytest fixture `model_server`: one thread for the whole session, a fresh script a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.model_server.server import ModelServer


@pytest.fixture(scope="session")
def running_model_server() -> Iterator[ModelServer]:
    server = ModelServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def model_server(running_model_server: ModelServer) -> Iterator[ModelServer]:
    yield running_model_server
    running_model_server.reset()
