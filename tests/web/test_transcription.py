"""Dictation over HTTP: a recording in, text out, through a server with OpenAI's API."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.examples.visitor import Json, Visitor
from tests.model_server.script import fail, hang, say
from tests.model_server.server import ModelServer
from tests.web.hosted import hosted, post

AGENT = """
agents: { helper: { instructions: Help., model: rules } }
storage: "memory:"
"""
WAV = b"RIFF" + struct.pack("<I", 44) + b"WAVEfmt " + bytes(36)
WEBM = b"\x1aE\xdf\xa3" + bytes(60)
OGG = b"OggS" + bytes(60)
MP4 = b"\0\0\0\x18ftypmp42" + bytes(60)


def with_ears(server: ModelServer, more: str = "") -> str:
    """Rules that answer, and a model that hears."""
    ears = f"provider: openai, model: whisper, api_key: secret, base_url: '{server.base_url}'"
    return f"""
models:
  rules: {{ provider: rules, rules: [{{ say: Hi. }}] }}
  ears: {{ {ears} }}
transcription: {{ model: ears{more} }}
"""


async def dictate(
    visitor: Visitor, data: bytes | str, mime_type: str = "audio/wav"
) -> tuple[int, Json]:
    encoded = data if isinstance(data, str) else base64.b64encode(data).decode()
    answer = await post(visitor, "input.transcribe", audio_base64=encoded, mime_type=mime_type)
    found: Any = answer.json()
    return answer.status_code, found.get("error", found)


@pytest.mark.parametrize(
    ("data", "mime_type", "kind"),
    [
        (WEBM, "audio/webm;codecs=opus", "webm"),
        (OGG, "audio/ogg; codecs=opus", "ogg"),
        (MP4, "audio/mp4", "mp4"),
        (WAV, "audio/x-wav", "wav"),
        (WEBM, "audio/wav", "webm"),  # the content says what it is
    ],
)
async def test_what_browsers_record_becomes_text(
    tmp_path: Path, model_server: ModelServer, data: bytes, mime_type: str, kind: str
) -> None:
    model_server.reply(say(" Water the fern. "))
    hints = ", language: en, prompt: Boston fern"
    async with hosted(tmp_path, AGENT, with_ears(model_server, hints)) as visitor:
        assert await dictate(visitor, data, mime_type) == (200, {"text": "Water the fern."})
    [asked] = model_server.requests
    assert asked.headers["authorization"] == "Bearer secret"
    assert asked.body == {
        "file": {"name": f"audio.{kind}", "type": f"audio/{kind}", "data": data},
        "model": "whisper",
        "language": "en",
        "prompt": "Boston fern",
        "response_format": "json",
    }


@pytest.mark.parametrize(
    ("data", "mime_type", "reason"),
    [
        (b"", "audio/wav", "empty"),
        ("%", "audio/wav", "not base64"),
        (WAV, "audio/aac", "audio/webm, audio/ogg, audio/mp4 or audio/wav"),
        (b"hello there", "audio/wav", "no recording"),
    ],
)
async def test_what_is_no_recording_is_refused_before_anybody_is_asked(
    tmp_path: Path, model_server: ModelServer, data: bytes | str, mime_type: str, reason: str
) -> None:
    async with hosted(tmp_path, AGENT, with_ears(model_server)) as visitor:
        status, error = await dictate(visitor, data, mime_type)
    assert (status, error["code"]) == (400, "invalid_request")
    assert reason in error["message"]
    assert model_server.requests == []


async def test_the_limit_is_that_of_the_recording_whatever_base64_makes_of_it(
    tmp_path: Path, model_server: ModelServer
) -> None:
    model_server.reply(say("ok"))
    size = ", max_size: 2MB"
    async with hosted(tmp_path, AGENT, with_ears(model_server, size)) as visitor:
        largest = WAV + bytes(2_000_000 - len(WAV))
        assert (await dictate(visitor, largest))[0] == 200
        status, error = await dictate(visitor, largest + b"\0")
        assert (status, error["code"]) == (413, "too_large")
        assert "2000000" in error["message"]
        assert (await dictate(visitor, bytes(4_000_000)))[0] == 413


@pytest.mark.parametrize(
    ("answer", "status", "text"),
    [
        (fail(400, "secret words"), 400, "could not be understood"),
        (fail(401, "bad key secret"), 503, "does not work right now"),
        (fail(429, "quota of secret"), 429, "moment"),
        (fail(500, "secret"), 503, "does not work right now"),
    ],
)
async def test_failures_of_the_server_are_told_in_our_words(
    tmp_path: Path, model_server: ModelServer, answer: Any, status: int, text: str
) -> None:
    answer.headers["x-should-retry"] = "false"
    model_server.reply(answer)
    async with hosted(tmp_path, AGENT, with_ears(model_server)) as visitor:
        found, error = await dictate(visitor, WAV)
    assert found == status
    assert text in error["message"]
    assert "secret" not in error["message"]


async def test_a_server_that_does_not_answer_in_time_is_given_up(
    tmp_path: Path, model_server: ModelServer
) -> None:
    stuck = [hang(), hang(), hang()]
    for each in stuck:
        model_server.reply(each)
    async with hosted(tmp_path, AGENT, with_ears(model_server, ", timeout: 50ms")) as visitor:
        status, error = await dictate(visitor, WAV)
    assert (status, error["code"]) == (503, "unavailable")
    assert "too long" in error["message"]


async def test_without_the_section_it_is_refused(tmp_path: Path) -> None:
    rules = "models: { rules: { provider: rules, rules: [{ say: Hi. }] } }"
    async with hosted(tmp_path, AGENT, rules) as visitor:
        status, error = await dictate(visitor, WAV)
    assert (status, error["message"]) == (400, "input.transcribe is not supported here.")


async def test_a_model_may_be_written_out_with_its_server(
    tmp_path: Path, model_server: ModelServer
) -> None:
    model_server.reply(say("Hello"))
    section = f"""
models: {{ rules: {{ provider: rules, rules: [{{ say: Hi. }}] }} }}
transcription: {{ model: openai/acme/ears, api_key: k, base_url: '{model_server.base_url}' }}
"""
    async with hosted(tmp_path, AGENT, section) as visitor:
        assert (await dictate(visitor, WAV))[1] == {"text": "Hello"}
    assert model_server.requests[0].body["model"] == "acme/ears"


async def test_recordings_count_as_messages(tmp_path: Path, model_server: ModelServer) -> None:
    model_server.reply(say("Hello"))
    limits = "limits: { messages: 1/hour }"
    async with hosted(tmp_path, AGENT, with_ears(model_server), limits) as visitor:
        assert (await dictate(visitor, WAV))[0] == 200
        response: httpx.Response = await post(
            visitor, "input.transcribe", audio_base64="UklG", mime_type="audio/wav"
        )
    assert response.status_code == 429
