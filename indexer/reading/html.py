"""Saved web pages, by lxml: the words of the page itself, without navigation, banners and forms."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

from indexer.errors import UnreadableFile
from indexer.model import Reading, UnreadCode
from indexer.reading.flowing import Flow
from indexer.reading.text import decode

_SILENT = frozenset(
    """script style noscript template svg math nav header footer aside button select input textarea
    iframe object embed video audio canvas dialog head""".split()
)
_SILENT_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog menu".split()
)
_SILENT_NAMES = re.compile(
    r"cookie|consent|breadcrumb|skip-?(?:to|link|nav)|(?:^|[-_ ])(?:nav|menu|sidebar|share|social|footer|"
    r"masthead|pagination)(?:[-_ ]|$)",
    re.I,
)
_BLOCKS = frozenset(
    """p div section article main li dd dt blockquote pre figcaption caption address h1 h2 h3 h4 h5 h6 ul ol
    dl table tr td th body fieldset figure details summary hr br center""".split()
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def read_html(path: Path) -> Reading:
    """Read a saved web page; raises UnreadableFile where nothing of it is left to read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            UnreadCode.UNREADABLE, f"The file cannot be opened ({error.strerror}). Check its permissions."
        ) from error
    root = _parse(data)
    title = root.findtext(".//title") or ""
    flow = Flow()
    for part in _main_parts(root):
        _walk(flow, part)
    advice = "If the page shows words in a browser, a script puts them there: print it to PDF instead."
    return flow.reading(" ".join(title.split()), advice)


def _parse(data: bytes) -> HtmlElement:
    declared = _DECLARED.search(data[:4096])
    try:
        text = data.decode(declared[1].decode()) if declared else decode(data)
    except (LookupError, UnicodeDecodeError):
        text = decode(data)
    try:
        # A declaration of an encoding inside text that is decoded already is refused by lxml.
        return lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (lxml.etree.LxmlError, ValueError) as error:
        raise UnreadableFile(
            UnreadCode.DAMAGED, f"It is no web page that can be read ({error}). Save the page again."
        ) from error


def _main_parts(root: HtmlElement) -> list[HtmlElement]:
    """The page's main part where it names one with words in it, else its body."""
    main = root.xpath("//main | //*[@role='main']") or root.xpath("//article")
    outermost = [part for part in main if not any(other in main for other in part.iterancestors())]
    if any(part.text_content().strip() for part in outermost):
        return outermost
    body = root.find("body")
    return [body if body is not None else root]


def _is_silent(element: HtmlElement) -> bool:
    """Whether an element is furniture of the site rather than part of the paper."""
    names = f"{element.get('id', '')} {element.get('class', '')}"
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    styled = "display:none" in element.get("style", "").replace(" ", "")
    role = element.get("role", "") in _SILENT_ROLES
    return element.tag in _SILENT or role or hidden or styled or bool(_SILENT_NAMES.search(names))


def _walk(flow: Flow, element: HtmlElement) -> None:
    """Take in an element: its running text as a paragraph each, its blocks one after the other."""
    if element.tag == "table" and _holds_data(element):
        for row in element.iter("tr"):
            flow.row([_words(cell) for cell in row if cell.tag in ("td", "th")])
        return
    running = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or _is_silent(child):
            pass
        elif any(isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in child.iter()):
            _end_paragraph(flow, element, running)
            _walk(flow, child)
        else:
            running.append(_words(child))
        running.append(child.tail or "")
    _end_paragraph(flow, element, running)


def _end_paragraph(flow: Flow, element: HtmlElement, running: list[str]) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else None
    in_item = tag == "li" or any(outer.tag == "li" for outer in element.iterancestors())
    flow.paragraph("".join(running), level=level, item=in_item and level is None)
    running.clear()


def _holds_data(table: HtmlElement) -> bool:
    """Whether a table is one: tables inside it, or a single column, mean that it only lays the page out."""
    nested = any(inner is not table for inner in table.iter("table"))
    columns = max((sum(cell.tag in ("td", "th") for cell in row) for row in table.iter("tr")), default=0)
    longest = max((len(_words(cell)) for cell in table.iter("td")), default=0)
    return not nested and columns > 1 and longest < 2000


def _words(element: HtmlElement) -> str:
    """The text of an element without what is silent in it."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and not _is_silent(child):
            pieces.append(f" {_words(child)} " if child.tag in _BLOCKS else _words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
