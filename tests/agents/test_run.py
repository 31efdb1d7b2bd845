"""A run against a model server, in both APIs."""

from __future__ import annotations

from typing import Any

from agents import ModelSettings

from chatkit_host.types import (
    AssistantMessageItem,
    ThreadItemAddedEvent,
    ToolCallItem,
    WorkflowItem,
)
from tests.agents.harness import (
    Conversation,
    agent,
    deltas,
    done_items,
    messages_sent,
    models_at,
    texts,
    tool,
)
from tests.model_server.script import call, refuse, say, think
from tests.model_server.server import ModelServer


async def test_text_is_streamed_and_kept_under_one_id(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    model_server.reply(say("Good day to you"))
    events = await talk.turn(agent())
    assert deltas(events) == ["Good ", "day ", "to ", "you"]
    assert texts(events) == ["Good day to you"]
    added = [e.item for e in events if isinstance(e, ThreadItemAddedEvent)]
    done = done_items(events, AssistantMessageItem)
    assert [i.id for i in added] == [i.id for i in done]
    assert added[0].created_at == done[0].created_at
    assert done[0].created_at.tzinfo is not None


async def test_each_message_has_an_id_of_our_own(
    talk: Conversation, model_server: ModelServer
) -> None:
    for _ in range(3):
        await talk.user_says("hi")
        model_server.reply(say("Hello"))
        await talk.turn(agent())
    ids = [i.id for i in await talk.items() if isinstance(i, AssistantMessageItem)]
    assert len(set(ids)) == 3
    assert all(name.startswith("msg_") and "fake" not in name for name in ids)


async def test_a_second_turn_carries_the_first_in_a_form_the_api_takes(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    model_server.reply(call("look", {"at": "it"}), say("Let me see. "))
    model_server.reply(say("It is red."))
    await talk.turn(agent(tools=[tool("look", {"colour": "red"})]))
    await talk.user_says("sure?")
    model_server.reply(say("Yes."))
    await talk.turn(agent())
    sent = messages_sent(model_server)
    assert [m.get("role") or m["type"] for m in sent] in (
        ["user", "assistant", "function_call", "function_call_output", "assistant", "user"],
        ["user", "assistant", "assistant", "tool", "assistant", "user"],
    )
    said = [m["content"] for m in sent if m.get("role") == "assistant" and m.get("content")]
    assert said == ["Let me see. ", "It is red."]
    assert '{"colour": "red"}' in str(sent)


async def test_a_refusal_is_shown_as_text(talk: Conversation, model_server: ModelServer) -> None:
    await talk.user_says("hi")
    model_server.reply(refuse("I would rather not."))
    events = await talk.turn(agent())
    assert texts(events) == ["I would rather not."]
    assert "".join(deltas(events)) == "I would rather not."


async def test_an_error_handlers_text_is_shown(
    talk: Conversation, model_server: ModelServer
) -> None:
    await talk.user_says("hi")
    model_server.reply(say("Looking. "), call("look"))
    handlers = {"max_turns": lambda _: "I must stop here."}
    events = await talk.turn(agent(tools=[tool("look")]), max_turns=1, error_handlers=handlers)
    assert texts(events) == ["Looking. ", "I must stop here."]


async def test_a_sub_agent_does_not_speak_in_the_thread(
    talk: Conversation, model_server: ModelServer
) -> None:
    heard: list[str] = []

    async def on_stream(event: Any) -> None:
        heard.append(event["event"].type)

    vet = agent(name="vet", tools=[tool("look")])
    ask_vet = vet.as_tool("ask_vet", "Ask.", on_stream=on_stream)
    await talk.user_says("hi")
    model_server.reply(call("ask_vet", {"input": "well?"}))
    model_server.reply(say("Vet speaks."), call("look"))
    model_server.reply(say("Quite well."))
    model_server.reply(say("The vet says it is well."))
    events = await talk.turn(agent(tools=[ask_vet]))
    assert texts(events) == ["The vet says it is well."]
    assert [(i.name, i.output) for i in done_items(events, ToolCallItem)] == [
        ("ask_vet", "Quite well.")
    ]
    assert heard


async def test_a_sub_agent_that_nobody_listens_to_answers_the_call(
    talk: Conversation, model_server: ModelServer
) -> None:
    ask_vet = agent(name="vet").as_tool("ask_vet", "Ask.")
    await talk.user_says("hi")
    model_server.reply(call("ask_vet", {"input": "well?"}))
    model_server.reply(say("Quite well."))
    model_server.reply(say("The vet says it is well."))
    events = await talk.turn(agent(tools=[ask_vet]))
    assert [i.output for i in done_items(events, ToolCallItem)] == ["Quite well."]
    assert texts(events) == ["The vet says it is well."]


async def test_a_handoff_is_known_at_the_end(talk: Conversation, model_server: ModelServer) -> None:
    vet = agent(name="vet")
    await talk.user_says("hi")
    model_server.reply(call("transfer_to_vet"))
    model_server.reply(say("Vet here."))
    async with await talk.run(agent(handoffs=[vet])) as run:
        events = [event async for event in run]
    assert run.last_agent == "vet"
    assert texts(events) == ["Vet here."]
    assert not done_items(events, ToolCallItem)


async def test_reasoning_becomes_a_workflow(talk: Conversation, model_server: ModelServer) -> None:
    await talk.user_says("hi")
    model_server.reply(think("Let me think."), say("Hello"))
    events = await talk.turn(agent())
    [workflow] = done_items(events, WorkflowItem)
    assert [t.content for t in workflow.workflow.tasks] == ["Let me think."]
    assert workflow.workflow.summary is not None
    assert texts(events) == ["Hello"]


async def test_raw_reasoning_of_small_servers_becomes_one_too(model_server: ModelServer) -> None:
    talk = Conversation(models_at(model_server, "chat_completions"))
    await talk.user_says("hi")
    model_server.reply(think("Hm hm.", field="reasoning"), say("Hello"))
    events = await talk.turn(agent())
    [workflow] = done_items(events, WorkflowItem)
    assert [t.content for t in workflow.workflow.tasks] == ["Hm hm."]
    await talk.models.aclose()


async def test_citations_stay_from_first_to_last(
    talk: Conversation, model_server: ModelServer
) -> None:
    citation = {
        "type": "url_citation",
        "url": "https://example.com",
        "title": "Example",
        "start_index": 0,
        "end_index": 5,
    }
    await talk.user_says("hi")
    model_server.reply(say("Hello", citations=[citation]))
    events = await talk.turn(agent())
    updates: list[Any] = [e.update for e in events if hasattr(e, "update")]
    announced = [u for u in updates if u.type.endswith("annotation_added")]
    [part_done] = [u for u in updates if u.type.endswith("part.done")]
    [message] = done_items(events, AssistantMessageItem)
    assert [a.annotation.source.url for a in announced] == ["https://example.com"]
    assert part_done.content.annotations == message.content[0].annotations
    assert message.content[0].annotations == [announced[0].annotation]


async def test_the_servers_hear_who_asks(talk: Conversation, model_server: ModelServer) -> None:
    await talk.user_says("hi")
    model_server.reply(say("Hello"))
    await talk.turn(agent())
    assert "ChatKit-Host/" in model_server.requests[0].headers["user-agent"]


async def test_a_models_settings_lie_beneath_the_agents(
    model_server: ModelServer, api: str
) -> None:
    talk = Conversation(models_at(model_server, api, settings={"temperature": 0.2, "top_p": 0.5}))
    await talk.user_says("hi")
    model_server.reply(say("Hello"))
    await talk.turn(agent(model_settings=ModelSettings(top_p=0.9)))
    body = model_server.requests[0].body
    assert (body["temperature"], body["top_p"]) == (0.2, 0.9)
    await talk.models.aclose()
