"""What the board office does with its papers: send, correct and withdraw them, and see what is missing."""

from __future__ import annotations
