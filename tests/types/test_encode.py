"""Events and items as bytes: what clients get, and what the store keeps."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatkit_host import clock, types
from chatkit_host.types import TextDelta, codec
from chatkit_host.types.updates import AssistantMessageContentPartTextDelta

NOW = clock.now()
ANY_TEXT = st.text(st.characters(codec=None, categories=None))  # half surrogate pairs among it
ANY_FILE = types.FileAttachment(id="att_1", name="a", mime_type="text/plain", metadata={"k": "v"})


def user_message(text: str = "hi") -> types.UserMessageItem:
    return types.UserMessageItem(
        id="msg_1",
        thread_id="thr_1",
        created_at=NOW,
        content=[types.UserMessageTextContent(text=text)],
        attachments=[ANY_FILE],
        inference_options=types.InferenceOptions(),
    )


@settings(deadline=None)
@given(ANY_TEXT, st.integers(0, 9), ANY_TEXT)
def test_the_short_cut_for_text_gives_the_same_bytes(item: str, index: int, delta: str) -> None:
    light = TextDelta(item, index, delta)
    event = light.to_event()
    assert codec.encode_event(light) == codec.encode_event(event) == codec.encode(event)


def test_text_is_sent_as_utf_8() -> None:
    assert '"delta":"é\\n\\u0001\\""'.encode() in codec.encode_event(TextDelta("a", 0, 'é\n\x01"'))


def test_other_events_are_encoded_whole() -> None:
    event = types.ProgressUpdateEvent(text="looking")
    assert codec.encode_event(event) == b'{"type":"progress_update","text":"looking"}'


def test_a_frame_is_one_server_sent_event() -> None:
    assert codec.frame(b'{"a":1}') == b'data: {"a":1}\n\n'


def test_attachment_metadata_stays_here() -> None:
    event = types.ThreadItemDoneEvent(item=user_message())
    (attachment,) = json.loads(codec.encode_event(event))["item"]["attachments"]
    assert attachment == {"id": "att_1", "name": "a", "mime_type": "text/plain", "type": "file"}


def test_half_a_surrogate_pair_becomes_a_question_mark() -> None:
    event = types.ThreadItemDoneEvent(item=user_message("a\ud800b"))
    item = json.loads(codec.encode_event(event))["item"]
    assert item["content"] == [{"type": "input_text", "text": "a?b"}]
    assert codec.load_item(codec.dump_item(user_message("a\ud800b"))) == user_message("a?b")


def test_half_a_surrogate_pair_in_a_thread_does_not_hide_its_changes() -> None:
    thread = types.ThreadMetadata(id="t", created_at=NOW, metadata={"a": "\ud800"})
    before = codec.fingerprint(thread)
    thread.metadata["b"] = object()
    assert codec.fingerprint(thread) != before


ITEMS: list[types.ThreadItem] = [
    user_message(),
    types.AssistantMessageItem(
        id="m",
        thread_id="t",
        created_at=NOW,
        content=[
            types.AssistantMessageContent(
                text="x",
                annotations=[types.Annotation(source=types.EntitySource(title="T", id="e"))],
            )
        ],
    ),
    types.ClientToolCallItem(
        id="m", thread_id="t", created_at=NOW, call_id="c", name="n", arguments={"a": None}
    ),
    types.WidgetItem(
        id="m",
        thread_id="t",
        created_at=NOW,
        widget=types.WidgetItem.model_validate(
            {
                "id": "m",
                "thread_id": "t",
                "created_at": NOW,
                "widget": {"type": "Card", "children": [{"type": "New", "prop": [1]}]},
            }
        ).widget,
    ),
    types.HiddenContextItem(id="m", thread_id="t", created_at=NOW, content=None),
    types.SDKHiddenContextItem(id="m", thread_id="t", created_at=NOW, content="x"),
    types.ToolCallItem(
        id="m", thread_id="t", created_at=NOW, call_id="c", name="n", arguments="{}", output=None
    ),
    types.EndOfTurnItem(id="m", thread_id="t", created_at=NOW),
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.type)
def test_the_store_gets_back_what_it_kept(item: types.ThreadItem) -> None:
    assert codec.load_item(codec.dump_item(item)) == item


def test_the_store_keeps_metadata() -> None:
    assert codec.load_attachment(codec.dump_attachment(ANY_FILE)) == ANY_FILE
    thread = types.ThreadMetadata(
        id="t", created_at=NOW, metadata={"k": None}, status=types.LockedStatus(reason="why")
    )
    assert codec.load_thread(codec.dump_thread(thread)) == thread


def test_warming_up_builds_every_model() -> None:
    codec.warm()
    assert types.ThreadItemDoneEvent.__pydantic_complete__
    assert types.Thread.__pydantic_complete__


def test_a_light_delta_is_a_value() -> None:
    delta = TextDelta("m", 0, "x")
    assert delta == TextDelta("m", 0, "x") != TextDelta("m", 1, "x")
    assert len({delta, TextDelta("m", 0, "x")}) == 1
    assert delta != "x"
    assert repr(delta) == "TextDelta('m', 0, 'x')"
    assert delta.type == delta.to_event().type
    assert isinstance(delta.to_event().update, AssistantMessageContentPartTextDelta)
