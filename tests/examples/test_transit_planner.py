"""The transit planner, talked through: routes, new stations, two at once, and the page's doings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.examples.visitor import EXAMPLES, Json, Visitor, actions_in, visiting
from tests.model_server.script import call, say
from tests.model_server.server import ModelServer
from tests.web.hosted import given_to_model, refusal

BOT = EXAMPLES / "transit-planner" / "chatkit.yaml"


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    async with visiting(BOT) as visitor:
        yield visitor


@asynccontextmanager
async def another(visitor: Visitor) -> AsyncIterator[Visitor]:
    """Somebody else, who talks to the same bot."""
    url = visitor.browser.base_url
    async with httpx.AsyncClient(base_url=url, timeout=60) as browser:
        yield Visitor(browser, visitor.path)


async def the_map(visitor: Visitor) -> Json:
    found: Json = (await visitor.browser.get("/map")).json()
    return found


def cited(visitor: Visitor) -> list[tuple[str, str]]:
    """What each annotation names, and the text that it stands behind."""
    [part] = visitor.items("assistant_message")[-1]["content"]
    annotations = sorted(part["annotations"], key=lambda each: each["index"])
    return [(each["source"]["id"], part["text"][: each["index"]]) for each in annotations]


def effects(visitor: Visitor) -> dict[str, Any]:
    return {e["name"]: e["data"] for e in visitor.events if e["type"] == "client_effect"}


async def pick(visitor: Visitor, line: str) -> Json:
    """Pick a line from the widget that was just shown; gives the form."""
    item = visitor.widget()
    [row] = [each for each in actions_in(item["widget"]) if each["payload"]["line"] == line]
    await visitor.click(item, row)
    return visitor.widget()


async def build(visitor: Visitor, form: Json, name: str, at: str) -> str:
    """Send the form, with what was typed and chosen in it."""
    [send] = actions_in(form["widget"])
    return await visitor.click(form, {**send, "payload": {"name": name, "at": at}})


def test_it_is_small_enough_to_be_read_at_once() -> None:
    assert len(BOT.read_text(encoding="utf-8").splitlines()) <= 250
    assert list(BOT.parent.rglob("*.py")) == []


async def test_a_way_on_one_line_and_one_with_a_change(visitor: Visitor) -> None:
    assert await visitor.say("from Slag Hill to Tide Mill") == (
        "Take the **Foundry Line** from Slag Hill to Tide Mill: 5 stops, about 15 minutes."
    )
    assert await visitor.say("How do I get from Saltgate to @Apple Terrace?") == (
        "Take the **Quay Line** from Saltgate to Ropewalk, then change to the **Orchard Line** "
        "from Ropewalk to Apple Terrace: 5 stops, about 19 minutes."
    )
    assert [(each, text.rsplit(" ", 1)[1]) for each, text in cited(visitor)] == [
        ("saltgate", "Saltgate"),
        ("ropewalk", "Ropewalk"),
        ("apple-terrace", "Terrace"),
    ]
    way = ["saltgate", "ropewalk", "cider-yard", "clocktower", "beehive-lane", "apple-terrace"]
    assert effects(visitor) == {"focus": {"stations": way}}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("from Nowhere to Clocktower", "There is no station called Nowhere."),
        ("from Clocktower to nowhere", "There is no station called nowhere."),
        ("from Clocktower to clocktower", "You are at Clocktower already."),
        ("Tell me about Atlantis", "There is no station called Atlantis."),
    ],
)
async def test_what_cannot_be_answered_is_said(visitor: Visitor, asked: str, told: str) -> None:
    assert await visitor.say(asked) == told
    assert visitor.errors() == []


async def test_a_station_is_built_through_the_two_widgets(visitor: Visitor) -> None:
    before = await the_map(visitor)
    asked = await visitor.say("Please add a station called Kite Field")
    assert asked == "Which line shall Kite Field be on?"
    picker = visitor.widget()
    form = await pick(visitor, "orchard")
    locked = visitor.items("widget")[0]
    assert (locked["id"], actions_in(locked["widget"])) == (picker["id"], [])
    assert effects(visitor)["focus"] == {
        "stations": ["mill-pond", "apple-terrace"],
        "line": "orchard",
    }
    said = await build(visitor, form, " Kite Field ", "start")
    assert said == "Kite Field is open! The **Orchard Line** now goes on past Mill Pond."
    assert [each for each, _ in cited(visitor)] == ["kite-field", "mill-pond"]
    built = visitor.widget()
    assert (built["id"], actions_in(built["widget"])) == (form["id"], [])
    now = await the_map(visitor)
    assert effects(visitor)["map_changed"] == {"map": now}
    assert now["revision"] == before["revision"] + 1
    assert now["stations"][-1] == {
        "id": "kite-field",
        "name": "Kite Field",
        "note": "Brand new.",
        "x": 0,
        "y": 11,
    }
    assert now["lines"][1]["stations"] == ["kite-field", *before["lines"][1]["stations"]]


async def test_what_is_picked_or_built_once_is_refused_a_second_time(visitor: Visitor) -> None:
    await visitor.say("add a station")
    picker = visitor.widget()
    again = actions_in(picker["widget"])[0]
    form = await pick(visitor, "quay")
    await build(visitor, form, "Lighthouse", "end")
    built = {"type": "station.build", "payload": {"name": "Lighthouse 2", "at": "end"}}
    for item, action in ((picker, again), (form, built)):
        status, _ = await refusal(
            visitor,
            "threads.custom_action",
            thread_id=visitor.thread_id,
            item_id=item["id"],
            action={"type": action["type"], "payload": action["payload"]},
        )
        assert status == 403


async def test_a_name_that_is_taken_is_told_and_the_form_stays(visitor: Visitor) -> None:
    await visitor.say("add a station")
    form = await pick(visitor, "quay")
    await build(visitor, form, "clocktower", "end")
    assert visitor.errors() == ["There is a station called clocktower already."]
    assert await build(visitor, form, "Lighthouse", "end") != ""
    assert "lighthouse" in (await the_map(visitor))["lines"][0]["stations"]


async def test_of_two_who_build_at_once_both_stations_are_kept(visitor: Visitor) -> None:
    async with another(visitor) as second:
        forms = []
        for each in (visitor, second):
            await each.say("add a station")
            forms.append(await pick(each, "foundry"))
        await asyncio.gather(
            build(visitor, forms[0], "Upper Forge", "end"),
            build(second, forms[1], "Lower Forge", "end"),
        )
    now = await the_map(visitor)
    stops = now["lines"][2]["stations"]
    assert set(stops[-2:]) == {"upper-forge", "lower-forge"}
    assert len({(each["x"], each["y"]) for each in now["stations"]}) == len(now["stations"])
    assert now["revision"] == 3


async def test_of_two_who_build_the_same_one_is_told_so(visitor: Visitor) -> None:
    async with another(visitor) as second:
        forms = []
        for each in (visitor, second):
            await each.say("add a station")
            forms.append(await pick(each, "foundry"))
        await asyncio.gather(
            build(visitor, forms[0], "Forge", "end"), build(second, forms[1], "Forge", "end")
        )
        told = visitor.errors() + second.errors()
    assert told == ["There is a station called Forge already."]
    assert (await the_map(visitor))["lines"][2]["stations"].count("forge") == 1


async def test_the_page_is_asked_for_what_is_selected(visitor: Visitor) -> None:
    await visitor.say("Tell me about the selected stations")
    [asked] = visitor.items("client_tool_call")
    assert (asked["name"], asked["arguments"]) == ("selected_stations", {})
    said = await visitor.output({"stations": ["Clocktower", "Saltgate"]})
    assert "Clocktower: Three lines meet under a clock that runs late. Orchard Line" in said
    assert [each for each, _ in cited(visitor)] == ["clocktower", "saltgate"]
    assert effects(visitor)["focus"] == {"stations": ["clocktower", "saltgate"]}


@pytest.mark.parametrize("result", [{"stations": []}, {"error": "The page is gone."}, None, "x"])
async def test_a_page_on_which_nothing_is_selected_is_no_mishap(
    visitor: Visitor, result: Any
) -> None:
    await visitor.say("Tell me about the selected stations")
    told = await visitor.output(result)
    assert told == "No station is selected. Click on some in the map."


async def test_stations_are_found_and_looked_at_by_their_names(visitor: Visitor) -> None:
    found = await visitor.browser.get("/chatkit/entities", params={"query": "gate"})
    saltgate, meridian = found.json()["entities"]
    assert (saltgate["id"], meridian["title"]) == ("saltgate", "Meridian Gate")
    shown = await visitor.browser.post("/chatkit/entities/preview", json={"entity": saltgate})
    assert "bicycles are mended" in str(shown.json()["preview"])
    lost = {**saltgate, "id": "atlantis"}
    none = await visitor.browser.post("/chatkit/entities/preview", json={"entity": lost})
    assert none.status_code == 200
    assert "is not on the map" in str(none.json()["preview"])


async def test_another_map_can_be_put_in_the_place_of_this_one(visitor: Visitor) -> None:
    now = await the_map(visitor)
    now["stations"][0]["name"] = "Salt Gate"
    kept = await visitor.browser.post("/map", json=now)
    assert kept.json() == {**now, "revision": 2} == await the_map(visitor)
    overtaken = await visitor.browser.post("/map", json=now)
    assert overtaken.status_code == 409
    assert overtaken.json()["error"]["message"] == "The map is at revision 2. Load it again."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"lines": 3}, "lines: 3 is not of type 'array'"),
        ({"stations": [{"id": 1}]}, "stations.0"),
        ({"extra": 1}, "'extra' was unexpected"),
        ({"revision": "1"}, "revision: '1' is not of type 'integer'"),
        ({"lines": []}, "Every station is on a line"),
        ({"stations": []}, "every stop of a line is a station"),
    ],
)
async def test_a_map_that_does_not_fit_is_refused_and_nothing_changes(
    visitor: Visitor, change: Json, told: str
) -> None:
    now = await the_map(visitor)
    refused = await visitor.browser.post("/map", json={**now, **change})
    assert refused.status_code == 400
    assert told in refused.json()["error"]["message"]
    assert await the_map(visitor) == now


async def test_two_stations_cannot_have_the_same_id(visitor: Visitor) -> None:
    now = await the_map(visitor)
    twice = {**now, "stations": [*now["stations"], now["stations"][0]]}
    refused = await visitor.browser.post("/map", json=twice)
    assert refused.json()["error"]["message"] == "Two stations have the same id."


async def test_a_station_can_be_moved_within_bounds(visitor: Visitor) -> None:
    post = visitor.browser.post
    moved = (await post("/map/stations/clocktower", json={"x": 7.5, "y": 4})).json()
    [clocktower] = [each for each in moved["stations"] if each["id"] == "clocktower"]
    assert (clocktower["x"], moved["revision"]) == (7.5, 2)
    assert (await post("/map/stations/clocktower", json={"x": 700, "y": 4})).status_code == 400
    assert (await post("/map/stations/atlantis", json={"x": 7, "y": 4})).status_code == 404
    for broken in (b"{", b"[]", b"\xff"):
        headers = {"content-type": "application/json"}
        answer = await post("/map/stations/clocktower", content=broken, headers=headers)
        assert answer.status_code == 400


async def test_pages_of_elsewhere_cannot_change_the_map(visitor: Visitor) -> None:
    now = await the_map(visitor)
    elsewhere = {"origin": "https://evil.example"}
    answer = await visitor.browser.post("/map", json=now, headers=elsewhere)
    assert answer.status_code == 403


async def test_the_page_is_held_to_the_policy_of_the_hosts_own(visitor: Visitor) -> None:
    page = await visitor.browser.get("/planner/")
    assert "<openai-chatkit>" in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


@pytest.fixture(params=["responses", "chat_completions"])
async def modelled(
    request: pytest.FixtureRequest, tmp_path: Path, model_server: ModelServer
) -> AsyncIterator[Visitor]:
    """The same bot, a model in the place of its rules."""
    rules = "{ provider: rules, rules: { file: data/rules.yaml } }"
    fields = f"provider: openai, model: m, api_key: k, base_url: '{model_server.base_url}'"
    text = BOT.read_text(encoding="utf-8")
    assert rules in text
    for folder in ("data", "widgets", "web"):
        (tmp_path / folder).symlink_to(BOT.parent / folder)
    model = f"{{ {fields}, api: {request.param} }}"
    (tmp_path / "chatkit.yaml").write_text(text.replace(rules, model).replace("auto", "Trams"))
    async with visiting(tmp_path / "chatkit.yaml") as visitor:
        yield visitor


async def test_a_model_reads_what_is_mentioned_and_shows_a_way(
    modelled: Visitor, model_server: ModelServer
) -> None:
    model_server.reply(call("get_map"))
    model_server.reply(call("plan_route", {"from": "Saltgate", "to": "Atlantis"}))
    model_server.reply(call("plan_route", {"from": "Saltgate", "to": "Fishmarket"}))
    tag = {"type": "input_tag", "id": "fishmarket", "text": "Fishmarket", "data": {}}
    content = [{"type": "input_text", "text": "The way from Saltgate to "}, tag]
    message = {"content": content, "attachments": [], "inference_options": {}}
    await modelled.stream("threads.create", input=message)
    assert modelled.said().startswith("Take the **Quay Line** from Saltgate to Fishmarket")
    requests = [str(given_to_model(each.body)) for each in model_server.requests]
    assert "Loud before seven" in requests[0]
    assert "clock that runs late" not in requests[0]
    assert "clock that runs late" in requests[1]
    assert "There is no station called Atlantis." in requests[2]
    assert len(requests) == 3


async def test_a_model_goes_on_after_what_the_user_did_in_widgets(
    modelled: Visitor, model_server: ModelServer
) -> None:
    model_server.reply(call("pick_line", {"name": "Kite Field"}))
    model_server.reply(say("You are welcome."))
    await modelled.say("I want a station, Kite Field")
    form = await pick(modelled, "quay")
    await build(modelled, form, "Kite Field", "end")
    assert len(model_server.requests) == 1
    assert await modelled.say("Thank you") == "You are welcome."
    given = str(given_to_model(model_server.requests[1].body))
    assert "<LINE_PICKED>quay</LINE_PICKED>" in given
    assert "<STATION_BUILT>" in given
    assert "kite-field" in given
