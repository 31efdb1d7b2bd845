"""A thread that is deleted does not come back, whoever is changing it at the time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from chatkit_host.actions import Action
from chatkit_host.errors import ConflictError, NotFoundError
from chatkit_host.server import TurnPolicy
from chatkit_host.store import MemoryStore
from chatkit_host.types import (
    SyncCustomActionResponse,
    ThreadMetadata,
    UserMessageItem,
    WidgetItem,
)
from tests.server.servers import ANN, EchoServer, GatedServer, add, ask, create, request, talk


class OwnStore(MemoryStore):
    """Saves in its own way, over what is there and where nothing is; waits before it deletes."""

    def __init__(self) -> None:
        super().__init__()
        self.deleting = asyncio.Event()
        self.may_delete = asyncio.Event()
        self.may_delete.set()

    async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
        await super().save_thread(thread, context)

    async def delete_thread(self, thread_id: str, context: Any) -> None:
        self.deleting.set()
        await self.may_delete.wait()
        await super().delete_thread(thread_id, context)


class CountingServer(GatedServer):
    """Its sync action and its check of messages wait at the gate."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reached = asyncio.Event()

    async def sync_action(
        self,
        thread: ThreadMetadata,
        action: Action[str, Any],
        sender: WidgetItem | None,
        context: Any,
    ) -> SyncCustomActionResponse:
        self.reached.set()
        await self.gate.wait()
        thread.metadata["n"] = 1
        return SyncCustomActionResponse(updated_item=None)

    async def check_user_message(
        self, thread: ThreadMetadata, message: UserMessageItem, context: Any
    ) -> None:
        self.reached.set()
        if not self.gate.is_set():
            await self.gate.wait()
            self.gate.clear()


async def serving(**policy: Any) -> tuple[CountingServer, OwnStore, str]:
    """A server with a thread."""
    store = OwnStore()
    created = (await talk(EchoServer(store), create("hi")))[0]
    server = CountingServer(store, policy=TurnPolicy(**policy))
    return server, store, created["thread"]["id"]


async def threads(server: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await ask(server, request("threads.list")))["data"]
    return found


def delete(server: Any, thread_id: str) -> asyncio.Task[dict[str, Any]]:
    return asyncio.create_task(ask(server, request("threads.delete", thread_id=thread_id)))


def click(thread_id: str) -> bytes:
    action = {"type": "count", "payload": {}}
    return request("threads.sync_custom_action", thread_id=thread_id, action=action)


async def test_a_sync_action_under_way_does_not_bring_it_back() -> None:
    server, _, thread_id = await serving()
    acting = asyncio.create_task(ask(server, click(thread_id)))
    await server.reached.wait()
    deleting = delete(server, thread_id)
    await asyncio.sleep(0)
    server.gate.set()
    await asyncio.gather(acting, deleting)
    assert await threads(server) == []


async def test_an_action_that_comes_while_it_is_deleted_finds_nothing() -> None:
    server, store, thread_id = await serving()
    server.gate.set()
    store.may_delete.clear()
    deleting = delete(server, thread_id)
    await store.deleting.wait()
    acting = asyncio.create_task(ask(server, click(thread_id)))
    await asyncio.sleep(0)
    store.may_delete.set()
    await deleting
    with pytest.raises(NotFoundError):
        await acting
    assert await threads(server) == []


async def test_no_message_slips_in_while_it_is_deleted() -> None:
    server, store, thread_id = await serving()
    server.gate.set()
    store.may_delete.clear()
    deleting = delete(server, thread_id)
    await store.deleting.wait()
    with pytest.raises(ConflictError):
        await server.process(add(thread_id, "again"), ANN)
    store.may_delete.set()
    await deleting
    assert await threads(server) == []


@pytest.mark.parametrize("concurrency", ["queue", "interrupt"])
async def test_a_message_that_waits_for_the_deleting_finds_nothing(concurrency: str) -> None:
    server, store, thread_id = await serving(concurrency=concurrency)
    server.gate.set()
    store.may_delete.clear()
    deleting = delete(server, thread_id)
    await store.deleting.wait()
    adding = asyncio.create_task(talk(server, add(thread_id, "again")))
    await asyncio.sleep(0)
    store.may_delete.set()
    await deleting
    try:
        assert [event["type"] for event in await adding] == ["error"]  # it was queued
    except NotFoundError:
        assert concurrency == "interrupt"
    assert await threads(server) == []


async def test_a_message_that_is_being_checked_is_not_answered_any_more() -> None:
    server, _, thread_id = await serving()
    adding = asyncio.create_task(talk(server, add(thread_id, "again")))
    await server.reached.wait()
    deleting = delete(server, thread_id)
    await asyncio.sleep(0)
    server.gate.set()
    await asyncio.gather(adding, deleting)
    assert await threads(server) == []
    assert server.busy == 0
