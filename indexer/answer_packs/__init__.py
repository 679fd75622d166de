"""Answer packs: passages that someone collected to hand on, each with its citation and a note."""

from __future__ import annotations
