"""One contract for every place that keeps bytes."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer

from chatkit_host.errors import ConfigError, NotFoundError, UnavailableError
from chatkit_host.store.blobs import Blobs, LocalBlobs, open_blobs
from chatkit_host.store.blobs.contract import one_chunk
from chatkit_host.store.blobs.local import ABANDONED

KEY = "atc_1"
S3 = {
    "region": "us-east-1",
    "access_key_id": "k",
    "secret_access_key": "s",
    "virtual_hosted_style_request": "false",
}


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    """A server that speaks S3, with a bucket named `bucket`; gives its URL."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    who = "AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/s3/aws4_request"
    made = httpx.put(f"{url}/bucket", headers={"authorization": who})
    assert made.status_code == 200
    yield url
    server.stop()


@pytest.fixture(params=["local", "memory", "objects in memory", "s3"])
async def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Blobs]:
    """A place of each kind."""
    opened = _open(request, tmp_path)
    await opened.start()
    yield opened
    await opened.close()


def _open(request: pytest.FixtureRequest, folder: Path) -> Blobs:
    match request.param:
        case "local":
            return open_blobs("files/of/users", base_dir=folder)
        case "memory":
            return open_blobs("memory:", base_dir=folder)
        case "s3":
            options = {**S3, "endpoint": request.getfixturevalue("s3_server")}
            return open_blobs(f"s3://bucket/{folder.name}", base_dir=folder, options=options)
    from obstore.store import MemoryStore

    from chatkit_host.store.blobs.objects import ObjectBlobs

    return ObjectBlobs(MemoryStore(), "memory")


async def test_what_is_saved_is_loaded(blobs: Blobs) -> None:
    data = bytes(range(256)) * 4000
    await blobs.save(KEY, one_chunk(data))
    assert await blobs.load_all(KEY) == data
    chunks = [chunk async for chunk in await blobs.load(KEY)]
    assert b"".join(chunks) == data
    assert all(type(chunk) is bytes for chunk in chunks)


async def test_saving_again_replaces(blobs: Blobs) -> None:
    await blobs.save(KEY, one_chunk(b"old and long"))
    await blobs.save(KEY, one_chunk(b"new"))
    assert await blobs.load_all(KEY) == b"new"


async def test_what_breaks_off_is_not_there_and_what_was_there_stays(blobs: Blobs) -> None:
    async def breaking() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await blobs.save(KEY, breaking())
    with pytest.raises(NotFoundError):
        await blobs.load(KEY)
    await blobs.save(KEY, one_chunk(b"whole"))
    with pytest.raises(ConnectionError):
        await blobs.save(KEY, breaking())
    assert await blobs.load_all(KEY) == b"whole"


async def test_deleting_is_quiet_and_final(blobs: Blobs) -> None:
    await blobs.save(KEY, one_chunk(b"x"))
    await blobs.delete(KEY)
    await blobs.delete(KEY)
    with pytest.raises(NotFoundError):
        await blobs.load(KEY)


async def test_leaving_early_is_allowed(blobs: Blobs) -> None:
    await blobs.save(KEY, one_chunk(b"x" * 1_000_000))
    chunks = await blobs.load(KEY)
    await anext(chunks)
    await chunks.aclose()
    await (await blobs.load(KEY)).aclose()  # nor read at all


@pytest.mark.parametrize("key", ["../x", "/etc/passwd", "a/b", "", "atc_1/..", "ATC_1", "atc_1.x"])
async def test_only_keys_of_ours_become_names(tmp_path: Path, key: str) -> None:
    place = LocalBlobs(tmp_path / "in")
    await place.start()
    for call in (place.load(key), place.delete(key), place.save(key, one_chunk(b"x"))):
        with pytest.raises(NotFoundError):
            await call
    assert list((tmp_path / "in").iterdir()) == []


async def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    place = LocalBlobs(tmp_path / "in")
    await place.start()
    await place.save(KEY, one_chunk(b"x"))
    assert stat.S_IMODE((tmp_path / "in").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "in" / KEY).stat().st_mode) == 0o600


async def test_parts_that_a_dead_process_left_are_removed(tmp_path: Path) -> None:
    old, new = tmp_path / ".part-old", tmp_path / ".part-new"
    old.touch()
    new.touch()
    long_ago = time.time() - ABANDONED - 60
    os.utime(old, (long_ago, long_ago))
    await LocalBlobs(tmp_path).start()
    assert not old.exists()
    assert new.exists()


async def test_a_folder_that_cannot_be_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match=r"attachments\.store: .*file.* cannot be used"):
        await open_blobs("file/below", base_dir=tmp_path).start()


async def test_a_bucket_that_is_not_there_is_told_at_the_start(
    tmp_path: Path, s3_server: str
) -> None:
    options = {**S3, "endpoint": s3_server}
    with pytest.raises(ConfigError, match="s3://nowhere cannot be used"):
        await open_blobs("s3://nowhere", base_dir=tmp_path, options=options).start()


async def test_a_bucket_that_goes_away_is_a_503(tmp_path: Path, s3_server: str) -> None:
    options = {**S3, "endpoint": s3_server}
    place = open_blobs("s3://gone", base_dir=tmp_path, options=options)
    with pytest.raises(UnavailableError):
        await place.save(KEY, one_chunk(b"x"))


def test_an_option_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="s3://bucket cannot be opened"):
        open_blobs("s3://bucket", base_dir=tmp_path, options={"colour": "red"})
