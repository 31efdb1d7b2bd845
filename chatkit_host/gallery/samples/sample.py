"""What a sample is."""

from __future__ import annotations

from dataclasses import dataclass

from chatkit_host.gallery.samples.trees import Tree


@dataclass(frozen=True, slots=True)
class Sample:
    """A widget that shows some props of a component; `name` says which."""

    name: str
    tree: Tree
