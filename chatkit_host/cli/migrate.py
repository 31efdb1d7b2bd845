"""`chatkit-host migrate`: bring the database's tables up to date."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import Any

EXAMPLE = """\
example:
  CHATKIT_STORAGE=postgresql://chat@db.internal/chat chatkit-host migrate

SQLite needs no such call: it is brought up to date when the host starts. Several calls at once wait
for each other; one that finds the tables up to date changes nothing.
"""


def register(subparsers: Any) -> None:
    """Add the command to the parser."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "migrate",
        help="bring the database's tables up to date",
        description="Make the tables that a chatkit.yaml's storage needs, or update them.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "-c", "--config", type=Path, metavar="FILE", help="the YAML file (chatkit.yaml)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Migrate, and say what was done."""
    from chatkit_host.cli.serve import load_whole
    from chatkit_host.cli.settings import read_settings

    loaded = load_whole(read_settings(config=args.config))
    storage = loaded.config.storage
    if storage.scheme == "memory":
        print("storage: memory: has no tables")
        return 0
    before, after = asyncio.run(_migrate(storage.url.get_secret_value(), loaded.base_dir))
    change = "is up to date" if before == after else f"was {before or 'empty'}"
    print(f"storage: {storage.shown} has version {after} ({change})")
    return 0


async def _migrate(url: str, base_dir: Path) -> tuple[str | None, str]:
    from chatkit_host.store.open import open_sql_store

    async with open_sql_store(url, base_dir=base_dir, migrate="always") as store:
        return store.migrated
