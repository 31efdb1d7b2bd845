"""Any valid model of the protocol survives being encoded and decoded."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from chatkit_host import clock, types
from chatkit_host.components import (
    Card,
    DynamicWidgetComponent,
    StrictWidgetComponent,
    WidgetRoot,
)
from chatkit_host.store import MemoryStore, Store, open_store
from chatkit_host.types import codec
from tests.oracle.annotations import alternatives
from tests.properties.json_of import json_of
from tests.properties.profile import tries

ITEMS = alternatives(types.ThreadItem)
EVENTS = alternatives(types.ThreadStreamEvent)
UPDATES = alternatives(types.ThreadItemUpdate)
REQUESTS = alternatives(types.ChatKitReq)
COMPONENTS = [*alternatives(StrictWidgetComponent), DynamicWidgetComponent]
ANSWERS = [
    types.Thread,
    types.Page[types.ThreadItem],
    types.SyncCustomActionResponse,
    types.TranscriptionResult,
    *alternatives(types.Attachment),
]


def without_nothing(value: Any) -> Any:
    """The same without None, at every depth: it says what absence says."""
    if isinstance(value, dict):
        return {k: without_nothing(each) for k, each in value.items() if each is not None}
    if isinstance(value, list):
        return [without_nothing(each) for each in value]
    return value


def for_clients(value: Any) -> Any:
    """The same without None, and without the metadata of attachments, which stays here."""
    if isinstance(value, dict):
        own = {"metadata"} if "mime_type" in value else set()
        return {k: for_clients(v) for k, v in value.items() if k not in own and v is not None}
    return [for_clients(each) for each in value] if isinstance(value, list) else value


def lacks(out: Any, given: Any) -> list[str]:
    """Where `out` has not what was given; it may have more, for defaults are written."""
    if isinstance(given, dict) and isinstance(out, dict):
        return [
            f"{key}.{found}"
            for key, each in given.items()
            for found in (lacks(out[key], each) if key in out else ["missing"])
        ]
    if isinstance(given, list) and isinstance(out, list) and len(given) == len(out):
        return [found for pair in zip(out, given, strict=True) for found in lacks(*pair)]
    same = out == given and isinstance(out, bool) == isinstance(given, bool)
    return [] if same or _same_time(out, given) else [f"{out!r} for {given!r}"]


def _same_time(out: Any, given: Any) -> bool:
    both = isinstance(out, str) and isinstance(given, str)
    return both and out.replace("Z", "+00:00") == given.replace("Z", "+00:00")


def survives(model: type[BaseModel], data: Any) -> None:
    """A model made of the JSON gives it all back, and is the same when it is read again."""
    adapter = TypeAdapter(model)
    encoded = codec.encode(adapter.validate_json(json.dumps(data)))
    assert lacks(json.loads(encoded), for_clients(data)) == []
    assert codec.encode(adapter.validate_json(encoded)) == encoded


def name(model: Any) -> str:
    return str(getattr(model, "__name__", model))


@pytest.mark.parametrize("model", [*UPDATES, *alternatives(WidgetRoot), *ANSWERS], ids=name)
def test_updates_widgets_and_answers(model: type[BaseModel]) -> None:
    @tries(5)
    @given(data=json_of(model))
    def check(data: Any) -> None:
        survives(model, data)

    check()


@pytest.mark.parametrize("model", COMPONENTS, ids=name)
def test_components_in_a_card(model: type[BaseModel]) -> None:
    """A chart's series without a label is one that it can be dropped from: as JSON, all survive."""

    @tries(5)
    @given(data=json_of(model))
    def check(data: Any) -> None:
        survives(Card, {"type": "Card", "children": [data]})

    check()


@pytest.mark.parametrize("model", EVENTS, ids=name)
def test_events(model: type[BaseModel]) -> None:
    @tries(6)
    @given(data=json_of(model))
    def check(data: Any) -> None:
        event: Any = TypeAdapter(model).validate_json(json.dumps(data))
        encoded = codec.encode_event(event)
        assert lacks(json.loads(encoded), for_clients(data)) == []
        again: Any = TypeAdapter(model).validate_json(encoded)
        assert codec.encode_event(again) == encoded

    check()


@pytest.mark.parametrize("model", REQUESTS, ids=name)
def test_requests(model: type[BaseModel]) -> None:
    @tries(6)
    @given(data=json_of(model))
    def check(data: Any) -> None:
        request = codec.decode_request(json.dumps(data))
        assert type(request) is model
        assert codec.decode_request(request.model_dump_json(by_alias=True)) == request
        assert lacks(json.loads(codec.encode(request)), without_nothing(data)) == []

    check()


THREAD = types.ThreadMetadata(id="thr_1", created_at=clock.now())
ADA = {"user_id": "ada"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stores(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[Store[Any]]]:
    file = open_store("sqlite:///items.db", base_dir=tmp_path_factory.mktemp("items"))
    async with file, MemoryStore() as memory:
        for store in (file, memory):
            await store.save_thread(THREAD, ADA)
        yield [file, memory]


@pytest.mark.parametrize("model", ITEMS, ids=name)
@pytest.mark.asyncio(loop_scope="module")
@tries(4)
@given(data=st.data())
async def test_items_in_stores(
    model: type[BaseModel], stores: list[Store[Any]], data: st.DataObject
) -> None:
    """What is added is what is loaded: of every kind, and with all that clients never see."""
    drawn = {**data.draw(json_of(model)), "thread_id": THREAD.id, "id": "item"}
    item: Any = TypeAdapter(model).validate_json(json.dumps(drawn))
    assert codec.load_item(codec.dump_item(item)).model_dump_json() == item.model_dump_json()
    for store in stores:
        await store.add_thread_item(THREAD.id, item, ADA)
        loaded = await store.load_item(THREAD.id, item.id, ADA)
        await store.delete_thread_item(THREAD.id, item.id, ADA)
        assert loaded.model_dump_json() == item.model_dump_json()
