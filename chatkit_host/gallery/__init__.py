"""The gallery: every component with its props, and every widget of a bot with data to try."""

from __future__ import annotations

from chatkit_host.gallery.catalogue import catalogue
from chatkit_host.gallery.live import LiveWidget, LiveWidgets, Shown
from chatkit_host.gallery.sample_data import sample_of

__all__ = ["LiveWidget", "LiveWidgets", "Shown", "catalogue", "sample_of"]
