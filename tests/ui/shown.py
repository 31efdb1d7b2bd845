"""The gallery of a bot, in Chromium."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from chatkit_host.checks import check_file
from chatkit_host.gallery import LiveWidgets
from chatkit_host.web import create_app, web_settings
from tests.ui.browser import Screen, looking_at
from tests.web.bots import KEY, FakeHost
from tests.web.live import serve


@asynccontextmanager
async def gallery_of(file: Path, **context: Any) -> AsyncIterator[Screen]:
    """A screen that looks at the host of a chatkit.yaml; what the console warns of is a fault."""
    loaded = check_file(file, {})
    live = LiveWidgets(loaded, {})
    app = create_app(FakeHost(), web_settings(loaded.config, KEY, base_dir=loaded.base_dir), live)
    async with serve(app) as url, looking_at(url, **context) as screen:
        screen.page.on("console", lambda message: _hear(screen, message))
        yield screen


async def open_gallery(screen: Screen, place: str = "") -> None:
    """Go to the gallery; `place` is a widget or component: `widget/hello`."""
    await screen.page.goto(f"{screen.url}/widgets{f'#/{place}' if place else ''}")
    await screen.find(".bar h1").wait_for()


def _hear(screen: Screen, message: Any) -> None:
    if message.type in ("warning", "error"):
        screen.faults.append(message.text)
