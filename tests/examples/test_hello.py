"""hello: a greeting, and an echo."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, visiting


async def test_hello() -> None:
    async with visiting(EXAMPLES / "hello" / "chatkit.yaml") as visitor:
        assert await visitor.say("Hello there") == "Hello!"
        assert await visitor.say("What is up?") == "You said: What is up?"


def test_it_has_five_lines() -> None:
    text = (EXAMPLES / "hello" / "chatkit.yaml").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 5
