"""A ChatKitServer mounted by hand, as the README of the SDK shows it, in several frameworks."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import litestar
import uvicorn
from fastapi import FastAPI, Request, Response
from litestar.response import Stream
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route

CONTEXT = {"user_id": "ada"}


def in_fastapi(server: Any) -> Any:
    app = FastAPI()

    @app.post("/chatkit")
    async def chatkit_endpoint(request: Request) -> Response:
        return await answer(server, request)

    return app


def in_starlette(server: Any) -> Any:
    async def chatkit_endpoint(request: Request) -> Response:
        return await answer(server, request)

    return Starlette(routes=[Route("/chatkit", chatkit_endpoint, methods=["POST"])])


async def answer(server: Any, request: Request) -> Response:
    result = await server.process(await request.body(), context=CONTEXT)
    if hasattr(result, "json_events"):
        return StreamingResponse(result.json_events, media_type="text/event-stream")
    # `json` is bytes on both sides, which the JSONResponse of the README cannot take.
    return Response(result.json, media_type="application/json")


def in_litestar(server: Any) -> Any:
    @litestar.post("/chatkit", status_code=200)
    async def chatkit_endpoint(request: litestar.Request[Any, Any, Any]) -> litestar.Response[Any]:
        result = await server.process(await request.body(), context=CONTEXT)
        if hasattr(result, "json_events"):
            return Stream(result.json_events, media_type="text/event-stream")
        return litestar.Response(result.json, media_type="application/json")

    return litestar.Litestar([chatkit_endpoint], openapi_config=None, logging_config=None)


MOUNTS = {"fastapi": in_fastapi, "starlette": in_starlette, "litestar": in_litestar}


@asynccontextmanager
async def mounted(framework: str, server: Any) -> AsyncIterator[httpx.AsyncClient]:
    """The server in a framework, over real HTTP; gives a client."""
    config = uvicorn.Config(MOUNTS[framework](server), ws="none", log_config=None)
    running = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        task = asyncio.create_task(running.serve(sockets=[listening]))
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                yield client
        finally:
            running.should_exit = True
            await task
