"""The echo server of the SDK's README: here it is the same program, but for its imports."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.sdk.mounting import MOUNTS, mounted
from tests.sdk.renamed import program
from tests.server.servers import request, user_input

TIME = re.compile(r'"created_at":"([^"]*)"')
ID = re.compile(r"\b(thr|msg)_\w+")


def echo_server(sdk: str = "chatkit_host") -> Any:
    module = program("echo", sdk)
    return module.EchoServer(store=module.DictStore())


async def send(client: httpx.AsyncClient, body: bytes) -> str:
    response = await client.post("/chatkit", content=body)
    assert response.status_code == 200, response.text
    return response.text


async def talk(client: httpx.AsyncClient) -> list[str]:
    """A thread, a second message, and the thread as it then is."""
    first = await send(client, request("threads.create", input=user_input("Hello “you” ✨")))
    thread_id = json.loads(first.split("\n\n")[0].removeprefix("data: "))["thread"]["id"]
    second = request("threads.add_user_message", thread_id=thread_id, input=user_input("Again"))
    return [
        first,
        await send(client, second),
        await send(client, request("threads.get_by_id", thread_id=thread_id)),
    ]


def comparable(answers: list[str]) -> list[Any]:
    """The answers as data, without times, their ids in the order of their appearance."""
    text = TIME.sub('"created_at":"then"', "\n===\n".join(answers))
    seen: dict[str, str] = {}
    text = ID.sub(lambda found: seen.setdefault(found[0], f"id{len(seen)}"), text)
    return [
        [json.loads(line.removeprefix("data: ")) for line in answer.split("\n") if line.strip()]
        for answer in text.split("\n===\n")
    ]


@pytest.mark.parametrize("framework", MOUNTS)
async def test_it_works_in_any_framework_as_it_does_with_the_sdk(framework: str) -> None:
    answers = {}
    for sdk in ("chatkit_host", "chatkit"):
        async with mounted(framework, echo_server(sdk)) as client:
            answers[sdk] = comparable(await talk(client))
    assert answers["chatkit_host"] == answers["chatkit"]
    said = [event["item"]["content"][0]["text"] for event in answers["chatkit_host"][1][-1:]]
    assert said == ["Echo: Again"]


async def test_its_naive_times_are_local_times_and_leave_with_an_offset() -> None:
    """A fault of the reference: they leave as they are, and each client reads another moment."""
    async with mounted("fastapi", echo_server()) as client:
        answers = await talk(client)
    times = [datetime.fromisoformat(found) for answer in answers for found in TIME.findall(answer)]
    now = datetime.now().astimezone()
    assert len(times) > 6
    assert all(abs(now - time) < timedelta(minutes=1) for time in times)
    async with mounted("fastapi", echo_server("chatkit")) as client:
        theirs = TIME.findall((await talk(client))[0])
    assert [datetime.fromisoformat(found).tzinfo for found in theirs] == [None] * len(theirs)
