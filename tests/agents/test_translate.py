"""The translator with model events that no well-behaved server sends, and with rarer ones."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from openai.types.responses import ResponseStreamEvent
from pydantic import TypeAdapter

from chatkit_host.agents import Display, ResponseStreamConverter
from chatkit_host.agents.translate import Translator
from chatkit_host.types import (
    Annotation,
    AssistantMessageItem,
    GeneratedImageItem,
    SearchTask,
    URLSource,
)
from tests.agents.harness import Context, Conversation, deltas, done_items, rules_models, texts
from tests.model_server.hosted import web_search
from tests.model_server.responses_api import stream_events
from tests.model_server.script import Part, call, refuse, say, think

ADAPTER: TypeAdapter[Any] = TypeAdapter(ResponseStreamEvent)


@pytest.fixture
def context() -> Context:
    return Conversation(rules_models()).context


def response(*parts: Part) -> list[Any]:
    return [ADAPTER.validate_python(event) for event in stream_events({"model": "m"}, parts)]


async def translated(
    context: Context, events: Sequence[Any], converter: ResponseStreamConverter | None = None
) -> list[Any]:
    translator = Translator(context, converter or ResponseStreamConverter(), light=True)
    for event in events:
        await translator.translate(event)
    context._events.close()
    return list(await context._events.take())


def event(kind: str, **fields: Any) -> Any:
    return SimpleNamespace(type=f"response.{kind}", **{"output_index": 0, **fields})


async def test_a_server_that_sends_the_last_event_alone_is_heard(context: Context) -> None:
    first, *_, last = response(say("Good day"), call("look"), say("And more"))
    assert texts(await translated(context, [first, last])) == ["Good day", "And more"]


async def test_messages_are_finished_once(context: Context) -> None:
    events = await translated(context, response(say("One"), say("Two")))
    assert texts(events) == ["One", "Two"]


async def test_a_message_that_never_was_done_is_finished_at_the_end(context: Context) -> None:
    events = [e for e in response(say("One"), say("Two")) if "item.done" not in e.type]
    got = await translated(context, events)
    assert texts(got) == ["One", "Two"]
    assert len({i.id for i in done_items(got, AssistantMessageItem)}) == 2


async def test_deltas_without_any_announcement_are_shown(context: Context) -> None:
    got = await translated(context, [event("output_text.delta", content_index=0, delta="Hi")])
    assert [e.type for e in got] == ["thread.item.added", *["thread.item.updated"] * 2]
    assert deltas(got) == ["Hi"]


async def test_events_nobody_knows_are_passed_over(context: Context) -> None:
    assert await translated(context, [event("of.the.future")]) == []


@pytest.mark.parametrize(
    ("citation", "source", "index"),
    [
        ({"type": "file_citation", "filename": "a.pdf", "index": 3}, "a.pdf", 3),
        ({"type": "file_citation", "file_id": "f", "index": 3}, None, None),
        ({"type": "container_file_citation", "filename": "b.csv", "end_index": 4}, "b.csv", 4),
        ({"type": "url_citation", "url": "https://x", "end_index": 5}, "https://x", 5),
        ({"type": "url_citation", "title": "no url"}, None, None),
        ({"type": "file_path", "file_id": "f", "index": 1}, None, None),
        ({"type": "of_the_future"}, None, None),
    ],
)
async def test_citations_are_read_leniently(
    context: Context, citation: dict[str, Any], source: str | None, index: int | None
) -> None:
    added = event("output_text.annotation.added", content_index=0, annotation=citation)
    start, *rest = response(say("Hi"))
    got = await translated(context, [start, rest[1], added])
    found = [e.update.annotation for e in got if "annotation" in getattr(e, "update", e).type]
    assert [a.source.title for a in found] == ([] if source is None else [source])
    assert [a.index for a in found] == ([] if source is None else [index])


async def test_a_converter_of_ones_own_is_asked_once_for_each_citation(context: Context) -> None:
    class Own(ResponseStreamConverter):
        asked = 0

        async def url_citation_to_annotation(self, url_citation: Any) -> Annotation:
            self.asked += 1
            return Annotation(source=URLSource(url="https://own", title=f"no. {self.asked}"))

    cited = {"type": "url_citation", "url": "https://x", "title": "", "start_index": 0}
    own = Own()
    events = response(say("Hi", citations=[{**cited, "end_index": 1}, {**cited, "end_index": 2}]))
    [message] = done_items(await translated(context, events, own), AssistantMessageItem)
    assert own.asked == 2
    assert [a.source.title for a in message.content[0].annotations] == ["no. 1", "no. 2"]


async def test_pictures_take_shape_under_an_id_of_our_own(context: Context) -> None:
    picture = SimpleNamespace(type="image_generation_call", id="ig_1", result=None)
    finished = SimpleNamespace(type="image_generation_call", id="ig_1", result="Zm9v")
    partial = {"item_id": "ig_1", "partial_image_b64": "YmFy", "partial_image_index": 1}
    events = [
        event("output_item.added", item=picture),
        event("image_generation_call.partial_image", **partial),
        event("output_item.done", item=finished),
    ]
    converter = ResponseStreamConverter(partial_images=2)
    added, updated, _ = got = await translated(context, events, converter)
    [done] = done_items(got, GeneratedImageItem)
    assert added.item.id == updated.item_id == done.id != "ig_1"
    assert added.item.image is None
    assert updated.update.progress == 0.5
    assert done.image.url == "data:image/png;base64,Zm9v"
    assert context.generated_image_item is None


def test_progress_needs_to_know_how_many_pictures_come() -> None:
    assert ResponseStreamConverter().partial_image_index_to_progress(3) == 0.0
    assert ResponseStreamConverter(partial_images=2).partial_image_index_to_progress(3) == 1.0


async def test_a_later_thought_appears_when_it_is_complete(context: Context) -> None:
    got = await translated(context, response(think("First one."), think("Second one.")))
    updates = [
        (e.update.type, e.update.task_index, e.update.task.content)
        for e in got
        if e.type == "thread.item.updated"
    ]
    assert updates == [
        ("workflow.task.added", 0, "First"),
        ("workflow.task.updated", 0, "First one."),
        ("workflow.task.updated", 0, "First one."),
        ("workflow.task.added", 1, "Second one."),
    ]


async def test_a_thought_that_never_said_it_was_done_is_shown(context: Context) -> None:
    events = [e for e in response(think("First."), think("Second.")) if "summary" not in e.type]
    deltas_only = [
        event("reasoning_text.delta", content_index=0, delta=text, output_index=place)
        for place, text in enumerate(["First.", "Second."])
    ]
    # Both servers' ways at once: added, delta, done of the item, and no done of the text.
    mixed = [events[0], events[2], deltas_only[0], events[3], events[4], deltas_only[1], events[5]]
    await translated(context, mixed)
    assert context.workflow_item is not None
    tasks: list[Any] = list(context.workflow_item.workflow.tasks)
    assert [task.content for task in tasks] == ["First.", "Second."]


async def test_a_summary_takes_the_place_of_raw_reasoning(context: Context) -> None:
    first, _, added, *summary, done, _ = response(think("In short."))
    raw = [
        event("reasoning_text.delta", content_index=0, delta="At great "),
        event("reasoning_text.delta", content_index=0, delta="length."),
    ]
    late = event("reasoning_text.done", content_index=0, text="At great length.")
    got = await translated(context, [first, added, *raw, *summary, late, done])
    shown = [e.update.task.content for e in got if e.type == "thread.item.updated"]
    assert shown[:2] == ["At great ", "At great length."]
    assert shown[-1] == "In short."
    assert context.workflow_item is not None
    assert len(context.workflow_item.workflow.tasks) == 1


@pytest.mark.parametrize("raw", [False, True])
async def test_reasoning_that_comes_in_one_piece_is_shown(context: Context, raw: bool) -> None:
    first, _, added, *_, done, _ = response(think("One.", "Two.", raw=raw))
    await translated(context, [first, added, done])
    assert context.workflow_item is not None
    tasks: list[Any] = list(context.workflow_item.workflow.tasks)
    assert [task.content for task in tasks] == ["One.", "Two."]


async def test_an_answer_that_was_cut_off_is_finished(context: Context) -> None:
    *events, last = [e for e in response(say("One two")) if "item.done" not in e.type]
    cut = SimpleNamespace(type="response.incomplete", response=last.response)
    assert texts(await translated(context, [*events, cut])) == ["One two"]


@pytest.mark.parametrize("index", ["soon", -1.5, {"a": 1}])
async def test_a_citation_that_makes_no_sense_is_left_out(context: Context, index: Any) -> None:
    citation = {"type": "url_citation", "url": "https://x", "end_index": index}
    added = event("output_text.annotation.added", content_index=0, annotation=citation)
    first, *rest = response(say("Hi"))
    got = await translated(context, [first, *rest[:3], added, *rest[3:]])
    assert texts(got) == ["Hi"]


async def test_hosted_calls_are_shown_where_the_display_says_so(context: Context) -> None:
    class Searches(Display):
        def hosted_task(self, call: Any, agent: str | None) -> SearchTask:
            return SearchTask(title=call.status)

    translator = Translator(context, ResponseStreamConverter(), Searches(), light=False)
    for each in response(web_search(), say("Hi")):
        await translator.translate(each)
    context._events.close()
    updates: list[Any] = [e for e in await context._events.take() if hasattr(e, "update")]
    tasks = [e.update.task for e in updates if hasattr(e.update, "task")]
    assert [(t.title, t.status_indicator) for t in tasks] == [("completed", "complete")]


async def test_a_refusal_whose_end_was_lost_is_finished(context: Context) -> None:
    *begun, _, _, _, _ = response(refuse("I would rather not."))
    translator = Translator(context, ResponseStreamConverter(), light=True)
    for each in begun:
        await translator.translate(each)
    translator.finish_refusal("I would rather not.")
    translator.finish_refusal("I would rather not.")
    context._events.close()
    got = await context._events.take()
    assert texts(got) == ["I would rather not."]
