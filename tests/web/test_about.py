"""The page that says what runs here; its commands are pasted into a real shell."""

from __future__ import annotations

import asyncio
import html
import io
import json
import re
import shutil
import wave
from pathlib import Path
from typing import Any

import pytest

from chatkit_host.web.about import render
from chatkit_host.web.examples import examples
from tests.examples.visitor import Visitor
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer
from tests.web.bots import FakeHost, app_of, settings
from tests.web.hosted import hosted, model_at
from tests.web.live import serve, visit

OPERATIONS = {
    *("threads.create", "threads.add_user_message", "threads.add_client_tool_output"),
    *("threads.add_structured_input", "threads.retry_after_item", "threads.custom_action"),
    *("threads.get_by_id", "threads.list", "threads.update", "threads.delete"),
    *("threads.sync_custom_action", "items.list", "items.feedback", "attachments.create"),
    *("attachments.delete", "input.transcribe"),
}
WITH_ANY_BOT = [example.type for example in examples("", uses_keys=False) if example.wants is None]


async def test_the_page_says_what_runs_here_and_loads_nothing_from_elsewhere() -> None:
    async with visit(app_of()) as browser:
        page = await browser.get("/about")
        style = await browser.get("/assets/about.css")
        url = str(browser.base_url).rstrip("/")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert style.headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in style.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert f"{url}/chatkit" in page.text
    assert set(re.findall(r'(?:src|href)="([^"]*)"', page.text)) == {
        *("data:,", "/", "/assets/about.css", "/readyz", "/healthz", "/openapi.json")
    }
    for name in ("Test bot", "helper", "go", *OPERATIONS):
        assert name in page.text


async def test_names_are_text_and_never_markup() -> None:
    async with visit(app_of()) as browser:
        page = await browser.get("/about")
    assert "<look up>" not in page.text
    assert "&lt;look up&gt;" in page.text


async def test_the_page_makes_the_visitor_known_before_requests_go_out_together() -> None:
    async with visit(app_of()) as browser:
        page = await browser.get("/about")
        again = await browser.get("/about")
    assert "chatkit_visitor" in page.headers["set-cookie"]
    assert "set-cookie" not in again.headers


def test_a_stranger_on_a_network_is_not_told_what_the_bot_is_made_of() -> None:
    page = render(FakeHost(), settings(listen_host="0.0.0.0"), "https://bot.example")
    assert "Test bot" in page
    assert "helper" not in page


def test_there_is_an_example_for_each_operation() -> None:
    assert {example.type for example in examples("http://x", uses_keys=False)} == OPERATIONS


async def paste(command: str, folder: Path) -> str:
    """What a shell prints for a command."""
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", command, cwd=folder, stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    return output.decode()


def first_json(output: str) -> dict[str, Any]:
    """The JSON of an answer, or the first event of a stream."""
    decoded, _ = json.JSONDecoder().raw_decode(output.removeprefix("data: "))
    assert isinstance(decoded, dict)
    return decoded


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
async def test_each_command_works_when_it_is_pasted(operation: str, tmp_path: Path) -> None:
    async with serve(app_of()) as url:
        async with visit(app_of()) as browser:
            page = (await browser.get("/about")).text.replace(
                str(browser.base_url).rstrip("/"), url
            )
        blocks = [
            html.unescape(block)
            for block in re.findall(
                "<code>(curl.*?|EVENTS.*?|AUDIO.*?|ATTACHMENT.*?)</code>", page, re.S
            )
        ]
        command = next(block for block in blocks if f'"{operation}"' in block.splitlines()[-1])
        answer = first_json(await paste(command, tmp_path))
    if operation in WITH_ANY_BOT:
        assert "error" not in answer
    else:  # this bot has no such thing, and says so
        assert answer.get("type") == "error" or answer["error"]["message"]


def test_the_bots_own_actions_are_acted() -> None:
    parts = {"actions": ["a"], "page_actions": ["b"], "sync_actions": ["c"]}
    found = {one.type: one.command for one in examples("", uses_keys=False, parts=parts)}
    assert '"type": "b"' in found["threads.custom_action"]
    assert '"type": "c"' in found["threads.sync_custom_action"]


async def pasted(visitor: Visitor, operation: str, folder: Path) -> str:
    """What a shell prints for the command that a bot's own page shows."""
    page = (await visitor.browser.get("/about")).text
    blocks = re.findall("<code>((?:curl|EVENTS|AUDIO|ATTACHMENT).*?)</code>", page, re.S)
    commands = [html.unescape(block) for block in blocks]
    command = next(one for one in commands if f'"{operation}"' in one.splitlines()[-1])
    return await paste(command, folder)


WAITING = """
agents: { helper: { instructions: Help., tools: [look, book] } }
tools:
  look: { description: Look., client: {} }
  book: { description: Book., steps: [structured_input: { day: Which day? }] }
transcription: { model: ears }
storage: "memory:"
"""
BY_RULES = """
models:
  default:
    provider: rules
    rules:
      - { match: '^(please )?look$', call: look, say: "It is {{ result.selected }}." }
      - { match: 'look|book', call: book, say: "On {{ answers.day }}." }
"""


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
async def test_a_bot_that_asks_has_commands_that_answer_it(
    tmp_path: Path, model_server: ModelServer
) -> None:
    ears = f"  ears: {{ model: m, api_key: k, base_url: '{model_server.base_url}' }}\n"
    model_server.reply(say("Hear, hear."))
    async with hosted(tmp_path, WAITING, BY_RULES + ears) as visitor:
        output = await pasted(visitor, "threads.add_client_tool_output", tmp_path)
        assert "It is nothing." in output
        assert "On yes." in await pasted(visitor, "threads.add_structured_input", tmp_path)
        heard = await pasted(visitor, "input.transcribe", tmp_path)
        assert heard == '{"text":"Hear, hear."}'
    with wave.open(io.BytesIO(model_server.requests[0].body["file"]["data"])) as recording:
        assert recording.getnframes() / recording.getframerate() == 1


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
async def test_a_model_is_told_in_words_which_tool_to_use(
    tmp_path: Path, model_server: ModelServer
) -> None:
    model_server.reply(call("look"))
    model_server.reply(say("Seen."))
    bot = WAITING.replace("ears", "default")
    async with hosted(tmp_path, bot, model_at(model_server)) as visitor:
        assert "Seen." in await pasted(visitor, "threads.add_client_tool_output", tmp_path)
    assert "use the tool look" in str(model_server.requests[0].body["input"])
