"""Fixtures of this room: a conversation with a model, once for each of the two APIs."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.agents.harness import APIS, Conversation, models_at
from tests.model_server.server import ModelServer


@pytest.fixture(params=APIS)
def api(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def talk(model_server: ModelServer, api: str) -> AsyncIterator[Conversation]:
    conversation = Conversation(models_at(model_server, api))
    yield conversation
    await conversation.models.aclose()
