"""Icon names."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from chatkit_host.icons import IconName

ADAPTER: TypeAdapter[IconName] = TypeAdapter(IconName)


@pytest.mark.parametrize("name", ["sparkle", "write-alt2", "vendor:acme", "lucide:tree-pine"])
def test_an_icon_is_built_in_or_of_a_set(name: str) -> None:
    assert ADAPTER.validate_python(name) == name


@pytest.mark.parametrize("name", ["sparkles", "", "acme:vendor", " sparkle"])
def test_any_other_name_is_none(name: str) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(name)
