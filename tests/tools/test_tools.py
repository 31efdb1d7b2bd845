"""Each kind of tool gives its result; arguments are checked before anything runs."""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import dedent

import pytest

from chatkit_host.types import ToolCallItem
from tests.compiler.bots import BASE, Conversation, done, make_bot, said
from tests.server.servers import request, talk

AGENT = "agents: { helper: { instructions: Be kind., tools: [go] } }"


def calling(arguments: str = "{}") -> str:
    """A model that calls `go` with these arguments, and says its result."""
    return f"""
    models:
      default:
        provider: rules
        rules:
          - {{ match: '^go$', call: go, with: {arguments}, say: "{{{{ result }}}}" }}
          - say: "You said: {{{{ text }}}}"
    """


async def result_of(folder: Path, tool: str, arguments: str = "{}", *more: str) -> str:
    """What the model says of a tool's result."""
    app = make_bot(folder, BASE, AGENT, calling(arguments), tool, *more)
    return said(await Conversation(app).say("go"))[-1]


@pytest.fixture
def plugin(tmp_path: Path) -> object:
    """A plugin in the bot's folder; it is forgotten afterwards."""
    (tmp_path / "shop_plugin.py").write_text(
        dedent("""
        def double(n, extra=None):
            return {"n": n * 2, "extra": extra}

        async def whose(context):
            return context.request_context.owner

        def fail():
            raise RuntimeError("the password is 1234")
        """)
    )
    yield
    sys.modules.pop("shop_plugin", None)
    sys.path[:] = [entry for entry in sys.path if entry != str(tmp_path)]


async def test_return_renders_its_value(tmp_path: Path) -> None:
    tool = "tools: { go: { description: Go., parameters: { n: integer }, return: '{{ n + 1 }}' } }"
    assert await result_of(tmp_path, tool, "{ n: 4 }") == "5"


async def test_a_parameter_named_like_something_in_scope_is_read_from_args(tmp_path: Path) -> None:
    tool = """
    tools:
      go:
        description: Go.
        parameters: { user: string }
        return: "{{ user.id }}/{{ args.user }}"
    """
    assert await result_of(tmp_path, tool, "{ user: bob }") == "ann/bob"


async def test_an_optional_parameter_that_is_absent_reads_as_none(tmp_path: Path) -> None:
    tool = """
    tools:
      go:
        description: Go.
        parameters: { meal: { type: string, optional: true } }
        return: "{{ meal is none }}"
    """
    assert await result_of(tmp_path, tool) == "True"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [("{ n: much }", "n: 'much' is not of type 'integer'"), ("{}", "'n' is a required property")],
)
async def test_arguments_that_do_not_fit_are_told_to_the_model(
    tmp_path: Path, arguments: str, reason: str
) -> None:
    tool = "tools: { go: { description: Go., parameters: { n: integer }, return: '{{ n }}' } }"
    assert reason in await result_of(tmp_path, tool, arguments)


@pytest.mark.usefixtures("plugin")
async def test_python_calls_a_function_of_a_plugin(tmp_path: Path) -> None:
    tool = """
    plugins: [shop_plugin]
    tools: { go: { description: Go., parameters: { n: integer }, python: "shop_plugin:double" } }
    """
    assert "'n': 42" in await result_of(tmp_path, tool, "{ n: 21 }")


@pytest.mark.usefixtures("plugin")
async def test_python_hands_the_turn_to_a_function_that_asks_for_it(tmp_path: Path) -> None:
    tool = """
    plugins: [shop_plugin]
    tools: { go: { description: Go., python: "shop_plugin:whose" } }
    """
    assert await result_of(tmp_path, tool) == "ann"


@pytest.mark.usefixtures("plugin")
async def test_nothing_of_an_exception_reaches_the_model(tmp_path: Path) -> None:
    tool = """
    plugins: [shop_plugin]
    tools: { go: { description: Go., python: "shop_plugin:fail" } }
    """
    told = await result_of(tmp_path, tool)
    assert "1234" not in told
    assert "err_" in told


async def test_agent_asks_another_agent_and_keeps_its_words_to_itself(tmp_path: Path) -> None:
    more = """
    models:
      default:
        provider: rules
        rules:
          - { match: '^go$', call: go, with: { input: how is she }, say: "It says: {{ result }}" }
      vet:
        provider: rules
        rules: [{ say: "heard '{{ text }}'" }]
    agents:
      helper: { instructions: Be kind., model: default, tools: [go] }
      vet: { instructions: Cure., model: vet }
    respond: { agent: helper }
    tools: { go: { description: Ask the vet., agent: vet } }
    """
    events = await Conversation(make_bot(tmp_path, BASE, more)).say("go")
    assert said(events) == ["It says: heard 'how is she'"]


CLIENT = """
tools: { go: { description: Look., parameters: { at: string }, client: {} } }
"""


async def test_client_ends_the_turn_and_its_output_begins_the_next(tmp_path: Path) -> None:
    app = make_bot(tmp_path, BASE, AGENT, calling("{ at: page }"), CLIENT)
    conversation = Conversation(app)
    events = await conversation.say("go")
    call = done(events, "client_tool_call")[0]
    assert (call["name"], call["arguments"], call["status"]) == ("go", {"at": "page"}, "pending")
    assert said(events) == []
    body = request(
        "threads.add_client_tool_output", thread_id=conversation.thread_id, result="a cat"
    )
    assert said(await talk(app.server, body, conversation.context)) == ["a cat"]
    assert not [item for item in await conversation.items() if isinstance(item, ToolCallItem)]


async def test_progress_and_widget_of_a_tool_are_shown(tmp_path: Path) -> None:
    tool = """
    tools:
      go:
        description: Go.
        progress: Looking…
        return: { n: 1, m: 2 }
        select: { n: "{{ result.n }}" }
        widget: card
    """
    card = """
    widgets:
      card:
        data: { n: integer }
        template: { type: Card, children: [{ type: Text, value: "{{ n }}" }] }
    """
    app = make_bot(tmp_path, BASE, AGENT, calling(), tool, card)
    events = await Conversation(app).say("go")
    assert next(e for e in events if e["type"] == "progress_update")["text"] == "Looking…"
    assert done(events, "widget")[0]["widget"]["children"][0]["value"] == "1"
