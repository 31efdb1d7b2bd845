"""Models that a package of others reaches: a real server behind them, where they are installed."""

from __future__ import annotations

import asyncio
import json
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.compiler.bots import make_bot
from tests.compiler.gateway_talk import BOT
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer


@pytest.mark.parametrize(("provider", "package"), [("litellm", "litellm"), ("any-llm", "any_llm")])
async def test_a_model_behind_a_gateway_answers_and_calls(
    tmp_path: Path, model_server: ModelServer, provider: str, package: str
) -> None:
    if find_spec(package) is None:
        pytest.skip(f"the extra {provider} is not installed")
    model_server.reply(call("pour"))
    model_server.reply(say("There you are."))
    given = (provider, model_server.base_url, str(tmp_path))
    talk = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "ignore", "-m", "tests.compiler.gateway_talk", *given),
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await talk.communicate()
    assert told.decode().splitlines()[-1] == "There you are."
    assert "Poured." in json.dumps(model_server.requests[-1].body)


async def test_an_app_starts_without_importing_them(tmp_path: Path) -> None:
    app = make_bot(tmp_path, BOT.format(provider="litellm", url="http://127.0.0.1:9/v1"))
    await app.start()
    await app.close()
    assert "litellm" not in sys.modules
