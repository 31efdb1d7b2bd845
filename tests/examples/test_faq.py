"""faq: answers from a folder of articles, without a model."""

from __future__ import annotations

import pytest

from tests.examples.visitor import EXAMPLES, Visitor, actions_in, visiting

PATH = EXAMPLES / "faq" / "chatkit.yaml"


def cited(visitor: Visitor) -> list[str]:
    """What the answer cites, by name."""
    [message] = visitor.items("assistant_message")
    return [each["source"]["id"] for each in message["content"][0]["annotations"]]


def listed(visitor: Visitor) -> list[str]:
    """The articles that the last widget offers."""
    return [each["payload"]["name"] for each in actions_in(visitor.widget()["widget"])]


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("How do I return a plant?", "returns"),
        ("Where's my parcel?!", "delivery"),
        ("Do you ship to Norway?", "abroad"),
        ("can i pay by INVOICE", "payment"),
        ("My fern is dying", "guarantee"),
        ("I gave you the wrong address", "cancelling"),
        ("It is for a birthday", "gifts"),
    ],
)
async def test_a_question_finds_its_article_which_is_cited_and_offered(
    question: str, article: str
) -> None:
    async with visiting(PATH) as visitor:
        said = await visitor.say(question)
        assert said
        assert article in cited(visitor) + listed(visitor)[:2]
        assert cited(visitor) == listed(visitor)[:1]


async def test_a_click_shows_the_article_and_its_preview_is_there() -> None:
    async with visiting(PATH) as visitor:
        await visitor.say("How do I return a plant?")
        item = visitor.widget()
        said = await visitor.click(item, actions_in(item["widget"])[0])
        assert said.startswith("### Returning a plant\n\nYou have **30 days**")
        found = await visitor.browser.get("/chatkit/entities", params={"query": "return"})
        [article] = found.json()["entities"]
        shown = await visitor.browser.post("/chatkit/entities/preview", json={"entity": article})
        assert shown.json()["preview"]["children"][0]["value"] == "Returning a plant"
        gone = {**article, "id": "nothing"}
        shown = await visitor.browser.post("/chatkit/entities/preview", json={"entity": gone})
        assert "gone" in str(shown.json()["preview"])


async def test_what_is_only_mentioned_is_offered_and_not_told_as_the_answer() -> None:
    async with visiting(PATH) as visitor:
        said = await visitor.say("how much does it cost?")
        assert said == "No article is about that, but some mention it."
        assert listed(visitor) == ["abroad", "delivery"]


async def test_where_nothing_is_found_a_person_and_all_articles_are_offered() -> None:
    async with visiting(PATH) as visitor:
        said = await visitor.say("Elephants?")
        assert "help@example.com" in said
        assert len(listed(visitor)) == len(list((PATH.parent / "articles").glob("*.md")))
        await visitor.say("All articles")
        assert len(listed(visitor)) == 8


async def test_courtesies_are_answered() -> None:
    async with visiting(PATH) as visitor:
        assert (await visitor.say("Hello")).startswith("Hello!")
        assert (await visitor.say("Thank you")).startswith("You are welcome")
