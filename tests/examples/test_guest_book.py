"""guest-book: shared entries, endpoints, hooks."""

from __future__ import annotations

from tests.examples.visitor import EXAMPLES, visiting


async def test_guest_book() -> None:
    async with visiting(EXAMPLES / "guest-book" / "chatkit.yaml") as visitor:
        said = await visitor.say("sign: Lovely here")
        assert said == "Welcome! This is your visit number 1.\nThank you! You are number 1."
        get, first = visitor.browser.get, visitor.thread_id
        liked = await visitor.browser.post("/book/1/like", json={})
        assert liked.json() == {"id": "1", "words": "Lovely here", "likes": 1}
        assert (await visitor.browser.post("/book/7/like", json={})).status_code == 404
        visitor.thread_id = None
        assert "visit number 2" in await visitor.say("sign: Me too")
        book = (await get("/book?words=me+too&limit=1")).json()
        assert [entry["words"] for entry in book["entries"]] == ["Me too"]
        assert (await get(f"/visits/{first}")).json()["signed"] == 1
        page = await get("/book-page/")
        assert "Guest book" in page.text
        assert "fetch" in (await get("/book-page/book.js")).text
        answer = visitor.items("assistant_message")[-1]
        where = {"thread_id": visitor.thread_id, "item_ids": [answer["id"]]}
        assert await visitor.ask("items.feedback", **where, kind="positive") == {}
