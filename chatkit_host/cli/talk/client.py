"""The ChatKit protocol, from the client's side."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from http.cookiejar import LoadError, MozillaCookieJar
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

from chatkit_host.cli.failing import state_folder
from chatkit_host.errors import ConfigError

Json = dict[str, Any]


class RefusedError(Exception):
    """The server answered with an error; the text is what it said."""


class Client:
    """Sends requests to one endpoint, as one visitor: its cookies are kept between runs.

    Args:
        url: the endpoint.
        key: an API key, where the bot wants one.
    """

    def __init__(self, url: str, key: str | None) -> None:
        self._url = url
        self._jar = _cookies()
        headers = {"authorization": f"Bearer {key}"} if key else {}
        timeout = httpx.Timeout(10, read=None)
        self._http = httpx.Client(headers=headers, cookies=self._jar, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()
        _keep(self._jar)

    def ask(self, type: str, **params: Any) -> Any:
        """The JSON of one answer."""
        try:
            response = self._http.post(self._url, json=_request(type, params))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _unreachable(self._url, error) from error
        _check(response)
        return response.json()

    def stream(self, type: str, **params: Any) -> Iterator[Json]:
        """The events of one answer, as they come."""
        try:
            with self._http.stream("POST", self._url, json=_request(type, params)) as response:
                if response.is_error:
                    response.read()
                _check(response)
                yield from read_events(response.iter_bytes())
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _unreachable(self._url, error) from error


def read_events(chunks: Iterator[bytes]) -> Iterator[Json]:
    """Server-sent events out of bytes. Only a blank line ends one: JSON may hold U+2028."""
    rest = b""
    for chunk in chunks:
        *blocks, rest = (rest + chunk).split(b"\n\n")
        for block in blocks:
            if block.startswith(b"data: "):
                yield json.loads(block.removeprefix(b"data: "))


def _request(type: str, params: Json) -> Json:
    return {"type": type, "params": params}


def _check(response: httpx.Response) -> None:
    if not response.is_error:
        return
    try:
        message = response.json()["error"]["message"]
    except (ValueError, KeyError, TypeError):
        message = f"the server answered {response.status_code} {response.reason_phrase}"
    raise RefusedError(str(message))


def _unreachable(url: str, error: Exception) -> ConfigError:
    if isinstance(error, httpx.ConnectError):
        return ConfigError(f"Nothing answers at {url}. Is it served? Try: chatkit-host serve")
    return ConfigError(f"Talking to {url} failed: {error}")


def _cookies() -> MozillaCookieJar:
    jar = MozillaCookieJar(str(_jar_file()))
    try:
        jar.load()
    except (OSError, LoadError):
        jar.clear()  # the first visit, or a file that is no jar: a new visitor either way
    return jar


def _keep(jar: MozillaCookieJar) -> None:
    path = _jar_file()
    path.touch(mode=0o600)
    jar.save()


def _jar_file() -> Path:
    named = os.environ.get("CHATKIT_COOKIES")
    return Path(named) if named else state_folder() / "cookies.txt"
