"""The peer's one endpoint in FastAPI, as in its guide on answering messages."""

from __future__ import annotations

from chatkit.server import StreamingResult
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from bench.peer.server import PeerContext, PeerServer
from bench.peer.sqlite_store import SqliteStore


def peer_app(database: str) -> FastAPI:
    """The application, with its data in this file."""
    app = FastAPI()
    server = PeerServer(SqliteStore(database))

    @app.post("/chatkit")
    async def chatkit(request: Request) -> Response:
        context = PeerContext(request.headers["x-user-id"])
        result = await server.process(await request.body(), context)
        if isinstance(result, StreamingResult):
            return StreamingResponse(result, media_type="text/event-stream")
        return Response(result.json, media_type="application/json")

    return app
