"""One message to a bot behind a gateway, in a process of its own: their warnings are not ours."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.compiler.bots import Conversation, make_bot, said

BOT = """
models:
  default:
    provider: {provider}
    model: openai/m
    base_url: "{url}"
    api_key: k
    api: chat_completions
agents: {{ waiter: {{ instructions: Wait., tools: [pour] }} }}
tools: {{ pour: {{ description: Pour., return: Poured. }} }}
storage: "memory:"
"""


async def talk(provider: str, url: str, folder: str) -> None:
    """Say something, and print the answer."""
    app = make_bot(Path(folder), BOT.format(provider=provider, url=url))
    print(*said(await Conversation(app).say("Pour")))
    await app.close()


if __name__ == "__main__":
    asyncio.run(talk(*sys.argv[1:]))
