"""The pet keeper over HTTP: with its rules, and with a model that calls its tools."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from chatkit_host.compiler import compile_app
from chatkit_host.config import load
from chatkit_host.web import create_app, web_settings
from tests.examples.visitor import EXAMPLES, Json, Visitor, actions_in, visiting
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer
from tests.web.hosted import given_to_model, post, refusal
from tests.web.live import visit

FOLDER = EXAMPLES / "pet-keeper"
BOT = FOLDER / "chatkit.yaml"
NUMBERS = ("food", "mood", "shine")
NEWCOMER = {"name": "", "food": 5, "mood": 5, "shine": 4, "meal": "nothing yet"}


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    async with visiting(BOT) as visitor:
        yield visitor


async def pet_of(visitor: Visitor) -> Json:
    """What the page around the chat is told."""
    answer = await visitor.browser.get(f"/pets/{visitor.thread_id}")
    assert answer.status_code == 200, answer.text
    pet: Json = answer.json()["pet"]
    return pet


async def title_of(visitor: Visitor) -> str:
    thread = await visitor.ask("threads.get_by_id", thread_id=visitor.thread_id)
    title: str = thread["title"]
    return title


def effects(visitor: Visitor, name: str) -> list[Json]:
    """The data of the effects that the last answer had for the page."""
    found = [event for event in visitor.events if event["type"] == "client_effect"]
    return [event["data"] for event in found if event["name"] == name]


def offered(item: Json, type: str) -> list[Json]:
    return [action for action in actions_in(item["widget"]) if action["type"] == type]


async def names_offered(visitor: Visitor) -> tuple[Json, list[Json]]:
    await visitor.say("Suggest names")
    item = visitor.widget()
    return item, offered(item, "pet.choose_name")


def test_it_takes_at_most_250_lines_and_no_python() -> None:
    assert len(BOT.read_text(encoding="utf-8").splitlines()) <= 250
    assert [path for path in FOLDER.rglob("*") if path.suffix == ".py"] == []
    assert "python" not in load(BOT, environ={}).config.model_dump_json(exclude_defaults=True)


async def test_what_is_done_changes_the_numbers_and_the_page_is_told(visitor: Visitor) -> None:
    assert (await visitor.browser.get("/pets")).json() == {"pet": NEWCOMER}
    said = await visitor.say("Feed it some clover, please")
    assert said == "The tortoise munches clover with eyes closed: 8 of 10."
    assert await pet_of(visitor) == {**NEWCOMER, "food": 8, "shine": 3, "meal": "clover"}
    told = [{"thread": visitor.thread_id, "pet": await pet_of(visitor)}]
    assert effects(visitor, "pet_changed") == told
    assert "Mood: 8 of 10" in await visitor.say("Play with it")
    assert "shines: 6 of 10" in await visitor.say("Wash it")
    assert await visitor.say("How is it?") == "Food 6, mood 7, shine 6; each of 10."
    assert await visitor.say("Say hello") == "*“Hello. Slowly, please.”*"
    assert effects(visitor, "pet_spoke")[0]["words"] == "Hello. Slowly, please."


@pytest.mark.parametrize("seed", range(3))
async def test_no_number_ever_leaves_0_to_10(visitor: Visitor, seed: int) -> None:
    chosen = random.Random(seed)
    favourite = chosen.choice(["Feed it", "Play", "Wash it"])
    seen: list[int] = []
    for _ in range(14):
        await visitor.say(chosen.choice([favourite, favourite, "Feed it", "Play", "Wash it"]))
        [told] = effects(visitor, "pet_changed")
        seen += [told["pet"][name] for name in NUMBERS]
    assert all(0 <= number <= 10 for number in seen)
    assert {0, 10} & set(seen)


async def test_a_change_is_stored_before_the_page_is_told(visitor: Visitor) -> None:
    await visitor.say("Hello")
    content = [{"type": "input_text", "text": "Play"}]
    message = {"content": content, "attachments": [], "inference_options": {}}
    params = {"thread_id": visitor.thread_id, "input": message}
    body = {"type": "threads.add_user_message", "params": params}
    async with visitor.browser.stream("POST", visitor.path, json=body) as response:
        async for line in response.aiter_lines():
            event = json.loads(line[6:]) if line.startswith("data: ") else {}
            if event.get("type") == "client_effect":
                break
        assert await pet_of(visitor) == event["data"]["pet"]


async def test_the_endpoint_is_for_the_owner_of_the_thread_alone(visitor: Visitor) -> None:
    await visitor.say("Feed it")
    path = f"/pets/{visitor.thread_id}"
    assert (await visitor.browser.get(path)).status_code == 200
    assert (await visitor.browser.get("/pets/thr_nobody_s")).status_code == 404
    async with httpx.AsyncClient(base_url=visitor.browser.base_url) as stranger:
        refused = await stranger.get(path)
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")
        assert "food" not in refused.text
        assert (await stranger.get("/pets")).json() == {"pet": NEWCOMER}


async def test_a_choice_names_the_pet_and_the_thread(visitor: Visitor) -> None:
    await visitor.say("Feed it")
    assert await title_of(visitor) == "A tortoise without a name"
    item, names = await names_offered(visitor)
    assert [action["payload"]["name"] for action in names] == ["Hazel", "Barnaby", "Pebble"]
    said = await visitor.click(item, names[1])
    assert said == "**Barnaby** blinks twice, slowly. That is a yes."
    assert await title_of(visitor) == "Barnaby's garden"
    assert (await pet_of(visitor))["name"] == "Barnaby"
    assert effects(visitor, "pet_changed")[0]["pet"]["name"] == "Barnaby"
    shown = visitor.items("widget")[-1]
    assert actions_in(shown["widget"]) == []
    icons = [row["children"][0]["name"] for row in shown["widget"]["children"]]
    assert icons == ["empty-circle", "check-circle-filled", "empty-circle"]


async def test_a_second_name_is_refused_politely(visitor: Visitor) -> None:
    first, (hazel, *_) = await names_offered(visitor)
    second, (olive, *_) = await names_offered(visitor)
    assert olive["payload"] == {"name": "Olive"}
    await visitor.click(first, hazel)
    no = "it is called Hazel already, and a tortoise keeps its name."
    assert await visitor.click(second, olive) == f"Thank you, but {no}"
    assert await visitor.say("Call it Rex") == f"I{no[1:]}"
    said = await visitor.say("Suggest names")
    assert said == "It is called Hazel, and listens to nothing else any more."
    assert visitor.items("widget") == []
    assert await title_of(visitor) == "Hazel's garden"


GONE = "This widget does not offer that any more."
LATE = "a tortoise keeps its name"


@pytest.mark.parametrize(("widgets", "refused"), [(1, GONE), (2, LATE)])
async def test_two_choices_at_once_give_one_name(
    visitor: Visitor, widgets: int, refused: str
) -> None:
    first, names = await names_offered(visitor)
    second, others = (first, names) if widgets == 1 else await names_offered(visitor)
    choices = [(first, names[0]), (second, others[1])]

    def chosen(item: Json, action: Json) -> Any:
        plain = {key: action[key] for key in ("type", "payload")}
        where = {"thread_id": visitor.thread_id, "item_id": item["id"], "action": plain}
        return post(visitor, "threads.custom_action", **where)

    answers = await asyncio.gather(*(chosen(*choice) for choice in choices))
    assert [answer.status_code for answer in answers] == [200, 200]
    texts = "".join(answer.text for answer in answers)
    assert refused in texts
    name = (await pet_of(visitor))["name"]
    assert name in [action["payload"]["name"] for _, action in choices]
    assert await title_of(visitor) == f"{name}'s garden"
    events = [json.loads(line[6:]) for line in texts.split("\n") if line.startswith("data: ")]
    told = [event["data"]["pet"]["name"] for event in events if event["type"] == "client_effect"]
    assert told == [name]


async def test_a_name_can_be_said_and_is_given_once(visitor: Visitor) -> None:
    assert await visitor.say("Please call it Tuck") == "From now on it is Tuck."
    assert await title_of(visitor) == "Tuck's garden"


async def test_more_names_are_the_page_s_business(visitor: Visitor) -> None:
    item, names = await names_offered(visitor)
    [more] = offered(item, "pet.more_names")
    assert more["handler"] == "client"
    where = {"thread_id": visitor.thread_id, "item_id": item["id"]}
    action = {"type": "pet.more_names"}
    status, error = await refusal(visitor, "threads.custom_action", **where, action=action)
    assert (status, error["code"]) == (400, "invalid_request")
    seen = [action["payload"]["name"] for action in names]
    for _ in range(2):
        assert await visitor.say("More names, please") == "Then one of these, perhaps."
        seen += [each["payload"]["name"] for each in offered(visitor.widget(), "pet.choose_name")]
    assert len(set(seen)) == 9
    _, again = await names_offered(visitor)
    assert [action["payload"]["name"] for action in again] == seen[:3]


async def test_the_profile_card_shows_the_numbers_and_its_buttons_change_them(
    visitor: Visitor,
) -> None:
    await visitor.say("Call it Dot O'Lawn")
    await visitor.say("Show the profile")
    item = visitor.widget()
    assert (await title_of(visitor)).startswith("Dot")
    assert "Last meal: nothing yet" in json.dumps(item["widget"])
    feed, play, wash = actions_in(item["widget"])
    await visitor.click(item, feed)
    shown = visitor.items("widget")[-1]
    assert shown["id"] == item["id"]
    assert "Last meal: dandelions" in json.dumps(shown["widget"])
    assert '"80%"' in json.dumps(shown["widget"])
    for action in (play, wash, wash):
        await visitor.click(item, action)
        assert visitor.said() == ""
        assert effects(visitor, "pet_changed")[0]["pet"] == await pet_of(visitor)
    pet = await pet_of(visitor)
    widths = [f'"{pet[name] * 10}%"' for name in NUMBERS]
    assert [width in json.dumps(visitor.widget()["widget"]) for width in widths] == [True] * 3


async def test_an_answer_cannot_be_stopped(visitor: Visitor) -> None:
    await visitor.say("Feed it")
    [options] = [e for e in visitor.events if e["type"] == "stream_options"]
    assert options["stream_options"] == {"allow_cancel": False}


async def test_another_process_goes_on_with_the_same_pet(tmp_path: Path) -> None:
    path = tmp_path / "chatkit.yaml"
    key = "a-key-that-is-long-enough-for-ada"
    path.write_text(
        f"include: {BOT}\nstorage: sqlite:///{tmp_path}/pets.db\n"
        f"auth: {{ api_keys: {{ ada: {key} }} }}\n"
    )
    thread = None
    for said in ("Call it Hazel", "Feed it some clover"):
        loaded = load(path, environ={})
        app = create_app(
            compile_app(loaded), web_settings(loaded.config, b"k" * 32, None, loaded.base_dir)
        )
        async with visit(app) as browser:
            browser.headers["authorization"] = f"Bearer {key}"
            browser.timeout = httpx.Timeout(60)
            visitor = Visitor(browser, "/chatkit", thread)
            await visitor.say(said)
            thread = visitor.thread_id
            pet, title = await pet_of(visitor), await title_of(visitor)
    assert (pet["name"], pet["food"], pet["meal"]) == ("Hazel", 8, "clover")
    assert title == "Hazel's garden"


async def test_the_page_and_its_files_are_served_under_the_strict_policy(visitor: Visitor) -> None:
    page = await visitor.browser.get("/garden/")
    assert "<openai-chatkit>" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for name in ("garden.js", "garden.css", "tortoise.svg"):
        assert (await visitor.browser.get(f"/garden/{name}")).status_code == 200


# With a model that calls the tools.


@pytest.fixture(params=["responses", "chat_completions"])
async def modelled(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Visitor]:
    fields = f"model: m, api_key: k, base_url: '{model_server.base_url}', api: {request.param}"
    path = tmp_path / "chatkit.yaml"
    path.write_text(f"include: {BOT}\nmodels: {{ scripted: {{ {fields} }} }}\n", encoding="utf-8")
    async with visiting(path, {"CHATKIT_MODEL": "scripted"}) as visitor:
        yield visitor


async def test_a_model_feeds_and_reads_what_came_of_it(
    modelled: Visitor, model_server: ModelServer
) -> None:
    model_server.reply(call("feed", {"meal": "a pear"}), call("play"))
    model_server.reply(say("It likes both."))
    assert await modelled.say("Make it happy") == "It likes both."
    assert len(effects(modelled, "pet_changed")) == 2
    pet = await pet_of(modelled)
    assert pet == {**NEWCOMER, "food": 6, "mood": 8, "shine": 2, "meal": "a pear"}
    assert "they are 6, 8 and 2" in json.dumps(model_server.requests[-1].body)
    model_server.reply(say("You are welcome."))
    await modelled.say("Thanks")
    told = json.dumps(given_to_model(model_server.requests[-1].body))
    assert "<FED>a pear</FED>" in told
    assert "<PLAYED/>" in told


async def test_a_model_s_names_are_offered_and_the_choice_is_told_to_it(
    modelled: Visitor, model_server: ModelServer
) -> None:
    names = [{"name": name, "reason": "Why not?"} for name in ("Ivy", "Moss", "Reed", "Sage")]
    model_server.reply(call("suggest_names", {"names": names}))  # one too many
    model_server.reply(call("suggest_names", {"names": names[:3]}))
    assert await modelled.say("A name!") == "How about one of these?"
    item = modelled.widget()
    moss = offered(item, "pet.choose_name")[1]
    model_server.reply(say("Moss it is!"))
    assert await modelled.click(item, moss) == "Moss it is!"
    told = given_to_model(model_server.requests[-1].body)
    assert "<NAMED>Moss</NAMED>" in json.dumps(told[-1])
    assert "It is called Moss." in json.dumps(model_server.requests[-1].body)
    assert await title_of(modelled) == "Moss's garden"
    assert len(model_server.requests) == 3


async def test_a_model_cannot_rename_or_overfeed(
    modelled: Visitor, model_server: ModelServer
) -> None:
    model_server.reply(call("name_it", {"name": "Ivy"}), call("name_it", {"name": "Moss"}))
    model_server.reply(*[call("feed", {"meal": "pears"}) for _ in range(4)])
    model_server.reply(say("Done."))
    assert await modelled.say("Call it Ivy, no, Moss, and feed it well") == "Done."
    pet = await pet_of(modelled)
    assert (pet["name"], pet["food"], pet["shine"]) == ("Ivy", 10, 0)
    assert await title_of(modelled) == "Ivy's garden"
