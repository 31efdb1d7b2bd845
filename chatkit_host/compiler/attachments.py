"""`attachments:` → where files are kept, and how they come to models and people."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from chatkit_host.agents import ThreadItemConverter
from chatkit_host.agents.attached import AttachedFiles, WithoutFiles, data_url
from chatkit_host.agents.mentioned import Mention, Mentions
from chatkit_host.agents.turn_context import TurnContext
from chatkit_host.config.attachments import Attachments
from chatkit_host.config.models import ProviderModel, RulesModel
from chatkit_host.config.root import Config
from chatkit_host.context import RequestContext
from chatkit_host.store import AttachmentIndex, Store
from chatkit_host.store.blobs import Blobs, open_blobs
from chatkit_host.store.uploads import HostedAttachmentStore, Links, Sweep, UploadRules
from chatkit_host.store.uploads.content import sniff
from chatkit_host.types import ImageAttachment

if TYPE_CHECKING:
    from chatkit_host.agents import ResponseStreamConverter

DEFAULT_FOLDER = ".chatkit/uploads"


class Uploads:
    """What `attachments:` opens: the place for files, and the sweep beside it."""

    def __init__(self, store: HostedAttachmentStore, sweep: Sweep) -> None:
        self.store = store
        self.sweep = sweep

    async def start(self) -> None:
        """Open the place. The store of threads must be open."""
        await self.store.start()
        self.sweep.start()

    async def aclose(self) -> None:
        """End the sweep, and let go of the place."""
        await self.sweep.stop()
        await self.store.close()


def compile_attachments(
    config: Config, base_dir: Path, store: Store[RequestContext], key: bytes | None
) -> Uploads | None:
    """What the section asks for; none where there is no section.

    Args:
        config: the whole file.
        base_dir: where relative paths begin.
        store: where it is written what is known of files.
        key: signs links; without one, they hold as long as the process lives.

    Raises:
        ConfigError: the place cannot be opened.
    """
    section = config.attachments
    if section is None:
        return None
    assert isinstance(store, AttachmentIndex)  # all stores that `storage:` can name are
    path = f"{config.server.path.rstrip('/')}/attachments"
    hosted = HostedAttachmentStore(
        store,
        _blobs(config, section, base_dir),
        rules=UploadRules(section.max_size, section.max_count, section.accept, section.max_pixels),
        links=Links(key or secrets.token_bytes(32), path, section.links),
    )
    return Uploads(hosted, Sweep(store, hosted, section.keep_unsent))


def _blobs(config: Config, section: Attachments, base_dir: Path) -> Blobs:
    if section.store is None:
        # What is known of files dies with a store in memory; their bytes had better, too.
        return open_blobs(
            "memory:" if config.storage.scheme == "memory" else DEFAULT_FOLDER, base_dir=base_dir
        )
    options = {name: value.get_secret_value() for name, value in section.store.options.items()}
    return open_blobs(section.store.url, base_dir=base_dir, options=options)


def item_converter(
    uploads: Uploads | None,
    section: Attachments | None,
    turn: TurnContext,
    model: ProviderModel | RulesModel | None,
    mention: Mention,
) -> ThreadItemConverter:
    """How the items of a thread come to a model."""
    if isinstance(model, RulesModel):
        return WithoutFiles(mention)
    if uploads is None or section is None:
        return Mentions(mention)
    store, context = uploads.store, turn.request_context

    async def load(attachment_id: str) -> bytes:
        return await store.load(attachment_id, context)

    reads = ProviderModel.model_fields["reads"].default if model is None else model.reads
    return AttachedFiles(mention, load, reads, section.max_pixels)


def picture_converter(
    uploads: Uploads | None, turn: TurnContext, partial_images: int | None
) -> ResponseStreamConverter:
    """How pictures that models make come to people: kept as attachments, if those are kept."""
    from chatkit_host.agents import KeptImages, ResponseStreamConverter

    if uploads is None:
        return ResponseStreamConverter(partial_images=partial_images)
    store = uploads.store

    async def keep(image_id: str, data: bytes, partial_index: int | None) -> str:
        kind = sniff(data[:4096]) or "image/png"
        if partial_index is not None:  # gone in a moment, and never stored
            return data_url(kind, data)
        kept = await store.keep(
            name=f"{image_id}.{kind.partition('/')[2]}",
            mime_type=kind,
            data=data,
            thread=turn.thread,
            context=turn.request_context,
        )
        return str(kept.preview_url) if isinstance(kept, ImageAttachment) else data_url(kind, data)

    return KeptImages(keep, partial_images=partial_images)
