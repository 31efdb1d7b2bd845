"""`storage`: where threads are kept."""

from __future__ import annotations

from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, WithJsonSchema

from chatkit_host.config.kinds import problem
from chatkit_host.config.section import Section

SCHEMES = ("memory", "sqlite", "postgresql")


def _known(url: SecretStr) -> SecretStr:
    text = url.get_secret_value()
    scheme = text.partition(":")[0]
    if scheme in SCHEMES and (text == "memory:" or "://" in text):
        return url
    cure = "write memory:, sqlite:///path/to/file.db or postgresql://user@host/name"
    raise problem("storage", "this is no place to store threads", cure=cure)


StorageUrl = Annotated[SecretStr, AfterValidator(_known), WithJsonSchema({"type": "string"})]


class Storage(Section):
    """The database; a URL for short. The URL may hold a password, so it is a secret."""

    short: ClassVar[str | None] = "url"

    url: StorageUrl = Field(
        SecretStr("sqlite:///.chatkit/chatkit.db"),
        description="memory:, sqlite:///path or postgresql://…",
    )

    @property
    def scheme(self) -> str:
        """memory, sqlite or postgresql."""
        return self.url.get_secret_value().partition(":")[0]

    @property
    def shown(self) -> str:
        """The URL without its password, for logs and pages."""
        url = self.url.get_secret_value()
        password = urlsplit(url).password
        return url.replace(f":{password}@", ":***@") if password else url
