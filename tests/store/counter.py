"""A process of its own that counts up a shared number, or dies while it holds it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from chatkit_host.store.open import open_sql_store
from tests.store.samples import ME
from tests.store.test_shared import count_up


async def main(url: str, times: str) -> None:
    """Count, or hang."""
    async with open_sql_store(url, base_dir=Path()) as store:
        if times == "hang":
            assert await store.take_hold("all", "hanging", 0.3, ME)
            print("holding", flush=True)
            await asyncio.Event().wait()
        print("ready", flush=True)
        for _ in range(int(times)):
            await count_up(store)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
