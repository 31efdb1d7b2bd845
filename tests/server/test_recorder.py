"""What a turn makes is stored; what is hidden stays on the server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from chatkit_host import clock
from chatkit_host.server import ChatKitServer
from chatkit_host.store import MemoryStore
from chatkit_host.types import (
    ApprovalItem,
    ClientEffectEvent,
    HiddenContextItem,
    OpenCall,
    StreamEvent,
    TextDelta,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemRemovedEvent,
    ThreadItemReplacedEvent,
    ThreadMetadata,
    ToolCallItem,
    UserMessageItem,
)
from tests.server.servers import ANN, ask, assistant, create, request, talk, types_of


class Scene(ChatKitServer[Any]):
    """Plays the events that a test gives it."""

    events: list[StreamEvent]

    async def respond(
        self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
    ) -> AsyncIterator[StreamEvent]:
        for event in self.make(thread, context):
            yield event
        if self.crash:
            raise RuntimeError("boom")

    def __init__(self, make: Any, *, crash: bool = False) -> None:
        super().__init__(MemoryStore())
        self.make, self.crash = make, crash


async def stored(server: ChatKitServer[Any], events: list[dict[str, Any]]) -> list[Any]:
    thread_id = events[0]["thread"]["id"]
    return (await server.store.load_thread_items(thread_id, None, 50, "asc", ANN)).data


def hidden(thread: ThreadMetadata) -> HiddenContextItem:
    return HiddenContextItem(
        id="hcx_1", thread_id=thread.id, created_at=clock.now(), content="psst"
    )


async def test_hidden_items_are_sent_in_no_event() -> None:
    def make(thread: ThreadMetadata, context: Any) -> list[StreamEvent]:
        item = hidden(thread)
        return [
            ThreadItemAddedEvent(item=item),
            ThreadItemDoneEvent(item=item),
            ThreadItemReplacedEvent(item=item),
            ThreadItemRemovedEvent(item_id=item.id),
        ]

    events = await talk(Scene(make), create("hi"))
    assert types_of(events) == ["thread.created", "thread.item.done", "stream_options"]


async def test_hidden_items_fill_no_page() -> None:
    def make(thread: ThreadMetadata, context: Any) -> list[StreamEvent]:
        said = [assistant(server, thread, f"{n}", context) for n in range(3)]
        secret = [hidden(thread).model_copy(update={"id": f"hcx_{n}"}) for n in range(30)]
        return [ThreadItemDoneEvent(item=item) for item in [*secret, *said]]

    server = Scene(make)
    events = await talk(server, create("hi"))
    page = await ask(
        server,
        request("items.list", thread_id=events[0]["thread"]["id"], order="asc", limit=3),
    )
    assert [item["type"] for item in page["data"]] == ["user_message", *["assistant_message"] * 2]
    assert page["has_more"]


async def test_a_crash_keeps_the_text_that_was_streamed() -> None:
    def make(thread: ThreadMetadata, context: Any) -> list[StreamEvent]:
        item = assistant(server, thread, "", context)
        return [ThreadItemAddedEvent(item=item), TextDelta(item.id, 0, "half a sen")]

    server = Scene(make, crash=True)
    events = await talk(server, create("hi"))
    assert events[-1]["type"] == "error"
    assert (await stored(server, events))[-1].content[0].text == "half a sen"


def call(thread: ThreadMetadata, id: str, output: str | None = None) -> ToolCallItem:
    return ToolCallItem(
        id=id,
        thread_id=thread.id,
        created_at=clock.now(),
        call_id="c1",
        name="pay",
        arguments="{}",
        output=output,
    )


async def calls_kept(events: Callable[[ThreadMetadata], list[StreamEvent]], crash: bool) -> Any:
    """The calls that are stored after a turn with these events."""
    server = Scene(lambda thread, _: events(thread), crash=crash)
    items = await stored(server, await talk(server, create("hi")))
    return [(item.id, item.output) for item in items if isinstance(item, ToolCallItem)]


async def test_a_crash_keeps_the_calls_that_had_no_output_yet() -> None:
    def begun(thread: ThreadMetadata) -> list[StreamEvent]:
        return [ThreadItemAddedEvent(item=call(thread, "tc_1"))]

    assert await calls_kept(begun, crash=True) == [("tc_1", None)]
    assert await calls_kept(begun, crash=False) == []


async def test_a_call_that_another_item_tells_of_is_not_kept_twice() -> None:
    def ended(thread: ThreadMetadata) -> list[StreamEvent]:
        begun, done = call(thread, "tc_1"), call(thread, "tc_2", "paid")
        return [ThreadItemAddedEvent(item=begun), ThreadItemDoneEvent(item=done)]

    def asked(thread: ThreadMetadata) -> list[StreamEvent]:
        approval = ApprovalItem(
            id="apr_1",
            thread_id=thread.id,
            created_at=clock.now(),
            agent="ann",
            by_name=False,
            names={},
            state="",
            questions=[],
            open_calls=[OpenCall(call_id="c1", name="pay", arguments="{}")],
        )
        begun = ThreadItemAddedEvent(item=call(thread, "tc_1"))
        return [begun, ThreadItemDoneEvent(item=approval)]

    assert await calls_kept(ended, crash=True) == [("tc_2", "paid")]
    assert await calls_kept(asked, crash=True) == []


async def test_a_message_that_is_never_finished_is_kept_all_the_same() -> None:
    def make(thread: ThreadMetadata, context: Any) -> list[StreamEvent]:
        item = assistant(server, thread, "", context)
        return [ThreadItemAddedEvent(item=item), TextDelta(item.id, 0, "well")]

    server = Scene(make)
    events = await talk(server, create("hi"))
    assert (await stored(server, events))[-1].content[0].text == "well"


async def test_a_changed_thread_is_stored_before_the_next_effect_is_sent() -> None:
    saved_titles: list[str | None] = []

    class Watching(MemoryStore):
        async def save_thread(self, thread: ThreadMetadata, context: Any) -> None:
            saved_titles.append(thread.title)
            await super().save_thread(thread, context)

    class Titled(ChatKitServer[Any]):
        async def respond(
            self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
        ) -> AsyncIterator[StreamEvent]:
            thread.metadata["state"] = {"n": 1}
            thread.title = "Named"
            yield ClientEffectEvent(name="go")
            assert saved_titles[-1] == "Named"

    events = await talk(Titled(Watching()), create("hi"))
    assert types_of(events)[-2:] == ["client_effect", "thread.updated"]


async def test_metadata_never_leaves_the_server() -> None:
    class Secretive(ChatKitServer[Any]):
        async def respond(
            self, thread: ThreadMetadata, input_user_message: UserMessageItem | None, context: Any
        ) -> AsyncIterator[StreamEvent]:
            thread.metadata["secret"] = 1
            yield ClientEffectEvent(name="go")

    server = Secretive(MemoryStore())
    events = await talk(server, create("hi"))
    thread_id = events[0]["thread"]["id"]
    answers = [
        *events,
        await ask(server, request("threads.get_by_id", thread_id=thread_id)),
        await ask(server, request("threads.list")),
    ]
    assert "secret" not in str(answers)
