"""A process of its own that adds items, and tells each when it is stored."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from chatkit_host.store.open import open_sql_store
from tests.store.samples import ME, message


async def main(url: str, count: int) -> None:
    """Add `count` items to thr_1."""
    async with open_sql_store(url, base_dir=Path()) as store:
        for number in range(count):
            await store.add_thread_item("thr_1", message(f"theirs-{number}"), ME)
            print(f"theirs-{number}", flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
