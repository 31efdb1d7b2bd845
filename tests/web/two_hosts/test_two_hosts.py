"""Two hosts on one database: the same thread and the same shared values, from both at once."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import httpx

from tests.examples.visitor import Json, Visitor, actions_in
from tests.web.two_hosts.conftest import HOLD_SECONDS, Host

Hosts = tuple[Host, Host]


async def totals(host: Host) -> tuple[int, int]:
    """What is shared now: by all, and by Ann's threads."""
    shared = (await told(host))["shared"]
    return shared["total"], shared["mine"]


async def told(host: Host) -> Json:
    """What is so now, by this host."""
    found: Json = (await host.visitor.browser.get(f"/state/{host.visitor.thread_id}")).json()
    return found


async def add_by_endpoint(host: Host) -> None:
    answer = await host.post(f"/add/{host.visitor.thread_id}")
    assert answer.status_code == 200, answer.text


async def add_by_sync_action(host: Host) -> None:
    action = {"type": "add_sync", "payload": None}
    where = {"thread_id": host.visitor.thread_id, "action": action}
    await replace(host.visitor).ask("threads.sync_custom_action", **where)


async def add_by_action(host: Host) -> None:
    action = {"type": "add_streamed", "payload": None}
    visitor = replace(host.visitor, events=[])
    where = {"thread_id": visitor.thread_id, "action": action}
    await visitor.stream("threads.custom_action", **where)
    assert visitor.errors() == []


async def add_by_tool(host: Host) -> None:
    visitor = replace(host.visitor, events=[])
    await visitor.say("add")
    assert visitor.errors() == []


async def test_no_update_is_lost_or_doubled_whoever_writes(hosts: Hosts) -> None:
    total, mine = await totals(hosts[0])
    ways = (add_by_endpoint, add_by_sync_action, add_by_action, add_by_tool)
    all_at_once = [way(host) for _ in range(6) for way in ways for host in hosts]
    await asyncio.gather(*all_at_once)
    for host in hosts:
        found = await told(host)
        assert found["state"]["n"] == len(all_at_once)
        assert await totals(host) == (total + len(all_at_once), mine + len(all_at_once))
        assert found["title"] == "hello"
    assert (await told(hosts[0]))["state"] == (await told(hosts[1]))["state"]


async def test_shared_values_are_counted_right_from_many_threads(hosts: Hosts) -> None:
    async def own_thread(host: Host) -> None:
        visitor = Visitor(host.visitor.browser, "/chatkit")
        await visitor.say("add")
        assert visitor.errors() == []

    total, mine = await totals(hosts[0])
    await asyncio.gather(*(own_thread(host) for host in hosts for _ in range(12)))
    assert await totals(hosts[1]) == (total + 24, mine + 24)


async def test_a_host_that_never_rests_leaves_the_other_its_share(hosts: Hosts) -> None:
    one, two = hosts
    stop = asyncio.Event()

    async def keep_on() -> None:
        while not stop.is_set():
            await add_by_endpoint(one)

    busy = [asyncio.create_task(keep_on()) for _ in range(8)]
    for _ in range(5):
        async with asyncio.timeout(10):
            await add_by_endpoint(two)
    stop.set()
    await asyncio.gather(*busy)


async def shown_counter(host: Host) -> Json:
    await host.visitor.say("count")
    return host.visitor.widget()


async def click(host: Host, item: Json, index: int) -> httpx.Response:
    chosen = actions_in(item["widget"])[index]
    action = {"type": chosen["type"], "payload": chosen.get("payload")}
    where = {"thread_id": host.visitor.thread_id, "item_id": item["id"], "action": action}
    return await host.post("/chatkit", type="threads.sync_custom_action", params=where)


async def test_updates_of_one_widget_are_each_over_the_other(hosts: Hosts) -> None:
    item = await shown_counter(hosts[0])
    clicks = [click(host, item, index) for _ in range(5) for host in hosts for index in (0, 1)]
    assert {answer.status_code for answer in await asyncio.gather(*clicks)} == {200}
    page = await hosts[1].visitor.ask("threads.get_by_id", thread_id=hosts[0].visitor.thread_id)
    [widget] = [each for each in page["items"]["data"] if each["type"] == "widget"]
    assert widget["widget"]["children"][0]["value"] == "10 10"


async def test_what_a_widget_offers_once_is_done_once(hosts: Hosts) -> None:
    """Two tabs, two hosts, and the same button."""
    item = await shown_counter(hosts[0])
    answers = await asyncio.gather(*(click(host, item, 2) for _ in range(3) for host in hosts))
    assert sorted(answer.status_code for answer in answers)[0] == 200
    assert [answer.status_code for answer in answers].count(200) == 1
    assert (await told(hosts[0]))["state"]["n"] == 1


async def test_a_killed_host_leaves_what_it_told_and_holds_nothing_for_long(
    mortals: Hosts,
) -> None:
    one, two = mortals
    effect = await first_effect(one, "hang")
    assert effect["data"] == {"n": 100}
    one.process.kill()
    one.process.wait()
    left = (await told(two))["state"]["n"]
    assert left in (100, 1100)  # what the client was told, and perhaps what came after it
    assert (await totals(two))[0] == 100
    async with asyncio.timeout(HOLD_SECONDS + 5):
        await asyncio.gather(add_by_endpoint(two), add_by_tool(two))
    assert (await told(two))["state"]["n"] == left + 2
    assert (await totals(two))[0] == 102


async def first_effect(host: Host, text: str) -> Json:
    """Send a message, and read until the first effect; the turn goes on."""
    visitor = host.visitor
    content = [{"type": "input_text", "text": text}]
    message = {"content": content, "attachments": [], "inference_options": {}}
    params = {"thread_id": visitor.thread_id, "input": message}
    body = {"type": "threads.add_user_message", "params": params}
    async with visitor.browser.stream("POST", "/chatkit", json=body) as response:
        async for line in response.aiter_lines():
            event: Json = json.loads(line.removeprefix("data: ")) if line[:5] == "data:" else {}
            if event.get("type") == "client_effect":
                return event
    raise AssertionError("no effect came")


async def test_an_agent_reads_what_the_other_host_has_written(hosts: Hosts) -> None:
    """While it thinks, or between two of its turns."""
    one, two = hosts
    await add_by_endpoint(two)
    await one.visitor.say("add")
    assert (await told(two))["state"]["n"] == 2
