"""Boardsearch: find past safeguarding learning in board papers, and cite the page it stands on."""

__version__ = "0.1.0"
