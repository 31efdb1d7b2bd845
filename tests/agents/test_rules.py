"""The rules model, through the SDK's own runner."""

from __future__ import annotations

import asyncio
from typing import Any

from agents import RunConfig, Runner

from chatkit_host import clock
from chatkit_host.agents import build_tool
from chatkit_host.types import (
    AssistantMessageItem,
    ClientToolCallItem,
    HiddenContextItem,
    StreamEvent,
    ToolCallItem,
)
from tests.agents.harness import (
    EMPTY,
    Conversation,
    Template,
    agent,
    deltas,
    done_items,
    rule,
    rules_models,
    template,
    texts,
    tool,
)

FEED = rule(
    r"feed (the cat|her)( with (?P<meal>.+))?",
    call="feed",
    with_=Template(lambda scope: {"meal": scope["meal"]}),
    say="Fed {meal}; energy is {result[energy]}.",
)
LAST = rule(say="You said: {text}")


async def ask(talk: Conversation, text: str, **fields: Any) -> list[StreamEvent]:
    await talk.user_says(text)
    return await talk.turn(agent(**fields))


async def test_the_first_rule_that_matches_answers_word_by_word() -> None:
    talk = Conversation(rules_models(rule(r"\bhello\b", say="Hello to you!"), LAST))
    events = await ask(talk, "Why, HELLO there")
    assert texts(events) == ["Hello to you!"]
    assert deltas(events) == ["Hello ", "to ", "you!"]
    assert texts(await ask(talk, "Bye")) == ["You said: Bye"]


async def test_a_call_gets_the_groups_and_its_result_is_in_scope() -> None:
    talk = Conversation(rules_models(FEED, LAST))
    events = await ask(talk, "Feed the cat with tuna", tools=[tool("feed", {"energy": 9})])
    [call] = done_items(events, ToolCallItem)
    assert call.arguments == '{"meal": "tuna"}'
    assert texts(events) == ["Fed tuna; energy is 9."]


async def test_each_turn_begins_anew() -> None:
    talk = Conversation(rules_models(FEED, LAST))
    for meal in ("tuna", "chicken"):
        events = await ask(talk, f"feed her with {meal}", tools=[tool("feed", {"energy": 9})])
        assert texts(events) == [f"Fed {meal}; energy is 9."]
    ids = [i.call_id for i in await talk.items() if isinstance(i, ToolCallItem)]
    assert len(set(ids)) == 2


async def test_without_words_of_its_own_a_call_says_its_result() -> None:
    talk = Conversation(rules_models(rule(call="look")))
    assert texts(await ask(talk, "?", tools=[tool("look", "It is red.")])) == ["It is red."]


async def test_further_steps_follow_one_after_the_other() -> None:
    then = [rule(say="First {result}."), rule(call="two"), rule(say="Then {result}.")]
    talk = Conversation(rules_models(rule("go", call="one", then=then)))
    events = await ask(talk, "go", tools=[tool("one", "1st"), tool("two", "2nd")])
    assert texts(events) == ["First 1st.", "Then 2nd."]


async def test_the_scope_is_read_at_the_time_of_the_call() -> None:
    state = {"energy": 1}

    async def feed(_: dict[str, Any], __: Any) -> None:
        state["energy"] = 9

    talk = Conversation(rules_models(rule(call="feed", say="Energy is {energy}.")))
    await talk.user_says("feed")
    events = await talk.turn(
        agent(tools=[build_tool("feed", "", EMPTY, feed)]),
        provider=talk.models.bound(lambda: state),
    )
    assert texts(events) == ["Energy is 9."]


async def test_hidden_context_after_the_last_answer_is_what_it_answers_to() -> None:
    talk = Conversation(rules_models(rule("NAME_PICKED>(?P<name>.+)<", say="So: {name}."), LAST))
    await ask(talk, "hi")
    await talk.add(
        HiddenContextItem(
            id="hidden",
            thread_id="thr_1",
            created_at=clock.now(),
            content="<NAME_PICKED>Mia</NAME_PICKED>",
        )
    )
    assert texts(await talk.turn(agent())) == ["So: Mia."]


async def test_an_answered_client_tool_call_goes_on_after_the_call() -> None:
    async def ask_page(_: dict[str, Any], call: Any) -> None:
        call.context.call_client("selected", {}, call_id=call.tool_call_id)

    talk = Conversation(rules_models(rule(call="selected", say="It is {result[what]}.")))
    selected = agent(
        tools=[build_tool("selected", "", EMPTY, ask_page)],
        tool_use_behavior={"stop_at_tool_names": ["selected"]},
    )
    await talk.user_says("what is selected?")
    [asked] = done_items(await talk.turn(selected), ClientToolCallItem)
    await talk.add(asked.model_copy(update={"status": "completed", "output": {"what": "red"}}))
    assert texts(await talk.turn(selected)) == ["It is red."]


async def test_who_is_handed_a_conversation_plays_from_the_start() -> None:
    from agents import Agent

    from chatkit_host.agents import RulesSpec, build_provider

    specs = {
        "m": RulesSpec([rule(call="transfer_to_vet")]),
        "vet": RulesSpec([rule(call="look", say="I see {result}.")]),
    }
    talk = Conversation(build_provider(specs, default="m"))
    vet: Agent[Any] = agent(name="vet", model="vet", tools=[tool("look", "a cat")])
    await talk.user_says("the vet, please")
    assert texts(await talk.turn(agent(handoffs=[vet]))) == ["I see a cat."]


async def test_without_a_rule_it_says_so() -> None:
    talk = Conversation(rules_models(rule("never", say="no")))
    assert texts(await ask(talk, "hi")) == ["I have no answer to that."]


async def test_it_answers_without_a_stream_too() -> None:
    models = rules_models(FEED, LAST)
    config = RunConfig(model_provider=models, tracing_disabled=True)
    fed = agent(tools=[tool("feed", {"energy": 2})])
    result = await Runner.run(fed, "feed her with milk", run_config=config)
    assert result.final_output == "Fed milk; energy is 2."


async def test_leaving_stops_it_between_two_words() -> None:
    talk = Conversation(rules_models(rule(say=template("word " * 1000))))
    await talk.user_says("hi")
    seen = 0
    async with await talk.run(agent()) as run:
        async for event in run:
            seen += len(deltas([event]))
            if seen == 3:
                break
    await asyncio.sleep(0)
    assert not [i for i in await talk.items() if isinstance(i, AssistantMessageItem)]
