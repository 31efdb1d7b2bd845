"""Raw answers are read rightly."""

from __future__ import annotations

import pytest

from bench.http.answers import check, events_in

DELTA = b'data: {"type":"thread.item.updated"}\n\n'
END = b'data: {"type":"thread.item.done"}\n\n'


def chunked(*chunks: bytes) -> bytes:
    framed = b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)
    return b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + framed + b"0\r\n\r\n"


def test_events_may_be_cut_by_chunks() -> None:
    answer = chunked(DELTA[:9], DELTA[9:] + END)
    assert events_in(answer) == [DELTA[6:-2], END[6:-2]]


def test_comments_are_no_events() -> None:
    assert events_in(chunked(b": keep-alive\n\n", END)) == [END[6:-2]]


def test_an_answer_that_lacks_something_is_no_answer() -> None:
    check([chunked(DELTA, DELTA, END)], deltas=2)
    with pytest.raises(RuntimeError, match="1 deltas instead of 2"):
        check([chunked(DELTA, END)], deltas=2)
    with pytest.raises(RuntimeError):
        check([chunked(DELTA, DELTA)], deltas=2)
