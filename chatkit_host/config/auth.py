"""`auth`: who may talk to the host."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Discriminator, Field, SecretStr, Tag

from chatkit_host.config.kinds import exactly_one, kind_of
from chatkit_host.config.section import Section

KINDS = ("anonymous", "api_keys")
LATER = ("jwt", "header")


class Anonymous(Section):
    """Anyone; each browser is a user of its own, by a signed cookie."""

    public: bool = Field(False, description="Allow it beyond this machine; wants `limits`.")


class AnonymousAuth(Section):
    """Users without a name."""

    kind: ClassVar[str] = "anonymous"
    later: ClassVar[frozenset[str]] = frozenset(LATER)
    anonymous: Anonymous = Anonymous.left_out()


class ApiKey(Section):
    """A key, and the user it stands for."""

    key: SecretStr = Field(min_length=1, description="The secret; take it from the environment.")
    user: str = Field(min_length=1, description="The user's id: the owner of what it makes.")
    name: str | None = Field(None, description="What templates see as `user.name`.")
    data: dict[str, Any] = Field({}, description="What else templates see of `user`.")

    def as_user(self) -> dict[str, Any]:
        """What templates see as `user`."""
        name = {"name": self.name} if self.name is not None else {}
        return {**self.data, **name, "id": self.user}


def _as_list(given: Any) -> Any:
    """A map of user ids to keys is a list of keys."""
    return [_entry(user, key) for user, key in given.items()] if isinstance(given, dict) else given


def _entry(user: str, key: Any) -> Any:
    if isinstance(key, dict):
        return {"user": user, **key}
    return {"user": user, "key": key}


class ApiKeysAuth(Section):
    """Users by key: `Authorization: Bearer <key>`."""

    kind: ClassVar[str] = "api_keys"
    later: ClassVar[frozenset[str]] = frozenset(LATER)
    api_keys: Annotated[tuple[ApiKey, ...], BeforeValidator(_as_list)] = Field(
        min_length=1, description="A map of user ids to keys, or a list of {key, user, name}."
    )


Auth = Annotated[
    Annotated[AnonymousAuth, Tag("=anonymous")] | Annotated[ApiKeysAuth, Tag("=api_keys")],
    Discriminator(kind_of(KINDS)),
    exactly_one("auth section", KINDS, later=LATER),
]
