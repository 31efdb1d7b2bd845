"""The model server says what the real ones say, as far as openai's own types can tell."""

from __future__ import annotations

from typing import Any

import openai
import pytest
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.responses import Response, ResponseStreamEvent
from pydantic import TypeAdapter

from tests.model_server.chat_completions import stream_chunks, whole_completion
from tests.model_server.responses_api import stream_events, whole_response
from tests.model_server.script import Part, call, die, fail, hang, refuse, say, think
from tests.model_server.server import ModelServer

BODY: dict[str, Any] = {"model": "m", "stream_options": {"include_usage": True}}
CITATION = {
    "type": "url_citation",
    "url": "https://example.com",
    "title": "An example",
    "start_index": 0,
    "end_index": 2,
}
EVERYTHING: list[Part] = [
    think("Let me see."),
    say("Hello there", citations=[CITATION]),
    refuse("No."),
    call("a", {"x": 1}),
    call("b"),
]


def client_of(server: ModelServer) -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(base_url=server.base_url, api_key="k", max_retries=0)


def test_response_events_are_of_the_declared_types() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)
    events = [adapter.validate_python(e, strict=True) for e in stream_events(BODY, EVERYTHING)]
    assert [e.sequence_number for e in events] == list(range(len(events)))
    Response.model_validate(whole_response(BODY, EVERYTHING), strict=True)


def test_chunks_are_of_the_declared_types() -> None:
    for chunk in stream_chunks(BODY, EVERYTHING):
        ChatCompletionChunk.model_validate(chunk, strict=True)
    ChatCompletion.model_validate(whole_completion(BODY, EVERYTHING), strict=True)


async def test_it_streams_both_apis_and_keeps_what_it_was_asked(model_server: ModelServer) -> None:
    model_server.reply(say("Good day"))
    model_server.reply(say("Good day"))
    async with client_of(model_server) as client:
        stream = await client.responses.create(model="m", input="hi", stream=True)
        said = [e.delta async for e in stream if e.type == "response.output_text.delta"]
        chunks = await client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": "hi"}], stream=True
        )
        chatted = [c.choices[0].delta.content async for c in chunks]
    assert said == ["Good ", "day"]
    assert [text for text in chatted if text] == ["Good ", "day"]
    assert [r.path for r in model_server.requests] == ["/v1/responses", "/v1/chat/completions"]
    assert model_server.requests[0].body["input"] == "hi"


async def test_it_answers_without_a_stream(model_server: ModelServer) -> None:
    model_server.reply(say("Good day"))
    async with client_of(model_server) as client:
        response = await client.responses.create(model="m", input="hi")
        models = [model.id async for model in client.models.list()]
    assert response.output_text == "Good day"
    assert models == ["m"]


async def test_it_fails_with_a_status(model_server: ModelServer) -> None:
    model_server.reply(fail(429, retry_after="1"))
    async with client_of(model_server) as client:
        with pytest.raises(openai.RateLimitError):
            await client.responses.create(model="m", input="hi")


async def test_it_breaks_in_the_middle(model_server: ModelServer) -> None:
    model_server.reply(say("Good"), die())
    async with client_of(model_server) as client:
        stream = await client.responses.create(model="m", input="hi", stream=True)
        with pytest.raises(openai.APIConnectionError):
            async for _ in stream:
                pass


async def test_it_hangs_until_released_and_sees_a_client_leave(model_server: ModelServer) -> None:
    pause = hang()
    model_server.reply(say("Good"), pause, say("day"))
    async with client_of(model_server) as client:
        stream = await client.responses.create(model="m", input="hi", stream=True)
        await model_server.wait(pause.reached)
        await stream.close()
    await model_server.wait(pause.disconnected)
    assert model_server.disconnected.is_set()
