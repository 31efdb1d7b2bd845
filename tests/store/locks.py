"""Somebody else who holds the database's write lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg


@contextmanager
def no_writes(url: str) -> Iterator[None]:
    """Until the end, every write to this database has to wait."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as holder:
            holder.execute("BEGIN IMMEDIATE")
            yield
            holder.rollback()
        return
    with psycopg.connect(url) as holder_pg:
        holder_pg.execute("LOCK TABLE chatkit_threads, chatkit_items IN EXCLUSIVE MODE")
        yield
        holder_pg.rollback()
