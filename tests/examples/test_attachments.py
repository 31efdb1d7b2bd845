"""attachments: files go in, and are remembered."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, visiting


async def test_attachments() -> None:
    async with visiting(EXAMPLES / "attachments" / "chatkit.yaml") as visitor:
        ids = []
        for name in ("cat.txt", "dog.txt"):
            files = {"file": (name, b"A letter.", "text/plain")}
            answer = await visitor.browser.post("/chatkit/attachments", files=files)
            ids.append(answer.json()["id"])
        message = {"content": [], "attachments": ids, "inference_options": {}}
        await visitor.stream("threads.create", input=message)
        visitor.thread_id = visitor.events[0]["thread"]["id"]
        assert visitor.said() == "Thank you for cat.txt and dog.txt."
        assert await visitor.say("And now?") == "Attach a picture, a PDF or a text."
        assert await visitor.say("What is in the box?") == "cat.txt, dog.txt"
