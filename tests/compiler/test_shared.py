"""`shared`: whose it is, what may be written, and that nothing is lost when many write at once."""

from __future__ import annotations

import asyncio
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from chatkit_host.context import RequestContext
from tests.compiler.bots import ANN, BASE, Conversation, make_bot, said, with_steps

BOB = RequestContext(owner="bob", user={"id": "bob", "name": "Bob"}, request={})

COUNT = """
- let: { n: "{{ shared.visits }}" }
- call: nap
- set: { shared.visits: "{{ n + 1 }}" }
- return: "{{ shared.visits }}"
"""
VISITS = "shared: { visits: 0 }"
NAP = """
tools:
  go: { description: Go., steps: STEPS }
  nap: { description: Nap., python: "naps:nap" }
plugins: [naps]
"""


@pytest.fixture(autouse=True)
def naps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tool that lets everybody else go first."""
    (tmp_path / "naps.py").write_text(
        "import asyncio\nasync def nap():\n    for _ in range(5):\n        await asyncio.sleep(0)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "naps", raising=False)


def counting(folder: Path, *more: str) -> Any:
    steps = COUNT.strip().replace("\n", "\n      ")
    tools = NAP.replace("go: { description: Go., steps: STEPS }", f"go:\n    steps:\n      {steps}")
    agent = "agents: { helper: { instructions: Be kind., tools: [go] } }"
    return make_bot(folder, BASE, agent, tools, VISITS, *more)


async def test_what_is_shared_is_everybodys_and_lasts(tmp_path: Path) -> None:
    app = counting(tmp_path)
    assert said(await Conversation(app).say("go")) == ["1"]
    assert said(await Conversation(app, BOB).say("go")) == ["2"]


async def test_per_user_is_each_users_own_in_all_threads(tmp_path: Path) -> None:
    app = counting(tmp_path, "shared: { visits: { default: 10, per: user } }")
    assert said(await Conversation(app).say("go")) == ["11"]
    assert said(await Conversation(app).say("go")) == ["12"]
    assert said(await Conversation(app, BOB).say("go")) == ["11"]


@pytest.mark.parametrize("storage", ["memory:", "sqlite:///a.db"])
async def test_many_turns_at_once_lose_no_update(tmp_path: Path, storage: str) -> None:
    app = counting(tmp_path, f"storage: '{storage}'")
    await app.start()
    talks = [Conversation(app, each) for each in (ANN, BOB) for _ in range(10)]
    answers = await asyncio.gather(*(talk.say("go") for talk in talks))
    assert sorted(int(said(each)[0]) for each in answers) == list(range(1, 21))
    await app.close()


async def test_a_value_is_stored_before_the_client_hears_of_it(tmp_path: Path) -> None:
    steps = """
    - set: { shared.visits: 7 }
    - client_effect: { name: look, data: { n: "{{ shared.visits }}" } }
    - call: nap
    """
    tools = (
        with_steps(steps)[1].rstrip() + "\n      nap: { python: 'naps:nap' }\n    plugins: [naps]\n"
    )
    app = make_bot(tmp_path, BASE, tools, VISITS)
    stored: list[Any] = []
    store: Any = app.store
    talk = Conversation(app)

    async for chunk in _stream(talk, "go"):
        if b"client_effect" in chunk:
            stored.append((await store.load_shared(ANN))["all"])
    assert stored == [{"visits": 7}]


async def test_what_does_not_fit_the_schema_is_not_written(tmp_path: Path) -> None:
    steps = "- set: { shared.tags.0: 5 }\n- return: never"
    shared = "shared: { tags: { default: [a], schema: { type: array, items: string } } }"
    app = make_bot(tmp_path, *with_steps(steps), shared)
    [told] = said(await Conversation(app).say("go"))
    assert told == "Error: shared.tags.0: 5 is not of type 'string'"
    assert (await app.store.load_shared(ANN))["all"] == {}  # type: ignore[attr-defined]


async def test_no_number_is_written_that_browsers_cannot_read(tmp_path: Path) -> None:
    steps = "- set: { shared.price: '{{ 1e308 * 10 }}' }\n- return: never"
    shared = "shared: { price: { default: 1, schema: { type: number } } }"
    app = make_bot(tmp_path, *with_steps(steps), shared)
    [told] = said(await Conversation(app).say("go"))
    assert told == "Error: shared.price: this has a number that JSON does not know"
    assert (await app.store.load_shared(ANN))["all"] == {}  # type: ignore[attr-defined]


async def test_the_lines_of_a_set_are_stored_all_at_once_or_not_at_all(tmp_path: Path) -> None:
    steps = """
    - let: { first: "{{ shared.list[0] }}" }
    - set: { shared.n: 1, first.seen: 1, shared.all: "{{ [shared.n, shared.list[0].seen] }}" }
    - if: shared.n == 1
      then:
        - set: { shared.n: 2, first.seen: two, shared.all: [] }
    """
    shared = """
    shared:
      n: 0
      all: []
      list: { default: [{ seen: 0 }], schema: { type: array, items: { seen: integer } } }
    """
    app = make_bot(tmp_path, *with_steps(steps), shared)
    saved: list[Any] = []
    store: Any = app.store
    save = store.save_shared

    async def noted(place: Any, values: Any, *more: Any) -> bool:
        saved.append(deepcopy(values))
        return bool(await save(place, values, *more))

    store.save_shared = noted
    [told] = said(await Conversation(app).say("go"))
    assert told == "Error: shared.list.0.seen: 'two' is not of type 'integer'"
    once = {"n": 1, "list": [{"seen": 1}], "all": [1, 1]}
    assert saved == [once]
    assert (await store.load_shared(BOB))["all"] == once


async def test_a_part_of_it_can_be_written_through_a_name(tmp_path: Path) -> None:
    steps = """
    - for: stop in shared.map.stops
      do:
        - let: { here: "{{ stop }}" }
        - set: { here.seen: true }
    - return: "{{ shared.map.stops | map(attribute='seen') }}"
    """
    shared = """
    data: { map: { stops: [{ id: a }, { id: b }] } }
    shared: { map: { default: "{{ data.map }}" } }
    """
    app = make_bot(tmp_path, *with_steps(steps), shared)
    assert said(await Conversation(app).say("go")) == ["[True, True]"]
    stored = (await app.store.load_shared(BOB))["all"]["map"]  # type: ignore[attr-defined]
    assert stored == {"stops": [{"id": "a", "seen": True}, {"id": "b", "seen": True}]}
    assert app.config.data["map"]["stops"] == [{"id": "a"}, {"id": "b"}]


async def test_a_list_that_calls_one_that_writes_holds_it_too(tmp_path: Path) -> None:
    tools = """
    tools:
      go:
        steps:
          - let: { n: "{{ shared.visits }}" }
          - call: nap
          - { call: put, with: { n: "{{ n + 1 }}" } }
          - return: "{{ shared.visits }}"
      put: { parameters: { n: integer }, steps: [{ set: { shared.visits: "{{ n }}" } }] }
      nap: { python: "naps:nap" }
    plugins: [naps]
    agents: { helper: { instructions: Be kind., tools: [go] } }
    """
    app = make_bot(tmp_path, BASE, tools, VISITS)
    answers = await asyncio.gather(*(Conversation(app).say("go") for _ in range(10)))
    assert sorted(int(said(each)[0]) for each in answers) == list(range(1, 11))


async def test_it_is_not_held_while_a_model_thinks(tmp_path: Path) -> None:
    """The agent that the list lets answer writes the same value, in a tool of its own."""
    more = """
    tools:
      go:
        steps:
          - set: { shared.visits: 1 }
          - respond: { agent: other }
          - set: { shared.last: "{{ shared.visits }}" }
      add: { steps: [{ set: { shared.visits: "{{ shared.visits + 10 }}" } }, { return: added }] }
    agents:
      helper: { instructions: Hi., tools: [go] }
      other: { instructions: Hi., tools: [add], model: adder }
    respond: { agent: helper }
    models:
      default: { provider: rules, rules: [{ match: '^go$', call: go, say: done }, { say: no }] }
      adder: { provider: rules, rules: [{ call: add, say: "{{ result }} {{ shared.visits }}" }] }
    shared: { visits: 0, last: 0 }
    """
    app = make_bot(tmp_path, BASE, more)
    assert said(await Conversation(app).say("go")) == ["added 11", "done"]
    assert (await app.store.load_shared(ANN))["all"] == {"visits": 11, "last": 11}  # type: ignore[attr-defined]


async def test_a_list_that_fails_gives_it_back(tmp_path: Path) -> None:
    tools = with_steps("- set: { shared.visits: 5 }\n- error: No.")
    app = make_bot(tmp_path, *tools, VISITS)
    assert said(await Conversation(app).say("go")) == ["Error: No."]
    assert await app.store.take_hold("all", "next", 60, ANN)  # type: ignore[attr-defined]


async def _stream(talk: Conversation, text: str) -> Any:
    from tests.server.servers import create

    result = await talk.app.server.process(create(text), talk.context)
    async for chunk in result:  # type: ignore[union-attr]
        yield chunk


async def test_two_tools_of_a_turn_that_write_the_state_wait_for_each_other(
    tmp_path: Path,
) -> None:
    """As a model calls them at once: each reads in one step, and writes in a later one."""
    more = """
    state: { n: 0 }
    tools:
      go:
        steps:
          - let: { n: "{{ state.n }}" }
          - call: nap
          - set: { state.n: "{{ n + 1 }}" }
          - call: inner
      inner: { steps: [{ set: { state.last: "{{ state.n }}" } }] }
      nap: { python: "naps:nap" }
    plugins: [naps]
    agents: { helper: { instructions: Be kind., tools: [go] } }
    """
    app = make_bot(tmp_path, BASE, more.replace("n: 0 }", "n: 0, last: 0 }"))
    program: Any = app._parts
    thread = app.server.build_thread("thr_1", ANN)
    turn = await program.begin_quietly(thread, ANN)
    await asyncio.gather(*(program.call_tool("go", {}, turn) for _ in range(5)))
    assert turn.state == {"n": 5, "last": 5}
