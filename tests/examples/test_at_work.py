"""at-work: tasks, a citation, a guardrail."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, visiting


async def test_at_work() -> None:
    async with visiting(EXAMPLES / "at-work" / "chatkit.yaml") as visitor:
        assert await visitor.say("How long does the carrot cake take?") == "60 minutes."
        [looked] = visitor.items("workflow")[-1]["workflow"]["tasks"]
        assert (looked["title"], looked["status_indicator"]) == (
            "Carrot cake: 60 minutes",
            "complete",
        )
        said = await visitor.say("Please bake an apple cake")
        assert said == "Here it is: a recipe of our own.\nEnjoy it!"
        workflow = visitor.items("workflow")[-1]["workflow"]
        assert workflow["summary"]["title"] == "Baked the apple cake"
        assert [t["title"] for t in workflow["tasks"]] == ["The oven is hot", "Read the recipe"]
        [cited] = visitor.items("assistant_message")[0]["content"][0]["annotations"]
        assert cited["index"] == len("Here it is: a recipe")
        await visitor.say("4111 1111 1111 1111")
        assert visitor.errors() == ["Please leave card numbers out."]
