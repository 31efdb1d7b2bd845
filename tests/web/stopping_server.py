"""A server to be stopped, in a process of its own: python -m tests.web.stopping_server GRACE.

It says a word, waits until the file `go` is in its folder, and says another word. What a cancelled
turn saved is written to the file `saved` at the end.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from chatkit_host.cli.logs import set_up_logs
from chatkit_host.server import ChatKitServer
from chatkit_host.store import MemoryStore
from chatkit_host.types import (
    AssistantMessageContent,
    StreamEvent,
    TextDelta,
    ThreadItem,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadMetadata,
    UserMessageItem,
)
from chatkit_host.web import create_app
from chatkit_host.web.listening import bind
from chatkit_host.web.running import run
from tests.server.servers import assistant
from tests.web.bots import FakeHost, settings


class SlowServer(ChatKitServer[Any]):
    """Takes its time."""

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[StreamEvent]:
        item = assistant(self, thread, "", context)
        yield ThreadItemAddedEvent(item=item)
        yield TextDelta(item.id, 0, "first ")
        while not Path("go").exists():  # noqa: ASYNC110, ASYNC240 - another process tells
            await asyncio.sleep(0.01)
        content = [AssistantMessageContent(text="first last")]
        yield ThreadItemDoneEvent(item=item.model_copy(update={"content": content}))

    async def handle_stream_cancelled(
        self, thread: ThreadMetadata, pending_items: list[ThreadItem], context: Any
    ) -> None:
        Path("saved").write_text(repr(pending_items))  # noqa: ASYNC240


class ClosingHost(FakeHost):
    """Tells when it is closed."""

    async def close(self) -> None:
        Path("closed").touch()  # noqa: ASYNC240


def main() -> int:
    set_up_logs("info")
    app = create_app(ClosingHost(SlowServer(MemoryStore())), settings())
    with bind("127.0.0.1", 0) as listening:
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        return run(app, listening, float(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
