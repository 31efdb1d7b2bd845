"""Files come in: announced or not, as a form or raw, and as they really are."""

from __future__ import annotations

import zlib
from pathlib import Path

import httpx
import pytest

from tests.web.attachments.files import (
    BOT,
    PDF,
    TAKING,
    announce,
    as_stream,
    error_of,
    kept,
    message_with,
    of_another,
    picture,
    png,
    post_form,
    send,
    send_announced,
    upload,
    uploading,
)
from tests.web.hosted import refusal


async def test_an_announced_file_comes_raw_to_an_absolute_url(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment, response = await send_announced(visitor, "n.txt", "text/plain", b"Hello")
        to = attachment["upload_descriptor"]
        assert to["url"].startswith(f"{visitor.browser.base_url}/chatkit/attachments/atc_")
        assert response.status_code == 200
        assert response.json() == {
            "id": attachment["id"],
            "name": "n.txt",
            "mime_type": "text/plain",
            "type": "file",
        }
        assert (tmp_path / "uploads" / attachment["id"]).read_bytes() == b"Hello"


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_an_announced_file_comes_as_a_form(tmp_path: Path, method: str) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await announce(visitor, "n.txt", "text/plain")
        async with httpx.AsyncClient() as stranger:
            response = await stranger.request(
                method,
                attachment["upload_descriptor"]["url"],
                data={"more": "of a form"},
                files={"file": ("other-name.txt", b"Hello", "text/plain")},
            )
        assert response.status_code == 200
        assert response.json()["name"] == "n.txt"
        assert (tmp_path / "uploads" / attachment["id"]).read_bytes() == b"Hello"


async def test_direct_upload_answers_with_the_attachment(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "cat.png", "image/png", png())
        assert attachment["type"] == "image"
        assert "upload_descriptor" not in attachment
        assert "metadata" not in attachment
        shown = await visitor.browser.get(attachment["preview_url"])
        assert shown.headers["content-type"] == "image/webp"


async def test_behind_a_proxy_the_url_is_the_public_one(tmp_path: Path) -> None:
    public = "server: { public_url: 'https://bot.example/x', path: /talk }\n"
    async with uploading(tmp_path, BOT, TAKING, public) as visitor:
        attachment = await announce(visitor, "n.txt", "text/plain")
        url = attachment["upload_descriptor"]["url"]
        assert url.startswith("https://bot.example/x/talk/attachments/atc_")


async def test_metadata_never_leaves_the_server(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        item = await send(visitor, await upload(visitor, "n.txt", "text/plain", b"Hi"))
        assert "metadata" not in item["attachments"][0]
        thread = await visitor.ask("threads.get_by_id", thread_id=visitor.thread_id)
        [item] = [one for one in thread["items"]["data"] if one["type"] == "user_message"]
        assert "metadata" not in item["attachments"][0]


@pytest.mark.parametrize(
    ("name", "claimed", "data", "reason"),
    [
        ("a.png", "image/png", b"<html><script>alert(1)</script>", "image/png, but it is text"),
        ("a.png", "image/png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "but it is text"),
        ("a.png", "image/png", PDF, "but it is application/pdf"),
        ("a.txt", "text/plain", png(), "called text/plain, but it is image/png"),
        ("a.txt", "text/plain", b"\x00\x01\x02\x03", "something else"),
        ("a.pdf", "application/pdf", b"PK\x03\x04....", "but it is application/zip"),
        ("a.zip", "application/zip", b"PK\x03\x04....", "are not taken here"),
        ("a.bin", "application/octet-stream", b"MZ\x90\x00", "x-msdownload are not taken"),
        ("a.png", "image/png", png()[:-30], "damaged"),
        ("a.png", "image/png", b"\x89PNG\r\n\x1a\n" + bytes(99), "damaged"),
        ("a.txt", "text/plain", b"", "empty"),
        ("no-type", "nonsense", b"\x00\x01", "octet-stream are not taken"),
    ],
)
async def test_what_is_not_as_it_says_or_not_taken_leaves_nothing(
    tmp_path: Path, name: str, claimed: str, data: bytes, reason: str
) -> None:
    async with uploading(tmp_path) as visitor:
        response = await post_form(visitor, name, claimed, data)
        assert response.status_code == 400
        assert reason in error_of(response)
        assert kept(tmp_path) == []


async def test_a_lie_of_an_announced_file_can_be_made_good(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment, lie = await send_announced(visitor, "a.png", "image/png", b"no picture")
        assert lie.status_code == 400
        url = attachment["upload_descriptor"]["url"]
        assert (await visitor.browser.post(url, content=png())).status_code == 200
        assert (await visitor.browser.post(url, content=png())).status_code == 409


async def test_a_picture_of_another_format_is_what_it_is(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "a.jpg", "image/jpeg", picture("WEBP"))
        assert attachment["mime_type"] == "image/webp"


async def test_svg_is_a_file_and_no_picture(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"
        attachment = await upload(visitor, "a.svg", "image/svg+xml", svg)
        assert attachment["type"] == "file"
        url = f"{visitor.path}/attachments/{attachment['id']}"
        assert (await visitor.browser.get(f"{url}/preview")).status_code == 404
        assert (await visitor.browser.get(url)).headers["content-type"].startswith("text/plain")


async def test_a_type_is_told_by_the_name_where_nothing_else_tells(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "notes.md", "application/octet-stream", b"# Hi")
        assert attachment["mime_type"] == "text/markdown"


async def test_an_announcement_is_checked(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:

        async def refused(**params: object) -> tuple[int, str]:
            given = {"name": "a.txt", "size": 5, "mime_type": "text/plain", **params}
            status, error = await refusal(visitor, "attachments.create", **given)
            return status, error["message"]

        assert await refused(size=100_001) == (
            413,
            "The file is larger than 100 kB, the limit here.",
        )
        assert await refused(size=0) == (400, "The file is empty.")
        status, message = await refused(mime_type="video/mp4")
        assert (status, "video/mp4 are not taken here; these are: image/*" in message) == (
            400,
            True,
        )


@pytest.mark.parametrize("form", [True, False])
async def test_too_many_bytes_are_refused_however_they_come(tmp_path: Path, form: bool) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await announce(visitor, "n.txt", "text/plain")
        url = attachment["upload_descriptor"]["url"]
        data = b"x" * 100_001
        if form:
            response = await visitor.browser.post(url, files={"file": ("n.txt", data)})
        else:
            response = await visitor.browser.post(url, content=as_stream(data))
        assert response.status_code == 413
        assert "100 kB" in error_of(response)
        assert kept(tmp_path) == []


async def test_too_many_pixels_are_never_decoded(tmp_path: Path) -> None:
    few = "attachments: { store: uploads, max_pixels: 5000 }\n"
    async with uploading(tmp_path, BOT, few) as visitor:
        response = await post_form(visitor, "a.png", "image/png", png(100, 51))
        assert response.status_code == 400
        assert "pixels" in error_of(response)
        assert kept(tmp_path) == []


async def test_a_picture_that_claims_to_be_vast_is_refused(tmp_path: Path) -> None:
    data = bytearray(png())
    data[16:24] = (60_000).to_bytes(4) * 2  # a few bytes that would be ten gigabytes of pixels
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4)
    async with uploading(tmp_path) as visitor:
        response = await post_form(visitor, "a.png", "image/png", bytes(data))
        assert response.status_code == 400
        assert "pixels" in error_of(response)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("..", "file"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
    ],
)
async def test_names_are_never_paths(tmp_path: Path, given: str, shown: str) -> None:
    async with uploading(tmp_path) as visitor:
        attachment, response = await send_announced(visitor, given, "text/plain", b"Hello")
        assert attachment["name"] == shown
        assert response.status_code == 200
        assert kept(tmp_path) == [attachment["id"]]


@pytest.mark.parametrize(
    "form",
    [
        b"",
        b"--b\r\n",
        b'--b\r\ncontent-disposition: form-data; name="file"\r\n\r\nhalf',
        b'--b\r\ncontent-disposition: form-data; name="other"\r\n\r\nx\r\n--b--\r\n',
        b'--b\r\ncontent-disposition: form-data; name="file"\r\n\r\nx\r\n' * 2 + b"--b--\r\n",
        b'--b\r\ncontent-disposition: form-data; name="x"\r\n\r\nx\r\n' * 20 + b"--b--\r\n",
        b"--b\r\n" + b"x" * 9000,
    ],
)
async def test_a_form_that_is_none_is_a_400(tmp_path: Path, form: bytes) -> None:
    async with uploading(tmp_path) as visitor:
        headers = {"content-type": "multipart/form-data; boundary=b"}
        url = f"{visitor.path}/attachments"
        response = await visitor.browser.post(url, content=form, headers=headers)
        assert response.status_code == 400, response.text
        assert kept(tmp_path) == []


async def test_direct_upload_takes_forms_alone(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        url = f"{visitor.path}/attachments"
        assert (await visitor.browser.post(url, content=b"x")).status_code == 415
        assert (await visitor.browser.get(url)).status_code == 405


async def test_a_message_takes_what_is_there_and_ones_own(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        first = await upload(visitor, "1.txt", "text/plain", b"1")
        second = await upload(visitor, "2.txt", "text/plain", b"2")
        third = await upload(visitor, "3.txt", "text/plain", b"3")
        waiting = await announce(visitor, "4.txt", "text/plain")
        ids = [first["id"], second["id"], third["id"]]
        status, error = await refusal(visitor, "threads.create", input=message_with(*ids))
        assert (status, "at most 2 in one message" in error["message"]) == (400, True)
        status, error = await refusal(visitor, "threads.create", input=message_with(waiting["id"]))
        assert (status, "its bytes never came" in error["message"]) == (400, True)
        async with of_another(visitor) as other:
            body = {"type": "threads.create", "params": {"input": message_with(first["id"])}}
            assert (await other.post(visitor.path, json=body)).status_code == 404
        item = await send(visitor, first, second)
        assert [each["name"] for each in item["attachments"]] == ["1.txt", "2.txt"]
        assert visitor.said() == "2 files"
        visitor.thread_id = None
        status, error = await refusal(visitor, "threads.create", input=message_with(first["id"]))
        assert (status, "was sent in another thread" in error["message"]) == (400, True)


async def test_files_are_counted_where_there_is_a_limit(tmp_path: Path) -> None:
    async with uploading(tmp_path, BOT, TAKING, "limits: { uploads: 1/hour }") as visitor:
        await upload(visitor, "1.txt", "text/plain", b"1")
        response = await post_form(visitor, "2.txt", "text/plain", b"2")
        assert response.status_code == 429
        assert "Too many files" in error_of(response)


async def test_pages_of_other_origins_cannot_upload(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        response = await visitor.browser.post(
            f"{visitor.path}/attachments",
            files={"file": ("a.txt", b"x")},
            headers={"origin": "https://evil.example"},
        )
        assert response.status_code == 403


async def test_without_the_section_there_is_nothing(tmp_path: Path) -> None:
    async with uploading(tmp_path, BOT.replace("{{ attachments | length }} ", "")) as visitor:
        assert (await post_form(visitor, "a.txt", "text/plain", b"x")).status_code == 404
        status, _ = await refusal(
            visitor, "attachments.create", name="a", size=1, mime_type="text/plain"
        )
        assert status == 400
