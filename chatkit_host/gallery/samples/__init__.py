"""Samples of every component: for the gallery, the screenshots and the tests."""

from __future__ import annotations

from chatkit_host.gallery.samples import boxes, buttons, choices, fields, pictures, roots, words
from chatkit_host.gallery.samples.sample import Sample

SAMPLES: dict[str, list[Sample]] = dict(
    sorted(
        {
            **words.SAMPLES,
            **pictures.SAMPLES,
            **buttons.SAMPLES,
            **choices.SAMPLES,
            **fields.SAMPLES,
            **boxes.SAMPLES,
            **roots.SAMPLES,
        }.items()
    )
)
"""By the name of the component."""

__all__ = ["SAMPLES", "Sample"]
