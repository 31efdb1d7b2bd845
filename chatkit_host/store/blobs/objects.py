"""Bytes in an object store (S3 and what speaks like it, Google's, Azure's), through `obstore`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from chatkit_host.errors import ConfigError, UnavailableError
from chatkit_host.logger import logger
from chatkit_host.store.blobs.contract import Blobs, checked, no_bytes

if TYPE_CHECKING:
    from obstore.store import ObjectStore

PROBE = "probe_start"
PIECE = 256 * 1024


class ObjectBlobs(Blobs):
    """Objects named by their keys, below the URL's prefix.

    Args:
        store: an object store of `obstore`'s.
        shown: what it is called where one reads of it.
    """

    def __init__(self, store: ObjectStore, shown: str) -> None:
        self._store = store
        self._shown = shown

    async def start(self) -> None:
        """Writes and removes a small object: rights that lack show now, not at the first upload."""
        try:
            await self._store.put_async(PROBE, b"chatkit-host")
            await self._store.delete_async(PROBE)
        except Exception as error:
            logger.debug("The object store refused", exc_info=error)
            reason = str(error).strip().partition("\n")[0]
            raise ConfigError(
                f"attachments.store: {self._shown} cannot be used: {reason}"
            ) from error

    async def save(self, key: str, chunks: AsyncIterable[bytes]) -> None:
        # One request: what is not whole is never there. An upload is as small as `max_size` says.
        data = b"".join([chunk async for chunk in chunks])
        with _told(self._shown):
            await self._store.put_async(checked(key), data, use_multipart=False)

    async def load(self, key: str) -> AsyncGenerator[bytes, None]:
        with _told(self._shown):
            try:
                found = await self._store.get_async(checked(key))
            except FileNotFoundError:
                raise no_bytes(key) from None
        return _pieces(found)

    async def delete(self, key: str) -> None:
        with _told(self._shown), suppress(FileNotFoundError):
            await self._store.delete_async(checked(key))


def open_objects(url: str, options: Mapping[str, str]) -> ObjectBlobs:
    """The object store of a URL.

    Raises:
        ConfigError: `obstore` is not installed, or does not take the URL or its options.
    """
    try:
        import obstore.store
    except ImportError as error:
        raise ConfigError(
            "attachments.store: object stores need a package that is not installed: "
            "pip install 'chatkit-host[objects]'"
        ) from error
    plain = options.get("endpoint", "").startswith("http://")
    from_url: Any = obstore.store.from_url  # its overloads tell the clouds apart, and we do not
    try:
        store = from_url(url, config=dict(options), client_options={"allow_http": plain})
    except Exception as error:
        reason = str(error).strip().partition("\n")[0]
        raise ConfigError(f"attachments.store: {url} cannot be opened: {reason}") from error
    return ObjectBlobs(store, url)


@contextmanager
def _told(shown: str) -> Iterator[None]:
    """Failures of the store are logged, and told as what they are to a client: not its fault."""
    from obstore.exceptions import BaseError

    try:
        yield
    except (BaseError, FileNotFoundError) as error:  # the latter: there is no such bucket
        logger.error("%s failed: %s", shown, error)
        raise UnavailableError("The store for files does not answer. Try again.") from error


async def _pieces(found: Any) -> AsyncGenerator[bytes, None]:
    async for piece in found.stream(min_chunk_size=PIECE):
        yield bytes(piece)
