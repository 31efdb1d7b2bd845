"""Each feature of the SDK's README, in a program that differs in its imports alone."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from agents import OpenAIResponsesModel
from openai import AsyncOpenAI

from chatkit_host.errors import NotFoundError
from chatkit_host.store import MemoryStore
from tests.model_server.script import call, say, think
from tests.model_server.server import ModelServer
from tests.sdk.renamed import program
from tests.server.servers import ask, request, talk, user_input

ADA = {"user_id": "ada"}
Json = dict[str, Any]


class Customer:
    """Somebody in one thread of the shop."""

    def __init__(self, shop: Any, context: Json) -> None:
        self.shop = shop
        self.context = context
        self.thread_id = ""

    async def say(self, text: str, **more: Any) -> list[Json]:
        given = {**user_input(text), **more}
        if not self.thread_id:
            events = await talk(self.shop, request("threads.create", input=given), self.context)
            self.thread_id = events[0]["thread"]["id"]
            return events
        return await self.stream("threads.add_user_message", input=given)

    async def stream(self, type_: str, **params: Any) -> list[Json]:
        body = request(type_, thread_id=self.thread_id, **params)
        return await talk(self.shop, body, self.context)

    async def ask(self, type_: str, **params: Any) -> Any:
        return await ask(self.shop, request(type_, **params), self.context)

    async def shown(self) -> list[Json]:
        """The items of the thread, as a client gets them."""
        thread = await self.ask("threads.get_by_id", thread_id=self.thread_id)
        items: list[Json] = thread["items"]["data"]
        return items


@pytest.fixture
async def customer(model_server: ModelServer) -> AsyncIterator[Customer]:
    async with shopping(model_server) as customer:
        yield customer


@asynccontextmanager
async def shopping(model_server: ModelServer, **context: Any) -> AsyncIterator[Customer]:
    module = program("shop")
    kept: dict[str, Any] = {}
    shop = module.Shop(MemoryStore(), module.Uploads(kept))
    async with AsyncOpenAI(base_url=model_server.base_url, api_key="k", max_retries=0) as client:
        shop.model = OpenAIResponsesModel("m", client)
        yield Customer(shop, {**ADA, **context})


def done(events: list[Json], kind: str) -> list[Json]:
    found = ("thread.item.done", "thread.item.replaced")
    items = [event["item"] for event in events if event["type"] in found]
    return [item for item in items if item["type"] == kind]


def said(events: list[Json]) -> list[str]:
    return [item["content"][0]["text"] for item in done(events, "assistant_message")]


def types(events: list[Json]) -> list[str]:
    return [event["type"] for event in events]


async def test_an_agent_answers(customer: Customer, model_server: ModelServer) -> None:
    model_server.reply(think("Hm."), say("Good day."))
    events = await customer.say("ask")
    assert said(events) == ["Good day."]
    assert [item["workflow"]["type"] for item in done(events, "workflow")] == ["reasoning"]


async def test_plain_history_goes_to_the_model(
    customer: Customer, model_server: ModelServer
) -> None:
    model_server.reply(say("Fine."))
    assert said(await customer.say("simple")) == ["Fine."]
    assert "simple" in json.dumps(model_server.requests[-1].body["input"])


async def test_a_converter_says_what_the_model_reads(
    customer: Customer, model_server: ModelServer
) -> None:
    await customer.say("hide")
    made = await customer.ask("attachments.create", name="a.txt", size=3, mime_type="text/plain")
    model_server.reply(say("Read."))
    tag = {"type": "input_tag", "id": "t", "text": "fern", "data": {"sku": 7}, "interactive": True}
    content = [{"type": "input_text", "text": "ask "}, tag]
    await customer.say("", content=content, attachments=[made["id"]])
    sent = json.dumps(model_server.requests[-1].body["input"])
    assert [text for text in ("<FILE>a.txt", "<TAG>7", "<HIDDEN>likes ferns") if text in sent] == [
        *("<FILE>a.txt", "<TAG>7", "<HIDDEN>likes ferns")
    ]


async def test_a_tool_streams_progress_and_a_widget(
    customer: Customer, model_server: ModelServer
) -> None:
    model_server.reply(call("show_plant", {"name": "fern"}))
    model_server.reply(say("There."))
    events = await customer.say("ask")
    assert [e["text"] for e in events if e["type"] == "progress_update"] == ["Fetching the fern"]
    [item] = done(events, "widget")
    assert (item["copy_text"], item["widget"]["children"][0]["value"]) == ("fern", "fern")
    assert said(events) == ["There."]


async def test_a_client_tool_ends_the_turn_and_its_output_resumes(
    customer: Customer, model_server: ModelServer
) -> None:
    model_server.reply(call("read_cart", {"limit": 3}))
    [item] = done(await customer.say("ask"), "client_tool_call")
    assert (item["name"], item["arguments"], item["status"]) == (
        *("read_cart", {"limit": 3}, "pending"),
    )
    model_server.reply(say("Two ferns."))
    events = await customer.stream("threads.add_client_tool_output", result={"ferns": 2})
    assert said(events) == ["Two ferns."]
    assert '{\\"ferns\\": 2}' in json.dumps(model_server.requests[-1].body["input"])


async def test_a_workflow_of_a_tool(customer: Customer, model_server: ModelServer) -> None:
    model_server.reply(call("plan"))
    model_server.reply(say("Planned."))
    [item] = done(await customer.say("ask"), "workflow")
    assert [task["title"] for task in item["workflow"]["tasks"]] == ["Measured"]


async def test_a_guardrail_trips(customer: Customer, model_server: ModelServer) -> None:
    model_server.reply(say("Never"))
    events = await customer.say("ask 4111")
    assert events[-1] == {
        "type": "error",
        "code": "custom",
        "message": "No cards, please.",
        "allow_retry": False,
    }
    assert [item["type"] for item in await customer.shown()] == ["user_message"]


async def test_a_widget_grows_while_the_model_writes(
    customer: Customer, model_server: ModelServer
) -> None:
    model_server.reply(say("Green is all", deltas=["Green", " is", " all"]))
    events = await customer.say("write")
    added = next(event for event in events if event["type"] == "thread.item.added")
    updates = [event["update"] for event in events if event["type"] == "thread.item.updated"]
    poem = added["item"]["widget"]["children"][0]["children"][0]
    assert (poem["value"], poem["streaming"]) == ("", True)
    deltas = [u["delta"] for u in updates if u["type"] == "widget.streaming_text.value_delta"]
    assert deltas == ["Green", " is", " all"]
    [item] = done(events, "widget")
    poem = item["widget"]["children"][0]["children"][0]
    assert (poem["value"], poem["streaming"]) == ("Green is all", False)
    assert [each["type"] for each in await customer.shown()] == ["user_message", "widget"]


async def test_a_widget_offers_an_action_that_comes_back(customer: Customer) -> None:
    [item] = done(await customer.say("offer"), "widget")
    offered = item["widget"]["children"][0]["onClickAction"]
    assert offered["loadingBehavior"] == "self"
    action = {"type": offered["type"], "payload": offered["payload"]}
    events = await customer.stream("threads.custom_action", item_id=item["id"], action=action)
    assert said(events) == ["Picked fern"]
    [replaced] = done(events, "widget")
    assert replaced["widget"]["children"][0]["label"] == "Sold"
    answer = await customer.ask(
        *("threads.sync_custom_action",),
        thread_id=customer.thread_id,
        item_id=item["id"],
        action=action,
    )
    assert answer["updated_item"]["widget"] == replaced["widget"]


async def test_a_widget_file_is_built_with_data(model_server: ModelServer, tmp_path: Path) -> None:
    text = '{"type":"Card","children":[{"type":"Text","value":{{ (name) | tojson }}}]}'
    path = tmp_path / "x.widget"
    path.write_text(json.dumps({"version": "1.0", "name": "x", "template": text}))
    async with shopping(model_server, template=str(path)) as customer:
        [item] = done(await customer.say("template"), "widget")
    assert item["widget"]["children"][0]["value"] == 'The "Fern"'


async def test_hidden_context_is_kept_and_not_shown(customer: Customer) -> None:
    events = await customer.say("hide")
    assert types(events) == [
        *("thread.created", "thread.item.done", "stream_options", "client_effect")
    ]
    assert [item["type"] for item in await customer.shown()] == ["user_message"]
    page = await customer.shop.store.load_thread_items(customer.thread_id, None, 9, "asc", ADA)
    assert [item.type for item in page.data] == ["user_message", "hidden_context_item"]


async def test_a_removed_item_is_gone(customer: Customer) -> None:
    assert types(await customer.say("remove"))[-1] == "thread.item.removed"
    assert [item["type"] for item in await customer.shown()] == ["user_message"]


async def test_a_thread_that_is_changed_is_saved_and_told(customer: Customer) -> None:
    events = await customer.say("title")
    [updated] = [event["thread"] for event in events if event["type"] == "thread.updated"]
    assert updated["title"] == "Ferns"
    stored = await customer.shop.store.load_thread(customer.thread_id, ADA)
    assert (stored.title, stored.metadata) == ("Ferns", {"seen": 1})


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("custom", {"code": "custom", "message": "Sold *out*.", "allow_retry": True}),
        ("coded", {"code": "stream.error", "allow_retry": False}),
    ],
)
async def test_errors_that_are_meant_for_people(customer: Customer, kind: str, told: Json) -> None:
    assert (await customer.say(f"fail {kind}"))[-1] == {"type": "error", **told}


async def test_any_other_error_is_told_in_general(customer: Customer) -> None:
    error = (await customer.say("fail other"))[-1]
    assert (error["code"], error["allow_retry"]) == ("stream.error", True)
    assert "secret" not in json.dumps(error)


async def test_feedback_reaches_the_server(customer: Customer) -> None:
    [item] = done(await customer.say("title"), "assistant_message")
    where = {"thread_id": customer.thread_id, "item_ids": [item["id"]], "kind": "positive"}
    assert await customer.ask("items.feedback", **where) == {}
    assert customer.shop.feedback == [(customer.thread_id, [item["id"]], "positive")]


async def test_uploads_are_announced_each_user_s_own_and_deleted(customer: Customer) -> None:
    announced = {"name": "a.txt", "size": 3, "mime_type": "text/plain"}
    made = await customer.ask("attachments.create", **announced)
    assert made["id"].endswith("_ada")
    assert made["upload_descriptor"]["method"] == "PUT"
    assert "secret" not in json.dumps(made)
    assert await customer.ask("attachments.delete", attachment_id=made["id"]) == {}
    assert customer.shop.attachment_store.deleted == [made["id"]]
    mallory = Customer(customer.shop, {"user_id": "mallory"})
    with pytest.raises(NotFoundError):
        await mallory.ask("attachments.create", **announced)


async def test_a_retry_answers_again(customer: Customer, model_server: ModelServer) -> None:
    model_server.reply(say("One."))
    await customer.say("ask")
    [asked, _] = await customer.shown()
    model_server.reply(say("Two."))
    events = await customer.stream("threads.retry_after_item", item_id=asked["id"])
    assert said(events) == ["Two."]
    assert len(await customer.shown()) == 2
