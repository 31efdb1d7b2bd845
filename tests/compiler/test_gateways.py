"""Models that a package of others reaches: a real server behind them, where they are installed."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.compiler.bots import Conversation, make_bot, said
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer

BOT = """
models: {{ default: {{ provider: {provider}, model: openai/m, base_url: "{url}", api_key: k, api: chat_completions }} }}
agents: {{ waiter: {{ instructions: Wait., tools: [pour] }} }}
tools: {{ pour: {{ description: Pour., return: Poured. }} }}
storage: "memory:"
"""  # noqa: E501


@pytest.mark.parametrize(("provider", "package"), [("litellm", "litellm"), ("any-llm", "any_llm")])
@pytest.mark.filterwarnings("ignore")  # theirs, not ours
async def test_a_model_behind_a_gateway_answers_and_calls(
    tmp_path: Path, model_server: ModelServer, provider: str, package: str
) -> None:
    if find_spec(package) is None:
        pytest.skip(f"the extra {provider} is not installed")
    app = make_bot(tmp_path, BOT.format(provider=provider, url=model_server.base_url))
    model_server.reply(call("pour"))
    model_server.reply(say("There you are."))
    events = await Conversation(app).say("Pour")
    assert said(events) == ["There you are."]
    assert "Poured." in json.dumps(model_server.requests[-1].body)
    await app.close()


async def test_without_the_package_nothing_is_imported(tmp_path: Path) -> None:
    app = make_bot(tmp_path, BOT.format(provider="litellm", url="http://127.0.0.1:9/v1"))
    await app.start()
    await app.close()
