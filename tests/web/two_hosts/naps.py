"""Tools of the bot: let others go first, or never come back."""

import asyncio


async def nap() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def hang() -> None:
    await asyncio.Event().wait()
