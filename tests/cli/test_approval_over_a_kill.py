"""A question outlives the process that asked it."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx

from tests.cli.processes import serve_command, serving
from tests.examples.visitor import Visitor, actions_in

BOT = """
models:
  default:
    provider: rules
    rules:
      - match: 'pay (?P<sum>\\d+)'
        call: pay
        with: { sum: "{{ sum | int }}" }
        say: "{{ result }}"
agents: { clerk: { instructions: You pay., tools: [pay] } }
state: { paid: 0 }
tools:
  pay:
    description: Pay.
    parameters: { sum: integer }
    approval: always
    steps: [{ set: { state.paid: "{{ state.paid + sum }}" } }, { return: "Paid {{ state.paid }}." }]
storage: sqlite:///bot.db
auth: { api_keys: { ann: key-of-ann } }
"""


def visit(url: str) -> Visitor:
    """Ann, at this host."""
    key = {"authorization": "Bearer key-of-ann"}
    return Visitor(httpx.AsyncClient(base_url=url, headers=key, timeout=60), "/chatkit")


async def test_the_run_goes_on_in_another_process(tmp_path: Path) -> None:
    (tmp_path / "chatkit.yaml").write_text(BOT, encoding="utf-8")
    with serving(serve_command(), tmp_path) as (url, process):
        visitor = visit(url)
        await visitor.say("pay 7")
        card = visitor.widget()
        process.send_signal(signal.SIGKILL)
        process.wait()
    with serving(serve_command(), tmp_path) as (url, _):
        again = visit(url)
        again.thread_id = visitor.thread_id
        approve, reject = actions_in(card["widget"])
        assert await again.click(card, approve) == "Paid 7."
        assert again.items("widget")[0]["widget"]["status"]["text"] == "Approved"
        for action in (approve, reject):
            params = {"thread_id": again.thread_id, "item_id": card["id"], "action": action}
            body = {"type": "threads.custom_action", "params": params}
            answer = await again.browser.post("/chatkit", json=body)
            assert answer.status_code == 409
        await again.browser.aclose()
    await visitor.browser.aclose()
