"""Files on the host's own page, kept by the host and shown again after a reload."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import expect

from chatkit_host.compiler import compile_app
from chatkit_host.config import load
from chatkit_host.web import create_app, web_settings
from tests.ui.browser import looking_at
from tests.web.attachments.files import BOT, TAKING, png
from tests.web.live import serve


async def test_a_picture_is_attached_sent_and_there_after_a_reload(tmp_path: Path) -> None:
    file = tmp_path / "chatkit.yaml"
    file.write_text(BOT + TAKING, encoding="utf-8")
    loaded = load(file, environ={})
    app = create_app(compile_app(loaded), web_settings(loaded.config, b"k" * 32))
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        async with screen.page.expect_file_chooser() as chooser:
            await screen.find(".open-tools").click()
        cat: Any = {"name": "cat.png", "mimeType": "image/png", "buffer": png()}
        await (await chooser.value).set_files([cat])
        await expect(screen.find(".upload progress")).to_have_count(0)
        await screen.find(".editor").press("Enter")
        await expect(screen.page.get_by_text("1 files")).to_be_visible()
        await screen.reload()
        image = screen.find(".sent-image")
        await image.wait_for()
        await screen.page.wait_for_function(
            "() => { const image = document.querySelector('openai-chatkit')"
            ".shadowRoot.querySelector('.sent-image');"
            " return image && image.complete && image.naturalWidth > 0; }"
        )
        source = await image.get_attribute("src")
        assert source is not None
        assert source.startswith(f"{url}/chatkit/attachments/atc_")
        assert screen.faults == []
        assert screen.elsewhere == []
