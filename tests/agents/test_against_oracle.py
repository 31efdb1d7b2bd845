"""The same run through `openai-chatkit` and through ours: the same events, but for ids and times.

Where the two differ on purpose, the test names the fault, in the words of the table of faults.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest
from agents import GuardrailFunctionOutput, InputGuardrail, OutputGuardrail

from tests.agents.oracle import (
    OURS,
    Scene,
    Side,
    hear,
    lets_its_warnings_pass,
    play,
    their_agents,
    without_updates,
)
from tests.model_server.hosted import call_mcp, draw, file_search, run_code, web_search
from tests.model_server.script import Part, call, hang, refuse, say, think
from tests.model_server.server import ModelServer

pytestmark = lets_its_warnings_pass


async def look(side: Side, context: Any) -> str:
    return "red"


async def read() -> None:
    """Let the reader come to what was streamed: the reference's events change with their tasks."""
    for _ in range(20):
        await asyncio.sleep(0)


async def add_tasks(side: Side, context: Any) -> str:
    """Tasks of every kind, and a change of two of them."""
    t = side.types
    page = t.URLSource(url="https://example.com", title="Example")
    for task in (
        t.CustomTask(title="one", icon="star", content="**1**"),
        t.SearchTask(title="Searched", title_query="cats", queries=["cats"], sources=[page]),
        t.ThoughtTask(title="Hm", content="I think"),
        t.FileTask(title="Read", sources=[t.FileSource(filename="a.pdf", title="a.pdf")]),
        t.ImageTask(title="Drew", status_indicator="loading"),
    ):
        await context.add_workflow_task(task)
        await read()
    await context.update_workflow_task(t.CustomTask(title="two"), 0)
    await context.update_workflow_task(t.ImageTask(title="Drew", status_indicator="complete"), 4)
    return "ok"


async def start_and_end(side: Side, context: Any) -> str:
    t = side.types
    task = t.CustomTask(title="one")
    await context.start_workflow(t.Workflow(type="custom", tasks=[task]))
    await read()
    await context.add_workflow_task(t.CustomTask(title="two"))
    await context.end_workflow(t.CustomSummary(title="Done", icon="check"), expanded=True)
    return "ok"


async def start_reasoning(side: Side, context: Any) -> None:
    await context.start_workflow(side.types.Workflow(type="reasoning", tasks=[]))


async def start_custom(side: Side, context: Any) -> None:
    task = side.types.CustomTask(title="begun")
    await context.start_workflow(side.types.Workflow(type="custom", tasks=[task]))


async def end(side: Side, context: Any) -> str:
    await context.end_workflow()
    return "ok"


async def show_card(side: Side, context: Any) -> str:
    w = side.widgets
    await context.stream_widget(w.Card(children=[w.Text(value="hi")]), copy_text="hi")
    return "ok"


async def stream_card(side: Side, context: Any) -> str:
    w = side.widgets

    async def states() -> Any:
        for text in ("", "Hel", "Hello"):
            yield w.Card(children=[w.Text(id="t", value=text, streaming=text != "Hello")])
        yield w.Card(children=[w.Title(value="All of it")])

    await context.stream_widget(states())
    return "ok"


async def ask_page(side: Side, context: Any) -> None:
    context.client_tool_call = side.agents.ClientToolCall(name="asked", arguments={"a": 1})


async def ask_with_workflow(side: Side, context: Any) -> None:
    await context.add_workflow_task(side.types.CustomTask(title="asking"))
    await ask_page(side, context)


async def stream_by_hand(side: Side, context: Any) -> str:
    """Events of a tool's own: an item of its own, a notice, progress, an effect."""
    t = side.types
    await context.add_workflow_task(t.CustomTask(title="before"))
    item = t.TaskItem(
        id=context.generate_id("task"),
        thread_id=context.thread.id,
        created_at=context.thread.created_at,
        task=t.CustomTask(title="alone"),
    )
    await context.stream(t.ProgressUpdateEvent(text="going", icon="atom"))
    await context.stream(t.ThreadItemDoneEvent(item=item))
    await context.stream(t.NoticeEvent(level="info", message="noted"))
    await context.stream(t.ClientEffectEvent(name="splash", data={"a": 1}))
    return "ok"


def half_done(side: Side) -> list[Any]:
    """A workflow that the last turn left open, before a client tool call."""
    t = side.types
    now = new_time()
    workflow = t.Workflow(type="custom", tasks=[t.CustomTask(title="asking")])
    return [
        t.WorkflowItem(id="wf", thread_id="thr_1", created_at=now, workflow=workflow),
        t.ClientToolCallItem(
            id="ctc",
            thread_id="thr_1",
            created_at=now,
            status="completed",
            call_id="call_9",
            name="asked",
            arguments={},
            output={"is": "red"},
        ),
    ]


def new_time() -> datetime:
    return datetime.now()  # noqa: DTZ005 - what the reference works with


def partial_of_two(side: Side) -> Any:
    return side.agents.ResponseStreamConverter(partial_images=2)


SAME = {
    "text": Scene([[say("Good day to you")]]),
    "two messages": Scene([[say("One"), say("Two")]]),
    "reasoning": Scene([[think("Let me see."), say("Hello")]]),
    "a reasoning of several parts": Scene([[think("First.", "Second.", "Third."), say("Hello")]]),
    "two thoughts": Scene([[think("One."), think("Two."), say("Hello")]]),
    "a thought after the answer": Scene([[say("Hello"), think("Hm."), say("And so")]]),
    "a thought alone": Scene([[think("Hm.")]]),
    "a web search": Scene([[web_search(sources=["https://a.example"]), say("Found")]]),
    "a search among thoughts": Scene([[think("Hm."), web_search(), think("Ah."), say("Found")]]),
    "a file search": Scene([[file_search(files=["a.pdf"]), say("Found")]]),
    "code": Scene([[run_code("print(1)"), say("1")]]),
    "an MCP call": Scene([[call_mcp(), say("Found")]]),
    "a picture": Scene([[draw("Zm9v"), say("There")]]),
    "a picture with partial images": Scene(
        [[draw("Zm9v", partial=["Zg==", "Zm8="]), say("There")]], converter=partial_of_two
    ),
    "a picture among thoughts": Scene([[think("Hm."), draw("Zm9v"), think("Ah."), say("There")]]),
    "a tool": Scene([[say("Looking. "), call("look")], [say("Red.")]], {"look": look}),
    "two tools at once": Scene([[call("look"), call("look")], [say("Red.")]], {"look": look}),
    "tasks of all kinds": Scene([[call("work")], [say("Worked.")]], {"work": add_tasks}),
    "tasks after a thought": Scene([[think("Hm."), call("work")], [say("!")]], {"work": add_tasks}),
    "a workflow begun and ended": Scene([[call("work")], [say("!")]], {"work": start_and_end}),
    "a workflow ended by another tool": Scene(
        [[call("work")], [call("end")], [say("!")]], {"work": add_tasks, "end": end}
    ),
    "a reasoning workflow begun before": Scene(
        [[think("Hm."), say("Hello")]], before=start_reasoning
    ),
    "a custom workflow begun before": Scene(
        [[think("Hm.", "Ah."), say("Hello")]], before=start_custom
    ),
    "a workflow ended by a widget": Scene(
        [[think("Hm."), call("show")], [say("Shown.")]], {"show": show_card}
    ),
    "a workflow left open": Scene([[call("work")]], {"work": add_tasks}, stop_at=["work"]),
    "a workflow taken up again": Scene([[say("Red.")]], history=half_done),
    "a workflow gone on with": Scene(
        [[call("work")], [say("Red.")]], {"work": add_tasks}, history=half_done
    ),
    "a widget": Scene([[call("show")], [say("Shown.")]], {"show": show_card}),
    "a widget that is streamed": Scene([[call("show")], [say("Shown.")]], {"show": stream_card}),
    "events of a tool's own": Scene([[call("go")], [say("!")]], {"go": stream_by_hand}),
    "a client tool": Scene([[call("ask", call_id="call_1")]], {"ask": ask_page}, stop_at=["ask"]),
    "a client tool in a workflow": Scene(
        [[call("ask", call_id="call_1")]], {"ask": ask_with_workflow}, stop_at=["ask"]
    ),
    "a handoff": Scene(
        [[say("Over. "), call("transfer_to_vet")], [say("Vet here.")]], handoffs=["vet"]
    ),
}


@pytest.mark.parametrize("name", SAME)
async def test_a_run_gives_the_same_events(name: str, model_server: ModelServer) -> None:
    ours, theirs = await play(SAME[name], model_server)
    assert (ours.error, theirs.error) == (None, None)
    assert ours.events == theirs.events
    assert ours.stored == theirs.stored


URL = {
    "type": "url_citation",
    "url": "https://example.com",
    "title": "Example",
    "start_index": 0,
    "end_index": 5,
}
FILE = {"type": "file_citation", "file_id": "f_1", "filename": "a.pdf", "index": 5}
CONTAINER_FILE = {
    "type": "container_file_citation",
    "container_id": "c_1",
    "file_id": "f_2",
    "filename": "b.csv",
    "start_index": 0,
    "end_index": 4,
}
NAMELESS = {"type": "file_citation", "file_id": "f_3", "index": 1}


def of_entities(side: Side) -> Any:
    """A converter whose citations of pages are entities."""

    class Entities(side.agents.ResponseStreamConverter):  # type: ignore[misc]
        async def url_citation_to_annotation(self, url_citation: Any) -> Any:
            t = side.types
            source = t.EntitySource(id="e_1", title=url_citation.title, data={"a": "b"})
            return t.Annotation(source=source, index=url_citation.end_index)

    return Entities()


def told_of_pages(side: Side, cited: asyncio.Event) -> Any:
    """A converter that says when it has seen a citation: the message has begun then."""

    class Told(side.agents.ResponseStreamConverter):  # type: ignore[misc]
        async def url_citation_to_annotation(self, url_citation: Any) -> Any:
            cited.set()
            return None

    return Told()


CITATIONS = {
    "a page": Scene([[say("Hello", citations=[URL])]]),
    "a file": Scene([[say("Hello", citations=[FILE])]]),
    "a file that code made": Scene([[say("Hello", citations=[CONTAINER_FILE])]]),
    "all of them": Scene([[say("Hello", citations=[URL, NAMELESS, FILE, CONTAINER_FILE])]]),
    "an entity": Scene([[say("Hello", citations=[URL])]], converter=of_entities),
}


def parse_leniently(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mend the reference's reading of citations, so that the rest of it can be compared."""
    strictly = their_agents._convert_annotation

    async def leniently(raw: Any, converter: Any) -> Any:
        plain = raw if isinstance(raw, dict) else raw.model_dump(warnings=False, exclude_none=True)
        return await strictly({"filename": "", **plain}, converter)

    monkeypatch.setattr(their_agents, "_convert_annotation", leniently)


@pytest.mark.parametrize("name", CITATIONS)
async def test_citations_are_the_same_but_for_a_part_that_is_done(
    name: str, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault: `content_part.done` wipes citations until the item is done."""
    parse_leniently(monkeypatch)
    ours, theirs = await play(CITATIONS[name], model_server)
    assert (ours.error, theirs.error) == (None, None)
    done = "assistant_message.content_part.done"
    assert without_updates(ours.events, done) == without_updates(theirs.events, done)
    [our_part] = [e["update"]["content"] for e in ours.events if _update(e) == done]
    [their_part] = [e["update"]["content"] for e in theirs.events if _update(e) == done]
    [message] = [e["item"] for e in ours.events if e["type"] == "thread.item.done"]
    assert their_part["annotations"] == []
    assert our_part == message["content"][0]
    assert our_part["annotations"]


def _update(event: dict[str, Any]) -> str:
    return str(event.get("update", {}).get("type"))


@pytest.mark.parametrize("citation", [URL, FILE], ids=["url", "file"])
async def test_a_citation_does_not_break_the_run(
    citation: dict[str, Any], model_server: ModelServer
) -> None:
    """Fault: a URL or file citation breaks the run with current `openai`."""
    scene = Scene([[say("Hello", citations=[citation])]])
    ours, theirs = await play(scene, model_server)
    assert theirs.error is not None
    assert ours.error is None
    [message] = [e["item"] for e in ours.events if e["type"] == "thread.item.done"]
    assert len(message["content"][0]["annotations"]) == 1


async def test_a_refusal_is_streamed(model_server: ModelServer) -> None:
    """Fault: a refusal is never shown (while it comes, and, as its run fails, often not at all)."""
    ours, theirs = await play(Scene([[refuse("I would rather not.")]]), model_server)
    [message] = ours.items("item.done", "assistant_message")
    assert message["content"][0]["text"] == "I would rather not."
    assert not [e for e in theirs.events if "delta" in e.get("update", {})]


async def test_a_client_tool_call_has_its_own_call_id(model_server: ModelServer) -> None:
    """Fault: of two calls, the client tool call is stored under the other's call id."""
    replies: list[list[Part]] = [
        [call("ask", {"a": 1}, call_id="call_1"), call("look", call_id="call_2")]
    ]
    scene = Scene(replies, {"ask": ask_page, "look": look}, stop_at=["ask"])
    ours, theirs = await play(scene, model_server)
    [our_call], [their_call] = _client_calls(ours.events), _client_calls(theirs.events)
    assert (our_call["call_id"], their_call["call_id"]) == ("call_1", "call_2")
    assert without_ids(our_call) == without_ids(their_call)


def _client_calls(events: list[Any]) -> list[Any]:
    return [e["item"] for e in events if e.get("item", {}).get("type") == "client_tool_call"]


def without_ids(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in ("id", "call_id")}


async def test_added_holds_what_was_there_when_it_was_added(model_server: ModelServer) -> None:
    """Fault: workflow `added` already holds the second task; equal tasks get the wrong index."""

    async def same_tasks(side: Side, context: Any) -> str:
        for _ in range(3):
            await context.add_workflow_task(side.types.CustomTask(title="same"))
        return "ok"

    scene = Scene([[call("work")], [say("!")]], {"work": same_tasks})
    ours, theirs = await play(scene, model_server)
    sizes = [
        [
            len(e["item"]["workflow"]["tasks"])
            for e in heard.of("item.added")
            if "workflow" in e["item"]
        ]
        for heard in (ours, theirs)
    ]
    places = [
        [e["update"]["task_index"] for e in heard.of("item.updated") if "task_index" in e["update"]]
        for heard in (ours, theirs)
    ]
    assert sizes == [[1], [3]]
    assert places == [[1, 2], [0, 0]]


async def test_a_tripwire_takes_back_only_what_was_unfinished(model_server: ModelServer) -> None:
    """Fault: a tripwire deletes every item of the run, and hangs until the model has finished."""
    pause, cited = hang(), asyncio.Event()

    async def guard(*_: Any) -> GuardrailFunctionOutput:
        await cited.wait()
        return GuardrailFunctionOutput(output_info=None, tripwire_triggered=True)

    guarded = {"input_guardrails": [InputGuardrail(guardrail_function=guard)]}
    said = say("It is", citations=[URL])
    scene = Scene(
        [[said, pause]],
        before=show_card,
        guardrails=guarded,
        converter=lambda side: told_of_pages(side, cited),
    )
    ours = await hear(scene, model_server, OURS)
    await model_server.wait(pause.disconnected)
    [message] = ours.items("item.added", "assistant_message")
    assert ours.items("item.done", "widget")
    assert [e["item_id"] for e in ours.of("item.removed")] == [message["id"]]

    # The reference's model has to finish, or it would never raise.
    replies: list[list[Part]] = [[say("Looking. "), call("look")], [say("It is red.")]]
    late = {"output_guardrails": [OutputGuardrail(guardrail_function=objection)]}
    ours, theirs = await play(Scene(replies, {"look": look}, guardrails=late), model_server)
    assert type(ours.error) is type(theirs.error)
    assert len(ours.of("item.removed")) == 1
    assert len(theirs.of("item.removed")) > 2


async def objection(*_: Any) -> GuardrailFunctionOutput:
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=True)


async def test_an_error_handlers_text_is_shown(model_server: ModelServer) -> None:
    """Fault: an error handler's text is never shown."""
    scene = Scene([[say("Looking. "), call("look")]], {"look": look}, max_turns=1)
    ours, theirs = await play(scene, model_server)
    assert ours.events[: len(theirs.events)] == theirs.events
    [told] = ours.events[len(theirs.events) :]
    assert told["item"]["content"][0]["text"] == "I must stop here."


async def test_times_and_ids_are_the_same_from_first_to_last(model_server: ModelServer) -> None:
    """Fault: `created_at` differs between added and done; ids are the model's."""
    scene = Scene([[say("Hello")]], keep_times=True)
    ours, theirs = await play(scene, model_server)
    our_times, their_times = (
        {e["item"]["created_at"] for e in heard.events if "item" in e} for heard in (ours, theirs)
    )
    assert (len(our_times), len(their_times)) == (1, 2)


@pytest.mark.parametrize("raw", ["hm", "Let me see."])
async def test_raw_reasoning_is_shown_where_no_summary_comes(
    raw: str, model_server: ModelServer
) -> None:
    """Beyond the reference, which shows an empty workflow."""
    scene = Scene([[think(raw, raw=True), say("Hello")]])
    ours, theirs = await play(scene, model_server)
    added = [
        e["item"]["workflow"]["tasks"] for e in theirs.of("item.done") if "workflow" in e["item"]
    ]
    [workflow] = [e["item"] for e in ours.of("item.done") if e["item"]["type"] == "workflow"]
    assert added == [[]]
    assert [task["content"] for task in workflow["workflow"]["tasks"]] == [raw]


async def test_a_picture_that_came_to_nothing_goes_away(model_server: ModelServer) -> None:
    """Beyond the reference, which leaves it loading for good."""
    ours, theirs = await play(Scene([[draw(None), say("I cannot.")]]), model_server)
    [added] = [
        e["item"]["id"] for e in ours.of("item.added") if e["item"]["type"] == "generated_image"
    ]
    assert [e["item_id"] for e in ours.of("item.removed")] == [added]
    assert not theirs.of("item.removed")
