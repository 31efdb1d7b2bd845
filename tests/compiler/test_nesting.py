"""Agents that answer within each other's answers: it ends, and it is told why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiler.bots import BASE, Conversation, make_bot, said

TOLD = "Agents answer within each other's answers 10 deep here; {} is not asked any more."


@pytest.mark.parametrize(
    ("step", "name"), [("respond: {}", "the agent"), ("respond: { agent: helper }", "helper")]
)
async def test_a_tool_that_lets_its_own_agent_answer_again_comes_to_an_end(
    tmp_path: Path, step: str, name: str
) -> None:
    tools = f"""
    tools: {{ go: {{ steps: [{{ {step} }}, {{ return: done }}] }} }}
    agents: {{ helper: {{ instructions: Hi., tools: [go] }} }}
    """
    answers = said(await Conversation(make_bot(tmp_path, BASE, tools)).say("go"))
    assert answers == [f"Error: {TOLD.format(name)}", *["done"] * 10]


async def test_agents_that_ask_each_other_as_tools_come_to_an_end(tmp_path: Path) -> None:
    more = """
    tools: { go: { agent: other }, back: { agent: helper } }
    agents:
      helper: { instructions: Hi., tools: [go] }
      other: { instructions: Hi., tools: [back], model: back }
    respond: { agent: helper }
    models:
      default: { provider: rules, rules: [{ call: go, with: { input: go }, say: "{{ result }}" }] }
      back: { provider: rules, rules: [{ call: back, with: { input: go }, say: "{{ result }}" }] }
    """
    [answer] = said(await Conversation(make_bot(tmp_path, BASE, more)).say("go"))
    assert answer == f"Error: {TOLD.format('other')}"


async def test_output_steps_that_let_each_other_answer_come_to_an_end(tmp_path: Path) -> None:
    more = """
    agents:
      helper:
        instructions: Hi.
        output: { schema: { n: integer }, steps: [{ respond: { agent: other } }] }
      other:
        instructions: Hi.
        output: { schema: { n: integer }, steps: [{ respond: { agent: helper } }] }
    respond: { agent: helper }
    models: { default: { provider: rules, rules: [{ say: '{"n": 1}' }] } }
    """
    events = await Conversation(make_bot(tmp_path, BASE, more)).say("go")
    assert [e["message"] for e in events if e["type"] == "error"] == [TOLD.format("other")]


async def test_answers_one_after_the_other_are_not_nested(tmp_path: Path) -> None:
    tools = """
    data: { many: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }
    tools: { go: { steps: [{ for: n in data.many, do: [{ respond: { agent: other } }] }] } }
    agents:
      helper: { instructions: Hi., tools: [go] }
      other: { instructions: Hi., model: short }
    respond: { agent: helper }
    models:
      default: { provider: rules, rules: [{ match: '^go$', call: go, say: "over" }] }
      short: { provider: rules, rules: [{ say: Yes. }] }
    """
    answers = said(await Conversation(make_bot(tmp_path, BASE, tools)).say("go"))
    assert answers == [*["Yes."] * 12, "over"]
