"""A real PostgreSQL server, a schema of it at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

SERVER = os.environ.get(
    "CHATKIT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test?connect_timeout=5"
)


@contextmanager
def empty_schema() -> Iterator[str]:
    """The URL of a schema without tables, which goes away afterwards."""
    name = sql.Identifier(schema := f"chatkit_{uuid4().hex}")
    with _connect() as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(name))
    try:
        joint = "&" if "?" in SERVER else "?"
        yield f"{SERVER}{joint}options={quote(f'-csearch_path={schema}')}"
    finally:
        with _connect() as connection:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(name))


def _connect() -> psycopg.Connection:
    try:
        return psycopg.connect(SERVER, autocommit=True)
    except psycopg.OperationalError as error:
        _do_without(f"no PostgreSQL at CHATKIT_TEST_POSTGRES: {error}")


def _do_without(reason: str) -> NoReturn:
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
