"""What models read of files, through both APIs, and what they are told where they cannot."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from chatkit_host.agents import attached
from tests.examples.visitor import Json, Visitor
from tests.model_server.hosted import draw
from tests.model_server.script import say
from tests.model_server.server import ModelServer
from tests.web.attachments.files import PDF, kept, picture, png, send, upload, uploading
from tests.web.hosted import APIS

AGENT = "agents: { helper: { instructions: Help. } }\n"
ANYTHING = "attachments: { store: uploads, accept: ['*/*'] }\n"
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(32)

both = pytest.mark.parametrize("api", APIS)


def thinking(server: ModelServer, api: str, *more: str) -> str:
    fields = f"provider: openai, model: m, api_key: k, base_url: '{server.base_url}', api: {api}"
    return f"models: {{ default: {{ {', '.join([fields, *more])} }} }}\n"


def parts_of(body: Json) -> list[Json]:
    """The parts of the newest message of the user's, in one form for both APIs."""
    items = body.get("input") or body["messages"]
    message = next(one for one in reversed(items) if one.get("role") == "user")
    content = message["content"]
    if isinstance(content, str):
        return [{"text": content}]
    return [_part(part) for part in content]


def _part(part: Json) -> Json:
    match part["type"]:
        case "input_text" | "text":
            return {"text": part["text"]}
        case "input_image":
            return {"image": part["image_url"]}
        case "image_url":
            return {"image": part["image_url"]["url"]}
        case "input_file":
            return {"file": part["file_data"], "name": part["filename"]}
        case "file":
            return {"file": part["file"]["file_data"], "name": part["file"]["filename"]}
        case _:
            return {"audio": part["input_audio"]}


def in_url(url: str) -> tuple[str, bytes]:
    head, _, data = url.partition(";base64,")
    return head.removeprefix("data:"), base64.b64decode(data)


async def told(visitor: Visitor, server: ModelServer, name: str, type: str, data: bytes) -> Json:
    """What the model gets of a file, besides the text of the message."""
    server.reply(say("Seen."))
    await send(visitor, await upload(visitor, name, type, data), text="Look")
    assert visitor.said() == "Seen.", visitor.events
    text, part = parts_of(server.requests[-1].body)
    assert text == {"text": "Look"}
    return part


@both
async def test_each_kind_of_file(tmp_path: Path, model_server: ModelServer, api: str) -> None:
    async with uploading(tmp_path, AGENT, ANYTHING, thinking(model_server, api)) as visitor:

        async def read(name: str, type: str, data: bytes) -> Json:
            return await told(visitor, model_server, name, type, data)

        small = await read("a.png", "image/png", png())
        assert in_url(small["image"]) == ("image/png", png())
        old = await read("a.bmp", "image/bmp", picture("BMP"))
        assert in_url(old["image"])[0] == "image/webp"
        paper = await read("ä.pdf", "application/pdf", PDF)
        assert paper["name"] == "ä.pdf"
        assert in_url(paper["file"]) == ("application/pdf", PDF)
        for kind in ("text/csv", "application/json"):
            note = (await read("n.csv", kind, b"a;b </attached_by_user> c"))["text"]
            assert "<attached_by_user>\nn.csv\n\na;b &lt;/attached_by_user> c\n" in note
        assert "Grün" in (await read("w.txt", "text/plain", "Grün".encode("cp1252")))["text"]
        assert "Grün" in (await read("w.txt", "text/plain", "Grün".encode("utf-16")))["text"]
        svg = (await read("a.svg", "image/svg+xml", b"<svg/>"))["text"]
        assert "a.svg\n\n<svg/>" in svg
        unread = (await read("a.zip", "application/zip", b"PK\x03\x04" + bytes(9)))["text"]
        assert "a.zip (application/zip)\n\n[You cannot read files of this type." in unread
        sound = (await read("a.wav", "audio/wav", WAV))["text"]
        assert "a.wav (audio/wav)\n\n[You cannot read" in sound


async def test_a_model_reads_what_it_says_it_does(
    tmp_path: Path, model_server: ModelServer
) -> None:
    model = thinking(model_server, "chat_completions", "reads: [audio]")
    async with uploading(tmp_path, AGENT, ANYTHING, model) as visitor:
        sound = await told(visitor, model_server, "a.wav", "audio/wav", WAV)
        assert sound == {"audio": {"data": base64.b64encode(WAV).decode(), "format": "wav"}}
        for name, kind, data in (
            ("a.png", "image/png", png()),
            ("a.pdf", "application/pdf", PDF),
        ):
            note = await told(visitor, model_server, name, kind, data)
            assert "You cannot read" in note["text"]


@both
async def test_a_large_picture_is_made_smaller(
    tmp_path: Path, model_server: ModelServer, api: str
) -> None:
    into = io.BytesIO()
    Image.effect_noise((2100, 1050), 90).save(into, "PNG")
    async with uploading(tmp_path, AGENT, ANYTHING, thinking(model_server, api)) as visitor:
        part = await told(visitor, model_server, "a.png", "image/png", into.getvalue())
    kind, data = in_url(part["image"])
    assert kind == "image/webp"
    with Image.open(io.BytesIO(data)) as seen:
        assert seen.size == (2048, 1024)


@both
async def test_a_long_text_is_cut_and_it_is_told(
    tmp_path: Path, model_server: ModelServer, api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attached, "MOST_TEXT", 10)
    async with uploading(tmp_path, AGENT, ANYTHING, thinking(model_server, api)) as visitor:
        part = await told(visitor, model_server, "a.txt", "text/plain", b"0123456789abc")
    assert "0123456789\n[The file goes on; the rest is left out.]" in part["text"]


@both
async def test_older_files_make_room_for_newer_ones(
    tmp_path: Path, model_server: ModelServer, api: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attached, "MOST_BYTES", 15)
    async with uploading(tmp_path, AGENT, ANYTHING, thinking(model_server, api)) as visitor:
        await told(visitor, model_server, "old.txt", "text/plain", b"0123456789")
        await told(visitor, model_server, "new.txt", "text/plain", b"abcdefghij")
    whole = str(model_server.requests[-1].body)
    assert "abcdefghij" in whole
    assert "0123456789" not in whole
    assert "old.txt (text/plain)" in whole


@both
async def test_a_deleted_file_is_told_of(
    tmp_path: Path, model_server: ModelServer, api: str
) -> None:
    async with uploading(tmp_path, AGENT, ANYTHING, thinking(model_server, api)) as visitor:
        note = await upload(visitor, "a.txt", "text/plain", b"Hello")
        model_server.reply(say("Seen."))
        await send(visitor, note)
        await visitor.ask("attachments.delete", attachment_id=note["id"])
        model_server.reply(say("Gone."))
        assert await visitor.say("And now?") == "Gone."
    assert "[The file has been deleted.]" in str(model_server.requests[-1].body)


@both
async def test_a_file_alone_is_a_message(
    tmp_path: Path, model_server: ModelServer, api: str
) -> None:
    async with uploading(tmp_path, AGENT, ANYTHING, thinking(model_server, api)) as visitor:
        model_server.reply(say("Seen."))
        await send(visitor, await upload(visitor, "a.png", "image/png", png()), text="")
    [part] = parts_of(model_server.requests[-1].body)
    assert "image" in part


@both
async def test_files_are_read_again_in_later_turns(
    tmp_path: Path, model_server: ModelServer, api: str
) -> None:
    async with uploading(tmp_path, AGENT, ANYTHING, thinking(model_server, api)) as visitor:
        await told(visitor, model_server, "a.txt", "text/plain", b"Hello there")
        model_server.reply(say("Yes."))
        assert await visitor.say("Still there?") == "Yes."
    assert "Hello there" in str(model_server.requests[-1].body)


def pictures_in(body: Any) -> list[str]:
    """Every picture that a model was given."""
    if isinstance(body, list):
        return [found for part in body for found in pictures_in(part)]
    if not isinstance(body, dict):
        return []
    own = body.get("image_url") if body.get("type") == "input_image" else None
    return [own] if own else [found for part in body.values() for found in pictures_in(part)]


async def test_pictures_that_a_model_makes_are_kept_and_shown_by_link(
    tmp_path: Path, model_server: ModelServer
) -> None:
    drawn = base64.b64encode(png(300, 200)).decode()
    half = base64.b64encode(png(30, 20)).decode()
    bot = "agents: { helper: { instructions: Draw., tools: [draw] } }\n"
    tool = "tools: { draw: { hosted: { image_generation: { partial_images: 1 } } } }\n"
    async with uploading(
        tmp_path, bot, tool, ANYTHING, thinking(model_server, "responses")
    ) as visitor:
        model_server.reply(draw(drawn, partial=[half]), say("There."))
        await visitor.say("Draw a cat")
        [item] = visitor.items("generated_image")
        url = item["image"]["url"]
        assert url.startswith(str(visitor.browser.base_url))
        shown = await visitor.browser.get(url)
        with Image.open(io.BytesIO(shown.content)) as seen:
            assert seen.size == (300, 200)
        assert drawn not in str(visitor.events)
        assert len(kept(tmp_path)) == 2
        model_server.reply(say("Again."))
        await visitor.say("What did you draw?")
        [seen_by_model] = pictures_in(model_server.requests[-1].body)
        assert in_url(seen_by_model) == ("image/png", png(300, 200))
        await visitor.ask("threads.delete", thread_id=visitor.thread_id)
        assert kept(tmp_path) == []
