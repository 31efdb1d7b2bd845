"""agent-tool: the desk asks the botanist."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, visiting


async def test_agent_tool() -> None:
    async with visiting(EXAMPLES / "agent-tool" / "chatkit.yaml") as visitor:
        said = await visitor.say("How do I look after a fern?")
        assert said == "I have asked our botanist: Half shade and damp soil."
        assert [e["text"] for e in visitor.events if e["type"] == "progress_update"] == [
            "Asking the botanist…"
        ]
