"""Text and spans into marked-up text: the one place where words of the papers become HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from indexer.search.results import Hit, Quote

Span = tuple[int, int]
_NOTHING = Markup("")
_HYPHEN_AT_LINE_END = re.compile(r"(?<=[^\W\d_])-((?:</mark>)?)\n(?=(?:<mark>)?[^\W\d_])")
"""A line of the paper that ends in the middle of "six-week", which is not to be read as "six- week"."""


def marked(text: str, spans: Iterable[Span], window: Span | None = None) -> Markup:
    """The slice ``window`` of ``text`` (all of it where None), escaped, with ``spans`` in ``<mark>``.

    ``spans`` are slices of ``text``, ascending; parts outside the window are left out.
    """
    at, end = window or (0, len(text))
    pieces: list[Markup] = []
    for first, last in spans:
        first, last = max(first, at), min(last, end)
        if first < last:
            pieces += [escape(text[at:first]), Markup("<mark>{}</mark>").format(text[first:last])]
            at = last
    pieces.append(escape(text[at:end]))
    # Every letter stays; only the end of the paper's line becomes a place where ours may end.
    return Markup(_HYPHEN_AT_LINE_END.sub(r"-\1<wbr>", str(_NOTHING.join(pieces))))  # noqa: S704 - all escaped


def cited(text: str, spans: Iterable[Span], part: Span) -> Markup:
    """All of ``text`` with ``spans`` marked, and its slice ``part`` set off as what is cited."""
    found = tuple(spans)
    start, end = part
    if (start, end) == (0, len(text)):
        return marked(text, found)
    middle = Markup('<span class="app-cited__words">{}</span>').format(marked(text, found, (start, end)))
    return marked(text, found, (0, start)) + middle + marked(text, found, (end, len(text)))


def snippet(hit: Hit) -> Markup:
    """A hit's best sentences, an ellipsis where the passage goes on, the question's words marked."""
    text = hit.source.passage.text
    start, end = hit.snippet
    before = "… " if text[:start].strip() else ""
    after = " …" if text[end:].strip() else ""
    return before + marked(text, hit.highlights, (start, end)) + after


def marked_quote(quote: Quote) -> Markup:
    """An answer's sentence with the question's words marked."""
    return marked(quote.text, quote.highlights)
