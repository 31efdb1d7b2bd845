"""Logs: a line is one record's, whatever it has in it."""

from __future__ import annotations

import logging

from chatkit_host.cli.logs import Unforgeable


def written(message: str, *, error: Exception | None = None) -> str:
    info = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord("a", logging.ERROR, __file__, 1, "%s", (message,), info)
    return Unforgeable("%(levelname)s %(message)s").format(record)


def test_a_text_with_lines_in_it_cannot_pass_for_another_record() -> None:
    assert written("a\nERROR forged\r\x1b[2J\u2028b") == (
        "ERROR a\n    ERROR forged\\r\\x1b[2J\\u2028b"
    )
    assert written("Grüße\taus Zürich 🙂") == "ERROR Grüße\taus Zürich 🙂"


def test_nor_can_the_text_of_an_error() -> None:
    try:
        raise ValueError("a\nERROR forged")
    except ValueError as error:
        lines = written("failed", error=error).splitlines()
    assert lines[0] == "ERROR failed"
    assert "    ERROR forged" in lines
    assert all(line.startswith("    ") for line in lines[1:])
