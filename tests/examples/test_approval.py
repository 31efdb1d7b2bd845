"""approval: a call that waits for a yes."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, actions_in, visiting


async def test_approval() -> None:
    async with visiting(EXAMPLES / "approval" / "chatkit.yaml") as visitor:
        assert await visitor.say("refund 20 for A1") == "Paid 20 € back for A1; 20 € so far."
        assert await visitor.say("refund 200 for B2") == ""
        item = visitor.widget()
        assert "Pay 200 € back for the order B2?" in str(item)
        approve, _ = actions_in(item["widget"])
        assert await visitor.click(item, approve) == "Paid 200 € back for B2; 220 € so far."
        assert visitor.items("widget")[0]["widget"]["status"]["text"] == "Approved"
