"""`request`: templates see the headers that the file names, and no others."""

from __future__ import annotations

from pathlib import Path

from tests.web.hosted import hosted, post

BOT = """
request:
  article: { header: Article-Id, optional: true }
  page: page-id
agents: { helper: { instructions: Be kind., tools: [look] } }
tools: { look: { return: "{{ request }}" } }
models:
  default:
    provider: rules
    rules:
      - call: look
        say: "{{ result.article or 'none' }}/{{ result.page }}/{{ result | length }}"
"""
PAGE = {"page-id": "p1"}


async def test_the_declared_headers_are_read_and_no_others(tmp_path: Path) -> None:
    async with hosted(tmp_path, BOT) as visitor:
        visitor.browser.headers.update(PAGE | {"article-id": "a1", "x-other": "no"})
        assert await visitor.say("Hi") == "a1/p1/2"


async def test_an_optional_header_that_is_missing_is_none(tmp_path: Path) -> None:
    async with hosted(tmp_path, BOT) as visitor:
        visitor.browser.headers.update(PAGE)
        assert await visitor.say("Hi") == "none/p1/2"


async def test_what_is_beyond_ascii_arrives(tmp_path: Path) -> None:
    async with hosted(tmp_path, BOT) as visitor:
        visitor.browser.headers.update([(b"page-id", "Grüße".encode())])
        assert await visitor.say("Hi") == "none/Grüße/2"


async def test_a_missing_header_that_is_wanted_is_a_400_that_names_it(tmp_path: Path) -> None:
    async with hosted(tmp_path, BOT) as visitor:
        response = await post(visitor, "threads.list", limit=1, order="desc")
        assert response.status_code == 400
        assert response.json()["error"]["message"] == "The header 'page-id' is missing."
