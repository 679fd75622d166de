"""Collecting passages into an answer pack: whose pack this browser holds, and the button on every page.

A page has one form for all its buttons, at its end; the frame draws it where a button was drawn. The
right to a pack stands in the session, and nothing about a reader anywhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from flask import Flask, g, session
from werkzeug.datastructures import MultiDict

from indexer.answer_packs import words
from indexer.answer_packs.model import AnswerPack, PackSearch
from indexer.answer_packs.store import Holder
from indexer.errors import BoardsearchError, UnknownPack
from indexer.search.library import Library
from webapp import forms
from webapp.presenters.searching import search_url
from webapp.presenters.words import facet_name, value_name
from webapp.service import service

_SESSION = "pack"
_SEARCHED = re.compile(r"/search|/documents/[^/]+/(?:pages|passages)/.+")
"""Where an address holds a search of all papers: the hits, and the pages that are opened from them."""
_IN_WORDS = (
    words.became,
    words.coverage_in_words,
    words.gaps_in_words,
    words.lines_of,
    words.moment_in_words,
    words.search_in_words,
    words.unread_in_words,
)


@dataclass(slots=True)
class Collecting:
    """What one page knows of its reader's pack."""

    pack: AnswerPack | None
    used: bool = False
    """Whether a button was drawn, so that the page needs the form."""
    drawn: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        """Passages in the pack."""
        return len(self.pack.items) if self.pack else 0

    def has(self, key: str) -> bool:
        """Whether a passage is in the pack."""
        return self.pack is not None and self.pack.has(key)

    def draw(self, key: str) -> str:
        """Note that a button for a passage is drawn; its id, empty where the page has one of it already."""
        self.used = True
        if key in self.drawn:
            return ""
        self.drawn.add(key)
        return anchor(key)


def register(app: Flask) -> None:
    """Give the templates their view of the reader's pack."""
    app.add_template_global(collecting, "collecting")
    for function in _IN_WORDS:
        app.add_template_global(function, function.__name__)
    app.jinja_env.globals.update(verbatim=words.VERBATIM, handling=words.HANDLING)


def collecting() -> Collecting:
    """The reader's pack as this page sees it; a pack that cannot be read costs no page."""
    if "collecting" not in g:
        try:
            g.collecting = Collecting(held_pack())
        except BoardsearchError:
            g.collecting = Collecting(None)
    found: Collecting = g.collecting
    return found


def holder() -> Holder | None:
    """The right to a pack that this browser holds, if any."""
    held = session.get(_SESSION)
    return Holder(held[0], held[1]) if isinstance(held, list) and len(held) == 2 else None


def hold(right: Holder) -> None:
    """Give this browser the right to a pack."""
    session[_SESSION] = [right.id, right.key]
    session.permanent = True


def let_go() -> None:
    """Take the right away from this browser; the pack stays for those who have its links."""
    session.pop(_SESSION, None)
    session.permanent = False


def held_pack() -> AnswerPack | None:
    """The pack that this browser may change; None where it holds none, or one that is gone."""
    right = holder()
    try:
        return service().packs.held(right) if right else None
    except UnknownPack:
        return None


def anchor(key: str) -> str:
    """The id of a passage's button on a page."""
    return f"collect-{key.rsplit('/', 1)[-1]}"


def search_of(back: str, library: Library) -> PackSearch | None:
    """The search that a page's address holds, with how much it finds; None where it holds none.

    Other pages have parameters of the same names: the register's kinds are not those of papers.
    """
    address = urlsplit(back)
    form = forms.read_form(MultiDict(parse_qsl(address.query)))
    if not _SEARCHED.fullmatch(address.path) or not (form.q or form.filters):
        return None
    try:
        found = library.search(form.request()).folded_total
    except BoardsearchError:
        return None
    filters = tuple(
        (facet_name(each.field), value_name(each.field, value))
        for each in form.filters
        for value in each.values
    )
    return PackSearch(form.q, filters, search_url(form, page=1), found)


def local_path(text: str, otherwise: str) -> str:
    """An address to go back to, on this site alone."""
    is_local = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if is_local and text == forms.clean(text) and len(text) < 4000 else otherwise
