"""Files go out: to their owner, or by a signed link, and never as a page of ours."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from chatkit_host import clock
from tests.examples.visitor import Json, Visitor
from tests.web.attachments.files import (
    BOT,
    TAKING,
    announce,
    of_another,
    png,
    send,
    upload,
    uploading,
)


def url_of(visitor: Visitor, attachment: Json, below: str = "") -> str:
    return f"{visitor.path}/attachments/{attachment['id']}{below}"


def preview_in(page: Json) -> str:
    """The first link to a picture in a page of items."""
    [message] = [item for item in page["data"] if item["type"] == "user_message"]
    url: str = message["attachments"][0]["preview_url"]
    return url


async def test_the_owner_gets_the_file_to_keep(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        html = await upload(visitor, 'a "b"\r\n é.html', "text/html", b"<script>1</script>")
        response = await visitor.browser.get(url_of(visitor, html))
    assert response.content == b"<script>1</script>"
    headers = response.headers
    assert headers["content-type"] == "text/plain; charset=utf-8"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert headers["content-disposition"].startswith("attachment; filename=")
    assert "%C3%A9.html" in headers["content-disposition"]
    assert headers["cache-control"].startswith("private")
    assert headers["cross-origin-resource-policy"] == "same-origin"


async def test_a_preview_is_another_picture_without_what_hid_in_the_first(tmp_path: Path) -> None:
    into = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x0112] = 6  # lies on its side
    Image.new("RGB", (2000, 1000), "red").save(into, "JPEG", exif=exif)
    data = into.getvalue() + b"<script>alert(1)</script>"
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "a.jpg", "image/jpeg", data)
        response = await visitor.browser.get(url_of(visitor, attachment, "/preview"))
    assert response.headers["content-type"] == "image/webp"
    assert response.headers["content-disposition"].startswith("inline")
    assert b"script" not in response.content
    with Image.open(io.BytesIO(response.content)) as shown:
        assert shown.size == (512, 1024)
        assert not shown.getexif()


async def test_an_id_opens_nothing(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "a.png", "image/png", png())
        waiting = await announce(visitor, "b.txt", "text/plain")
        assert (await visitor.browser.get(url_of(visitor, waiting))).status_code == 404
        async with of_another(visitor) as other:
            for below in ("", "/preview", "?until=9999999999&signature=x", "/x", "/preview/x"):
                response = await other.get(url_of(visitor, attachment, below))
                assert response.status_code == 404
                assert "set-cookie" not in response.headers
            assert (await other.post(url_of(visitor, waiting), content=b"x")).status_code == 404
            assert (await other.delete(url_of(visitor, attachment))).status_code == 405


async def test_a_signed_link_opens_its_own_preview_and_nothing_else(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        mine = await upload(visitor, "a.png", "image/png", png())
        second = await upload(visitor, "b.png", "image/png", png())
        link = mine["preview_url"]
        query = f"?{urlsplit(link).query}"
        async with of_another(visitor) as stranger:
            response = await stranger.get(link)
            assert response.status_code == 200
            assert response.headers["cross-origin-resource-policy"] == "cross-origin"
            assert "set-cookie" not in response.headers
            # The file itself may have in it what its preview leaves out.
            assert (await stranger.get(url_of(visitor, mine, query))).status_code == 404
            tampered = query.replace("until=", "until=9")
            for wrong in (tampered, query[:-2], query.replace("signature=", "signature=é")):
                below = f"/preview{wrong}"
                assert (await stranger.get(url_of(visitor, mine, below))).status_code == 404
            below = f"/preview{query}"
            assert (await stranger.get(url_of(visitor, second, below))).status_code == 404
            # A link to read is none to write, and the other way round.
            waiting = await announce(visitor, "c.txt", "text/plain")
            to_write = f"?{urlsplit(waiting['upload_descriptor']['url']).query}"
            assert (
                await stranger.post(url_of(visitor, mine, query), content=b"x")
            ).status_code == 404
            await visitor.browser.post(url_of(visitor, waiting), content=b"x")
            for below in (to_write, f"/preview{to_write}"):
                assert (await stranger.get(url_of(visitor, waiting, below))).status_code == 404


async def test_a_link_expires_and_a_new_one_comes_when_the_thread_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "a.png", "image/png", png())
        old = (await send(visitor, attachment))["attachments"][0]["preview_url"]
        later = clock.now() + timedelta(hours=3)
        monkeypatch.setattr(clock, "now", lambda: later)
        async with of_another(visitor) as stranger:
            expired = await stranger.get(old)
            assert expired.status_code == 403
            assert "expired" in expired.json()["error"]["message"]
            assert (await visitor.browser.get(old)).status_code == 200  # the owner's session
            for operation in ("threads.get_by_id", "items.list"):
                answer = await visitor.ask(operation, thread_id=visitor.thread_id)
                new = preview_in(answer.get("items", answer))
                assert new != old
                assert (await stranger.get(new)).status_code == 200


async def test_links_stay_the_same_for_a_while(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "a.png", "image/png", png())
        await send(visitor, attachment)
        once, again = [
            await visitor.ask("items.list", thread_id=visitor.thread_id) for _ in range(2)
        ]
        assert once == again
        query = parse_qs(urlsplit(preview_in(once)).query)
        assert 3600 <= int(query["until"][0]) - clock.now().timestamp() <= 7200


async def test_naming_anothers_file_in_a_text_opens_nothing(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "a.png", "image/png", png())
        address = f"https://chatkit-host.invalid/attachments/{attachment['id']}/preview"
        async with of_another(visitor) as other:
            thief = Visitor(other, visitor.path)
            await thief.say(address)
            made = thief.items("user_message")[0]["content"][0]["text"]
            assert (await other.get(made)).status_code == 404


async def test_head_tells_the_size(tmp_path: Path) -> None:
    async with uploading(tmp_path) as visitor:
        attachment = await upload(visitor, "a.txt", "text/plain", b"Hello")
        response = await visitor.browser.head(url_of(visitor, attachment))
        assert response.headers["content-length"] == "5"
        assert response.content == b""


async def test_users_with_keys_see_previews_by_link(tmp_path: Path) -> None:
    keys = """
    auth:
      api_keys:
        - { key: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, user: ann }
        - { key: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, user: bob }
    """
    async with uploading(tmp_path, BOT, TAKING, keys) as visitor:
        visitor.browser.headers["authorization"] = f"Bearer {'a' * 36}"
        attachment = await upload(visitor, "a.png", "image/png", png())
        async with of_another(visitor) as image:
            assert (await image.get(attachment["preview_url"])).status_code == 200
            assert (await image.get(url_of(visitor, attachment))).status_code == 401
            bob = {"authorization": f"Bearer {'b' * 36}"}
            response = await image.get(url_of(visitor, attachment), headers=bob)
            assert response.status_code == 404
