"""Every call that names a thread, for tests that must leave none out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from chatkit_host.store.records import ThreadRecord, pack_thread
from tests.store.conftest import AnyStore
from tests.store.samples import message, thread

Call = Callable[[AnyStore, str, Any], Awaitable[object]]

CALLS: dict[str, Call] = {
    "load_thread": lambda store, key, who: store.load_thread(key, who),
    "delete_thread": lambda store, key, who: store.delete_thread(key, who),
    "load_thread_items": lambda store, key, who: store.load_thread_items(key, None, 9, "asc", who),
    "load_items_after": lambda store, key, who: store.load_thread_items(key, "a", 9, "desc", who),
    "load_item": lambda store, key, who: store.load_item(key, "a", who),
    "add_thread_item": lambda store, key, who: store.add_thread_item(key, message("a", "!"), who),
    "add_new_item": lambda store, key, who: store.add_thread_item(key, message("z", "!"), who),
    "add_thread_items": lambda store, key, who: store.add_thread_items(key, [message("z")], who),
    "add_no_items": lambda store, key, who: store.add_thread_items(key, [], who),
    "save_item": lambda store, key, who: store.save_item(key, message("a", "!"), who),
    "delete_thread_item": lambda store, key, who: store.delete_thread_item(key, "a", who),
    "delete_items_after": lambda store, key, who: store.delete_items_after(key, "a", who),
    "save_feedback": lambda store, key, who: store.save_feedback(key, ["a"], "negative", who),
    "load_client_tool_calls": lambda store, key, who: store.load_client_tool_calls(key, who),
    "load_feedback": lambda store, key, who: store.load_feedback(key, who),
    "take_thread": lambda store, key, who: store.take_thread(key, "one", 60, who),
    "change_thread": lambda store, key, who: store.change_thread(*_change(key), who),
    "thread_json": lambda store, key, who: store.thread_json(key, 9, who),
    "items_json": lambda store, key, who: store.items_json(key, None, 9, "asc", who),
    "items_json_after": lambda store, key, who: store.items_json(key, "a", 9, "desc", who),
}


def _change(key: str) -> tuple[ThreadRecord, ThreadRecord]:
    return pack_thread(thread(key, title="Mine")), pack_thread(thread(key, title="Theirs"))
