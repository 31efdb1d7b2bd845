"""The paths of files, below the endpoint's own.

| | |
|---|---|
| `POST /attachments` | a file that was not announced; the answer is the attachment |
| `POST`, `PUT /attachments/{id}` | the bytes of one that was |
| `GET /attachments/{id}` | the file |
| `GET /attachments/{id}/preview` | a picture of it |

Whoever asks is the owner by cookie or key; uploads and previews have signed links, too. An id opens
nothing.
"""

from __future__ import annotations

from typing import NoReturn
from urllib.parse import parse_qsl

from litestar.handlers import ASGIRouteHandler, asgi
from litestar.types import Receive, Scope, Send

from chatkit_host.context import RequestContext
from chatkit_host.errors import ForbiddenError, NotFoundError
from chatkit_host.store.uploads import HostedAttachmentStore, Spool
from chatkit_host.store.uploads.links import Purpose
from chatkit_host.types.codec import encode
from chatkit_host.web.attachments.receiving import Incoming, receive_file, want_form
from chatkit_host.web.attachments.serving import send_file
from chatkit_host.web.auth.identity import Identity
from chatkit_host.web.boot import Boot
from chatkit_host.web.endpoint import base_url, send_json
from chatkit_host.web.errors import MethodNotAllowedError
from chatkit_host.web.headers import HeaderList
from chatkit_host.web.limits import Buckets, address_key
from chatkit_host.web.settings import WebSettings


class AttachmentRoutes:
    """What can be done with files over HTTP."""

    def __init__(self, uploads: HostedAttachmentStore, boot: Boot, settings: WebSettings) -> None:
        self._uploads = uploads
        self._boot = boot
        self._settings = settings
        self._buckets = Buckets(settings.uploads, noun="files") if settings.uploads else None

    async def collection(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A file that comes without having been announced."""
        if scope.get("method") != "POST":
            _refuse_method(scope, "POST")
        want_form(scope)
        identity = self._settings.auth.identify(scope)
        context = _context(identity, scope, self._settings)
        self._count(context.owner, scope)
        await self._boot.started()
        with Spool(self._uploads.rules.max_size) as spool:
            incoming = await self._receive(scope, receive, spool)
            attachment = await self._uploads.receive(
                incoming.name or "file", incoming.mime_type, spool, context
            )
        answer = self._uploads.put_links(encode(attachment), context)
        await send_json(send, answer, identity.headers)

    async def one(self, attachment_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        """A file's bytes, in or out."""
        match scope.get("method"):
            case "POST" | "PUT":
                await self._fill(attachment_id, scope, receive, send)
            case "GET" | "HEAD":
                await self._show(attachment_id, scope, send, preview=False)
            case _:
                _refuse_method(scope, "GET, HEAD, POST, PUT")

    async def preview(self, attachment_id: str, scope: Scope, send: Send) -> None:
        """A picture of a picture."""
        if scope.get("method") not in ("GET", "HEAD"):
            _refuse_method(scope, "GET, HEAD")
        await self._show(attachment_id, scope, send, preview=True)

    async def _fill(self, attachment_id: str, scope: Scope, receive: Receive, send: Send) -> None:
        await self._boot.started()
        context, headers, _ = await self._enter("upload", attachment_id, scope)
        self._count(context.owner, scope)
        # Whether it is expected at all is said before it comes.
        await self._uploads.expected(attachment_id, context)
        with Spool(self._uploads.rules.max_size) as spool:
            await self._receive(scope, receive, spool)
            attachment = await self._uploads.fill(attachment_id, spool, context)
        await send_json(send, self._uploads.put_links(encode(attachment), context), headers)

    async def _show(self, attachment_id: str, scope: Scope, send: Send, *, preview: bool) -> None:
        await self._boot.started()
        if preview:
            context, _, by_link = await self._enter("preview", attachment_id, scope)
        else:  # a picture may have more in it than its preview shows: where it was taken
            context, _, by_link = await self._enter_by_session(attachment_id, scope)
        opened = await self._uploads.open(attachment_id, context, preview=preview)
        with_body = scope.get("method") == "GET"
        await send_file(send, opened, preview=preview, by_link=by_link, with_body=with_body)

    async def _enter(
        self, purpose: Purpose, attachment_id: str, scope: Scope
    ) -> tuple[RequestContext, HeaderList, bool]:
        """Who asks: the owner by a link, else whoever the session names."""
        query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        expired: ForbiddenError | None = None
        try:
            owner = await self._uploads.owner_by_link(purpose, attachment_id, query)
        except ForbiddenError as error:
            owner, expired = None, error
        if owner is not None:
            return _context(Identity(owner, {"id": owner}), scope, self._settings), [], True
        return await self._enter_by_session(attachment_id, scope, expired)

    async def _enter_by_session(
        self, attachment_id: str, scope: Scope, expired: ForbiddenError | None = None
    ) -> tuple[RequestContext, HeaderList, bool]:
        try:
            identity = self._settings.auth.identify(scope)
            context = _context(identity, scope, self._settings)
            await self._uploads.check_owner(attachment_id, context)
        except Exception as error:
            raise expired or error from None
        return context, identity.headers, False

    async def _receive(self, scope: Scope, receive: Receive, spool: Spool) -> Incoming:
        return await receive_file(scope, receive, spool, self._uploads.rules.max_size)

    def _count(self, owner: str, scope: Scope) -> None:
        if self._buckets is not None:
            self._buckets.take(f"owner:{owner}", address_key(scope.get("client")))


def attachment_routes(
    uploads: HostedAttachmentStore | None, boot: Boot, settings: WebSettings
) -> list[ASGIRouteHandler]:
    """The routes; none where the bot takes no files."""
    if uploads is None:
        return []
    routes = AttachmentRoutes(uploads, boot, settings)

    # Litestar finds no raw route whose path has a parameter (2.25), so this takes all below it.
    @asgi(
        f"{settings.path.rstrip('/')}/attachments",
        is_mount=True,
        copy_scope=False,
        name="attachments",
    )
    async def attachments(scope: Scope, receive: Receive, send: Send) -> None:
        match scope["path"].strip("/").split("/"):
            case [""]:
                await routes.collection(scope, receive, send)
            case [attachment_id]:
                await routes.one(attachment_id, scope, receive, send)
            case [attachment_id, "preview"]:
                await routes.preview(attachment_id, scope, send)
            case _:
                raise NotFoundError("There is nothing at this path.")

    return [attachments]


def _context(identity: Identity, scope: Scope, settings: WebSettings) -> RequestContext:
    # No facts of the request: no template reads them here, and an `<img>` does not send them.
    return RequestContext(identity.owner, identity.user, {}, base_url(scope, settings))


def _refuse_method(scope: Scope, allowed: str) -> NoReturn:
    method = scope.get("method")
    raise MethodNotAllowedError(f"This path takes {allowed}, not {method}.", allow=allowed)
