"""The lock that all use of PDFium takes: it keeps state of its own and serves one thread at a time."""

from __future__ import annotations

from threading import RLock

PDFIUM_LOCK = RLock()
"""Held while PDFium is called, by whoever calls it; the holder may take it again."""
