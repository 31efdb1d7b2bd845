"""`entities:` of chatkit.yaml, mentioned on the host's own page."""

from __future__ import annotations

from pathlib import Path

from chatkit_host.compiler import compile_app
from chatkit_host.config import load
from chatkit_host.web import create_app, web_settings
from tests.ui.browser import looking_at
from tests.web.live import serve

BOT = """
models: { default: { provider: rules, rules: [{ say: "About {{ text }}" }] } }
agents: { helper: { instructions: Help. } }
data:
  orders: [{ id: A1, item: Lamp, status: sent }, { id: B2, item: Chair, status: packed }]
entities:
  order:
    search:
      - for: order in data.orders | search(query, 'id', 'item')
        id: "{{ order.id }}"
        title: "{{ order.item }}"
        group: Orders
    preview: { name: order, data: { order: "{{ data.orders | find(id=tag.id) }}" } }
widgets:
  order:
    data: { order: object }
    template: { type: Card, children: [{ type: Text, value: "It is {{ order.status }}" }] }
storage: "memory:"
"""


async def test_a_thing_of_the_file_is_searched_previewed_and_sent(tmp_path: Path) -> None:
    (tmp_path / "chatkit.yaml").write_text(BOT)
    loaded = load(tmp_path / "chatkit.yaml", {})
    app = create_app(compile_app(loaded), web_settings(loaded.config, b"k" * 32))
    async with serve(app) as url, looking_at(url) as screen:
        await screen.open()
        await screen.find(".editor").press_sequentially("Where is @ch")
        await screen.find("[role=option]").get_by_text("Chair").wait_for()
        assert await screen.find("[role=option]").get_by_text("Lamp").count() == 0
        await screen.page.keyboard.press("Enter")
        await screen.find(".editor .mention").get_by_text("Chair").wait_for()
        await screen.page.keyboard.press("Enter")
        await screen.find(".bubble .mention").get_by_text("Chair").hover()
        await screen.find(".preview").get_by_text("It is packed").wait_for()
        assert screen.faults == []
