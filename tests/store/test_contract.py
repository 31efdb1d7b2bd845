"""The contract is the ChatKit SDK's, and what it adds works on any store."""

from __future__ import annotations

import inspect
import warnings
from typing import Any, get_args

import pytest

from chatkit_host import errors
from chatkit_host import store as ours
from chatkit_host.store import MemoryStore, NotFoundError, Store, default_generate_id
from tests.store.samples import ME, client_call, message, thread

with warnings.catch_warnings():
    # It warns of its own widgets.
    warnings.simplefilter("ignore", DeprecationWarning)
    import chatkit.store as peer


@pytest.mark.parametrize("name", ["Store", "AttachmentStore"])
def test_the_methods_of_the_sdk_are_here_with_the_same_arguments(name: str) -> None:
    theirs, mine = getattr(peer, name), getattr(ours, name)
    assert mine.__abstractmethods__ == theirs.__abstractmethods__
    for method, function in inspect.getmembers(theirs, inspect.isfunction):
        if not method.startswith("_"):
            expected = inspect.signature(function).parameters
            assert list(inspect.signature(getattr(mine, method)).parameters) == list(expected)


@pytest.mark.parametrize("kind", get_args(peer.StoreItemType))
def test_ids_have_the_prefixes_of_the_sdk(kind: Any) -> None:
    mine, theirs = default_generate_id(kind), peer.default_generate_id(kind)
    assert mine.rpartition("_")[0] == theirs.rpartition("_")[0]
    assert mine != default_generate_id(kind)


def test_a_store_makes_ids() -> None:
    store = MemoryStore()
    assert store.generate_thread_id(ME).startswith("thr_")
    assert store.generate_item_id("task", thread(), ME).startswith("tsk_")


def test_what_is_not_found_is_a_404() -> None:
    assert NotFoundError is errors.NotFoundError


class _Plain(MemoryStore):
    """A store that has only what it must have."""

    add_thread_items = Store.add_thread_items
    delete_items_after = Store.delete_items_after
    load_client_tool_calls = Store.load_client_tool_calls
    save_feedback = Store.save_feedback
    load_feedback = Store.load_feedback


async def test_what_is_added_to_the_contract_works_on_any_store() -> None:
    async with _Plain() as store:
        await store.ready()
        await store.save_thread(thread(), ME)
        await store.add_thread_items("thr_1", [message(f"{n}") for n in range(250)], ME)
        await store.delete_items_after("thr_1", "3", ME)
        page = await store.load_thread_items("thr_1", None, 9, "asc", ME)
        assert [item.id for item in page.data] == ["0", "1", "2", "3"]
        with pytest.raises(NotFoundError):
            await store.delete_items_after("thr_1", "4", ME)
        await store.add_thread_item("thr_1", client_call("c"), ME)
        assert await store.load_client_tool_calls("thr_1", ME) == [client_call("c")]
        await store.save_feedback("thr_1", ["0"], "positive", ME)
        assert await store.load_feedback("thr_1", ME) == {}
