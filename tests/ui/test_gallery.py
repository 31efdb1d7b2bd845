"""The gallery, used as people who write widgets use it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from chatkit_host.checks import check_file
from chatkit_host.gallery.samples import SAMPLES
from tests.ui.built import ROOT
from tests.ui.shown import gallery_of, open_gallery
from tests.ui.test_everyone import faults_of
from tests.widgets.test_studio_exports import LIST, encoded

BOT = """\
name: Fern & Co
agents: { a: { instructions: Hi, model: openai/x } }
widgets:
  hello:
    data: { name: string, pots: { type: integer, optional: true } }
    sample: { name: Ann }
    template:
      type: Card
      children:
        - { type: Title, value: "Hello, {{ name }}" }
        - type: Button
          label: Greet
          onClickAction: { type: greet, payload: { name: "{{ name }}" } }
        - type: Button
          label: Look
          onClickAction: { type: look, handler: client }
  other: { template: { type: Basic, children: [{ type: Txtt, value: Odd, fancy: red }] } }
actions: { greet: { payload: { name: string }, steps: [message: Hello.] } }
"""
TITLE = ".stage .w-title"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "chatkit.yaml"
    path.write_text(BOT.replace("Txtt", "Text"))
    return path


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text().replace(old, new)
    before = file.stat().st_mtime_ns
    file.write_text(text)
    os.utime(file, ns=(before + 10**9, before + 10**9))


async def test_a_widget_follows_its_data(file: Path) -> None:
    async with gallery_of(file) as screen:
        await open_gallery(screen)
        title, data = screen.find(TITLE), screen.find("textarea")
        await expect(title).to_have_text("Hello, Ann")
        await expect(screen.find(".bar h1")).to_have_text("hello")
        await data.fill('{"name": "Bob"}')
        await expect(title).to_have_text("Hello, Bob")
        await expect(screen.find(".json").get_by_text('"Hello, Bob"')).to_be_visible()
        await data.fill('{"name": "Bob"')
        await expect(screen.find(".faults")).to_contain_text("This is not JSON")
        await expect(data).to_have_attribute("aria-invalid", "true")
        await data.fill("[]")
        await expect(screen.find(".faults")).to_have_text("A JSON object is wanted.")
        await data.fill('{"name": "Bob", "pots": "many"}')
        await expect(screen.find(".faults")).to_have_text(
            "pots: 'many' is not of type 'integer', 'null'"
        )
        await expect(title).to_have_text("Hello, Bob")
        await screen.page.get_by_role("button", name="Back to the sample").click()
        await expect(title).to_have_text("Hello, Ann")
        await expect(screen.find(".faults li")).to_have_count(0)
        assert screen.faults == []
        assert screen.elsewhere == []


async def test_it_follows_the_files_too(file: Path) -> None:
    async with gallery_of(file) as screen:
        await open_gallery(screen, "widget/hello")
        await expect(screen.find(TITLE)).to_have_text("Hello, Ann")
        rewrite(file, "Hello, {{", "Good day, {{")
        await expect(screen.find(TITLE)).to_have_text("Good day, Ann")
        await screen.find("textarea").fill('{"name": "Bob"}')
        rewrite(file, "Good day, {{", "Hi, {{")
        await expect(screen.find(TITLE)).to_have_text("Hi, Bob")
        rewrite(file, "value: Odd", "valu: [")
        await expect(screen.find(".note").first).to_contain_text("chatkit.yaml")
        await expect(screen.find(TITLE)).to_have_text("Hi, Bob")
        rewrite(file, "valu: [", "value: Odd")
        await expect(screen.find(".note")).to_have_count(0)


async def test_what_a_click_would_send_is_written_down(file: Path) -> None:
    async with gallery_of(file) as screen:
        await open_gallery(screen, "widget/hello")
        await screen.find(".stage").get_by_text("Greet").click()
        await screen.find(".stage").get_by_text("Look").click()
        log = screen.find(".log > li")
        await expect(log).to_have_count(2)
        await expect(log.first).to_contain_text("look")
        await expect(log.first).to_contain_text("for the page")
        await expect(log.last).to_contain_text('name: "Ann"')
        await screen.page.get_by_role("button", name="Clear").click()
        await expect(log).to_have_count(0)


async def test_what_is_odd_is_told(file: Path) -> None:
    async with gallery_of(file) as screen:
        await open_gallery(screen, "widget/other")
        told = "children[0].fancy: Text: there is no prop 'fancy'"
        await expect(screen.find(".note li")).to_have_text(told)


async def test_places_have_addresses_and_are_found_by_name(file: Path) -> None:
    async with gallery_of(file) as screen:
        await open_gallery(screen, "component/Table.Cell")
        await expect(screen.find("h1")).to_have_text("Table.Cell")
        await expect(screen.find('.menu a[aria-current="page"]')).to_have_text("Table.Cell")
        await screen.find(".menu input").fill("butt")
        await expect(screen.find(".menu a")).to_have_count(1)
        await screen.page.keyboard.press("Tab")
        await screen.page.keyboard.press("Enter")
        await expect(screen.find("h1")).to_have_text("Button")
        assert screen.page.url.endswith("#/component/Button")
        await expect(screen.find("#props")).to_be_visible()
        await expect(screen.find("h3").filter(has_text="ActionConfig")).to_be_visible()
        await screen.page.go_back()
        await expect(screen.find("h1")).to_have_text("Table.Cell")
        await open_gallery(screen, "component/Nothing")
        await expect(screen.find("main")).to_contain_text("There is nothing of the name Nothing.")


async def test_colours_and_width_are_chosen(file: Path) -> None:
    async with gallery_of(file, color_scheme="dark") as screen:
        await open_gallery(screen)
        widget, stage = screen.find(".w-widget"), screen.find(".stage")
        await expect(widget).to_have_attribute("data-scheme", "dark")
        await screen.page.get_by_role("button", name="Light").click()
        await expect(widget).to_have_attribute("data-scheme", "light")
        wide = (await stage.bounding_box() or {"width": 0})["width"]
        await screen.page.get_by_role("button", name="Phone").click()
        await expect(stage).to_have_css("max-width", "358px")
        assert wide > 358


async def test_it_speaks_german(file: Path) -> None:
    async with gallery_of(file, locale="de-DE") as screen:
        await open_gallery(screen, "component/Button")
        await expect(screen.find("#props")).to_have_text("Eigenschaften")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_component_is_shown_and_axe_finds_nothing_serious(
    file: Path, scheme: Any
) -> None:
    calm: Any = "reduce"
    async with gallery_of(
        file, color_scheme=scheme, reduced_motion=calm, bypass_csp=True
    ) as screen:
        await open_gallery(screen, "widget/hello")
        await screen.find(TITLE).wait_for()
        found = await faults_of(screen)
        for name, samples in SAMPLES.items():
            await open_gallery(screen, f"component/{name}")
            await expect(screen.find(".samples article")).to_have_count(len(samples))
            await expect(screen.find(".w-widget")).to_have_count(len(samples))
            if name == "Chart":
                await screen.find(".w-line").first.wait_for(state="attached")
            found += [f"{name}: {fault}" for fault in await faults_of(screen)]
        assert found == []
        assert screen.faults == []


async def test_the_page_s_own_policy_lets_every_component_be(file: Path) -> None:
    async with gallery_of(file) as screen:
        for name, samples in SAMPLES.items():
            await open_gallery(screen, f"component/{name}")
            await expect(screen.find(".w-widget")).to_have_count(len(samples))
        assert screen.faults == []
        assert screen.elsewhere == []


def bots() -> dict[str, Path]:
    """The bots of the repository that have widgets."""
    files = [ROOT / "chatkit.yaml", *sorted((ROOT / "examples").glob("*/chatkit.yaml"))]
    return {file.parent.name: file for file in files if check_file(file, {}).config.widgets}


async def look_at_all(file: Path) -> None:
    """Every widget with its sample: it is shown whole, and nobody complains."""
    names = list(check_file(file, {}).config.widgets)
    async with gallery_of(file) as screen:
        for name in names:
            await open_gallery(screen, f"widget/{name}")
            await expect(screen.find("h1")).to_have_text(name)
            await screen.find(".stage .w-widget").wait_for()
            await expect(screen.find(".faults li")).to_have_count(0)
            await expect(screen.find(".note")).to_have_count(0)
        assert screen.faults == []
        assert screen.elsewhere == []


@pytest.mark.parametrize("file", [pytest.param(file, id=name) for name, file in bots().items()])
async def test_every_widget_of_the_bots_here_is_shown_without_a_warning(file: Path) -> None:
    await look_at_all(file)


LISTED = {
    "version": "1.0",
    "name": "list",
    "template": LIST,
    "jsonSchema": {
        "properties": {
            "items": {
                "type": "array",
                "items": {"properties": {"id": {"type": "string"}, "name": {"type": "string"}}},
            },
            "selected": {"type": ["string", "null"]},
        }
    },
    "encodedWidget": encoded({"items": [{"id": "a", "name": "Fern"}], "selected": "a"}),
}


async def test_exports_of_chatkit_studio_are_shown_without_a_warning(tmp_path: Path) -> None:
    exports = {file.name: file.read_text() for file in (ROOT / "tests").rglob("*.widget")}
    exports["list.widget"] = json.dumps(LISTED)
    assert "weather.widget" in exports
    for name, text in exports.items():
        (tmp_path / name).write_text(text)
    widgets = "\n".join(f"  {Path(name).stem}: {name}" for name in exports)
    pick = "actions: { pick: { steps: [message: Picked.] } }\n"
    file = tmp_path / "chatkit.yaml"
    file.write_text(f"{BOT.partition('widgets:')[0]}widgets:\n{widgets}\n{pick}")
    await look_at_all(file)


async def test_when_the_host_is_away_it_says_so_and_comes_back(file: Path) -> None:
    async with gallery_of(file) as screen:
        await open_gallery(screen)
        await screen.find(TITLE).wait_for()
        await screen.page.context.set_offline(True)
        await expect(screen.find(".note")).to_have_text("The host does not answer. Is it running?")
        await screen.page.context.set_offline(False)
        await expect(screen.find(".note")).to_have_count(0)
