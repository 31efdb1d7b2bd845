"""What the pages that build something tell people to do works."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chatkit_host.server import StreamingResult
from tests.docs.fences import ROOT, Fence, fences
from tests.examples.visitor import actions_in, visiting

STEPS = [fence for fence in fences("yaml") if fence.page.name == "quickstart.md"]


def written(fence: Fence, folder: Path) -> Path:
    path = folder / "chatkit.yaml"
    path.write_text(fence.text, encoding="utf-8")
    return path


async def test_say_something_else(tmp_path: Path) -> None:
    async with visiting(written(STEPS[0], tmp_path)) as visitor:
        assert await visitor.say("hello") == "Good morning! What can I do for you?"
        assert await visitor.say("Bread?") == "I do not know about “Bread?” yet."


async def test_a_tool(tmp_path: Path) -> None:
    async with visiting(written(STEPS[1], tmp_path)) as visitor:
        assert await visitor.say("3 apples") == "That makes 3 in your basket."
        assert await visitor.say("2 apples") == "That makes 5 in your basket."


async def test_a_widget_and_an_action(tmp_path: Path) -> None:
    async with visiting(written(STEPS[2], tmp_path)) as visitor:
        await visitor.say("1 apple")
        item = visitor.widget()
        assert "1 apples" in json.dumps(item["widget"])
        (action,) = actions_in(item["widget"])
        await visitor.click(item, action)
        assert "0 apples" in json.dumps(visitor.widget()["widget"])
        await visitor.click(item, action)
        assert visitor.errors() == ["The basket is empty."]


@pytest.mark.parametrize("wrong", ["basket.putback", "state.appels"])
def test_break_it(wrong: str, tmp_path: Path) -> None:
    from chatkit_host.checks import check
    from chatkit_host.config import load

    right = wrong.replace("putback", "put_back").replace("appels", "apples")
    path = written(STEPS[2], tmp_path)
    path.write_text(STEPS[2].text.replace(right, wrong, 1), encoding="utf-8")
    assert [problem.code for problem in check(load(path, environ={}))] != []


async def test_the_server_in_python_answers() -> None:
    page = ROOT / "docs" / "python.md"
    scope: dict[str, object] = {}
    for fence in [fence for fence in fences("python") if fence.page == page][:2]:
        exec(compile(fence.text, str(fence), "exec"), scope)
    body = b"""{"type": "threads.create", "params": {"input": {"content": [{"type":
        "input_text", "text": "Hi"}], "attachments": [], "inference_options": {}}}}"""
    status, chunks = await scope["handle"](scope["server"], body, "ada")  # type: ignore[operator]
    assert status == 200
    assert b"You said: Hi" in b"".join(chunks)
    assert (await scope["handle"](scope["server"], b"{}", "ada"))[0] == 400  # type: ignore[operator]
    assert StreamingResult is scope["StreamingResult"]
