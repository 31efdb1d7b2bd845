"""Pages of the web as sources, where nothing but their URL is known."""

from __future__ import annotations

from urllib.parse import urlsplit

from chatkit_host.types import URLSource


def page(url: str) -> URLSource:
    """A page, called after its host."""
    return URLSource(url=url, title=host(url))


def host(url: str) -> str:
    """The host in a URL as people know it; the URL itself where there is none."""
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:
        return url
