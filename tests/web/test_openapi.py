"""The document that describes the endpoint."""

from __future__ import annotations

from typing import Any

from chatkit_host.web.openapi import describe_api
from tests.web.bots import app_of, settings
from tests.web.live import visit


def references(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(references, node))
    if not isinstance(node, dict):
        return set()
    own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
    mapped = set(node.get("discriminator", {}).get("mapping", {}).values())
    return own.union(mapped, *map(references, node.values()))


async def test_the_document_is_served() -> None:
    async with visit(app_of(path="/bot")) as browser:
        document = (await browser.get("/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Test bot"
    assert set(document["paths"]) == {
        "/bot",
        "/bot/threads/{thread_id}/stream",
        "/bot/threads/{thread_id}/cancel",
        "/healthz",
        "/readyz",
    }


def test_it_describes_all_sixteen_operations_and_every_reference_leads_somewhere() -> None:
    document = describe_api("Test", settings())
    operation = document["paths"]["/chatkit"]["post"]
    request = operation["requestBody"]["content"]["application/json"]["schema"]
    assert len(request["discriminator"]["mapping"]) == 16
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) <= known


def test_files_are_in_it_where_there_are_any() -> None:
    paths = describe_api("Test", settings(path="/bot"), files=True)["paths"]
    file = "/bot/attachments/{attachment_id}"
    assert {"/bot/attachments", file, f"{file}/preview"} <= set(paths)
    assert set(paths[file]) == {"get", "post"}


def test_where_keys_are_needed_it_says_so() -> None:
    document = describe_api("Test", settings(uses_keys=True))
    assert document["security"] == [{"bearer": []}]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


async def test_no_page_of_a_cdn_is_served() -> None:
    async with visit(app_of()) as browser:
        for path in ("/schema", "/schema/swagger", "/docs", "/redoc"):
            assert (await browser.get(path)).status_code == 404
