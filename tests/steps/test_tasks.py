"""Steps that show tasks and notices, and messages that cite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.compiler.bots import Conversation, done, make_bot, with_steps


async def events_of(folder: Path, steps: str) -> list[dict[str, Any]]:
    return await Conversation(make_bot(folder, *with_steps(steps))).say("go")


def workflows(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [item["workflow"] for item in done(events, "workflow")]


async def test_tasks_of_all_kinds(tmp_path: Path) -> None:
    steps = """
    - task: "Baked for {{ user.name }}"
    - task:
        type: web_search
        title: Looked
        query: "{{ 'ovens' }}"
        queries: [ovens, "{{ 'cakes' }}"]
        sources: [{ url: https://www.ovens.example/a }, { url: "https://b.example", title: B }]
    - task: { type: thought, title: Hm, content: "**Hot**" }
    - task: { type: file, title: Read, sources: [{ for: "n in [1, 2]", file: "{{ n }}.pdf" }] }
    - task: { type: image, title: Drew, status: complete }
    """
    [workflow] = workflows(await events_of(tmp_path, steps))
    custom, search, thought, file, image = workflow["tasks"]
    assert (custom["type"], custom["title"]) == ("custom", "Baked for Ann")
    assert (search["title_query"], search["queries"]) == ("ovens", ["ovens", "cakes"])
    assert [source["title"] for source in search["sources"]] == ["ovens.example", "B"]
    assert (thought["type"], thought["content"]) == ("thought", "**Hot**")
    assert [source["filename"] for source in file["sources"]] == ["1.pdf", "2.pdf"]
    assert (image["type"], image["status_indicator"]) == ("image", "complete")


async def test_a_task_is_changed_by_its_id(tmp_path: Path) -> None:
    steps = """
    - task: { id: bake, title: Baking, icon: star, status: loading }
    - task: { title: Beside }
    - task: { id: bake, status: complete, content: Done. }
    """
    events = await events_of(tmp_path, steps)
    changes = [
        e["update"] for e in events if e.get("update", {}).get("type") == "workflow.task.updated"
    ]
    assert [change["task_index"] for change in changes] == [0]
    [workflow] = workflows(events)
    baked, beside = workflow["tasks"]
    assert (baked["title"], baked["icon"], baked["content"]) == ("Baking", "star", "Done.")
    assert (baked["status_indicator"], beside["title"]) == ("complete", "Beside")


async def test_a_task_changes_although_its_workflow_is_over(tmp_path: Path) -> None:
    steps = """
    - task: { id: bake, title: Baking, status: loading }
    - message: Look.
    - task: { id: bake, status: complete }
    """
    before, after = workflows(await events_of(tmp_path, steps))
    assert before["tasks"][0]["status_indicator"] == "loading"
    assert after["tasks"][0]["status_indicator"] == "complete"


async def test_a_workflow_ends_as_it_is_told(tmp_path: Path) -> None:
    steps = """
    - end_workflow: never seen
    - task: one
    - end_workflow: { title: "{{ 1 }} done", icon: check, expanded: true }
    - task: two
    - end_workflow: {}
    """
    first, second = workflows(await events_of(tmp_path, steps))
    assert first["summary"] == {"title": "1 done", "icon": "check"}
    assert first["expanded"] is True
    assert second["summary"] == {"duration": 0}


async def test_the_workflow_of_an_action_ends_with_it(tmp_path: Path) -> None:
    action = "actions: { bake: { from: page, steps: [{ task: Baked }] } }"
    talk = Conversation(make_bot(tmp_path, *with_steps("- stop"), action))
    await talk.say("Hello")
    [workflow] = workflows(await talk.act("bake"))
    assert workflow["summary"] == {"duration": 0}
    assert [item.type for item in await talk.items()][-1] == "workflow"


async def test_a_notice_is_told_and_not_kept(tmp_path: Path) -> None:
    steps = """
    - notice: "Hi {{ user.name }}"
    - notice: { level: danger, title: Oh, message: Hot! }
    """
    events = await events_of(tmp_path, steps)
    told = [e for e in events if e["type"] == "notice"]
    assert [(e["level"], e["message"], e.get("title")) for e in told] == [
        ("info", "Hi Ann", None),
        ("danger", "Hot!", "Oh"),
    ]


async def test_a_message_cites_pages_files_and_entities(tmp_path: Path) -> None:
    steps = """
    - message:
        text: "The fern likes half shade."
        annotations:
          - { url: https://a.example/x, after: fern, attribution: A }
          - { file: care.pdf, index: 26 }
          - { entity: fern, title: Fern, interactive: true, data: { price: "{{ 12 }}" } }
          - { for: "n in [1, 2]", file: "{{ n }}.pdf", after: nowhere }
    """
    [message] = done(await events_of(tmp_path, steps), "assistant_message")[:1]
    page, file, entity, *more = message["content"][0]["annotations"]
    assert (page["index"], page["source"]["title"]) == (8, "a.example")
    assert page["source"]["attribution"] == "A"
    assert (file["index"], file["source"]["filename"]) == (26, "care.pdf")
    assert (entity["source"]["type"], entity["source"]["id"]) == ("entity", "fern")
    assert entity["source"]["data"] == {"price": 12}
    assert [(m["source"]["filename"], m.get("index")) for m in more] == [
        ("1.pdf", None),
        ("2.pdf", None),
    ]
