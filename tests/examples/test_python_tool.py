"""python-tool: a function adds up."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, visiting


async def test_python_tool() -> None:
    async with visiting(EXAMPLES / "python-tool" / "chatkit.yaml") as visitor:
        assert await visitor.say("3 ferns") == "That is 36 € for 3, and 36 € so far."
        assert await visitor.say("1 orchid") == "That is 24 € for 1, and 60 € so far."
