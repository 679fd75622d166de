"""Results as lines to read on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.catalogue import Catalogue, Counts
from indexer.model import Correction, Document, Part, Place, Unread
from indexer.search.register import Entry
from indexer.search.results import Answer, Coverage, Hit, Quote, Results, Source
from indexer.search.scans import page_ranges, pages_needing_ocr, scan_of

_BOLD, _PLAIN = "\033[1m", "\033[0m"
_CODES = re.compile("\033\\[[0-9;]*m")
# Control characters in a paper's text must not drive the reader's terminal.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Style:
    """How text is laid out."""

    width: int = 100
    """Columns."""
    bold: bool = False
    """Whether matched words are set in bold; else they stand as they are."""

    def strong(self, text: str) -> str:
        """Text in bold, where that can be shown."""
        return f"{_BOLD}{text}{_PLAIN}" if self.bold else text

    def wrapped(self, text: str, first: str) -> Iterator[str]:
        """Text in lines of at most ``width`` columns, white space folded; after the first line, blanks as
        wide as ``first`` stand before it."""
        indent, line = first, ""
        for word in text.split():
            if line and len(indent) + len(_CODES.sub("", f"{line} {word}")) > self.width:
                yield indent + line
                indent, line = " " * len(first), word
            else:
                line = f"{line} {word}" if line else word
        if line:
            yield indent + line


def search_lines(results: Results, style: Style) -> Iterator[str]:
    """A page of hits: rank, where it stands, the sentence that matched, the citation."""
    yield from _understood(results)
    if not results.hits:
        yield nothing_found(results.coverage)
        return
    documents = counted(results.coverage.documents, "document")
    yield f"{counted(results.total, 'passage')} found in {documents}, {results.took_ms / 1000:.2f} s."
    for expansion in results.expansions:
        yield clean(f"Searched for “{expansion.typed}” and also: {', '.join(expansion.added)}.")
    if results.related:
        yield clean(f"Related: {', '.join(results.related)}.")
    for hit in results.hits:
        yield ""
        yield from hit_lines(hit, style)


def answer_lines(answer: Answer, style: Style) -> Iterator[str]:
    """The sentences that answer, each with its citation."""
    yield from _understood(answer)
    if not answer.quotes:
        yield no_sentence(answer.passages) if answer.passages else nothing_found(answer.coverage)
    for number, quote in enumerate(answer.quotes, 1):
        if number > 1:
            yield ""
        yield from _quote(number, quote, style)
    yield from _figures(answer, style)


def _figures(answer: Answer, style: Style) -> Iterator[str]:
    """The figures by year, a number a line with what it counts and where it stands."""
    if answer.figures:
        yield from ("", "Figures by year, as printed:")
    for figure in answer.figures:
        yield ""
        yield from style.wrapped(
            f"{style.strong(clean(figure.value))} ({figure.when}): {clean(figure.of)}", "    "
        )
        yield from style.wrapped(clean(figure.source.citation.text), "    — ")


def no_sentence(passages: int) -> str:
    """Passages match, and yet no sentence of theirs answers."""
    found = counted(passages, "passage")
    return f"No sentence answers this. `boardsearch search` shows {found} with words of it."


def nothing_found(coverage: Coverage) -> str:
    """An honest "nothing found": what was searched, and what could not be."""
    ends = dict.fromkeys(year for year in (coverage.first_year, coverage.last_year) if year)
    years = f", {' to '.join(ends)}" if ends else ""
    unread = [
        counted(number, noun)
        for number, noun in ((coverage.unread_files, "file"), (coverage.unread_pages, "page"))
        if number
    ]
    gap = f" {' and '.join(unread)} could not be read and may hold it." if unread else ""
    missing = f" No paper here tells of {', '.join(coverage.gaps)}." if coverage.gaps else ""
    return f"Nothing found in {counted(coverage.documents, 'document')}{years}.{gap}{missing}"


def list_lines(documents: Iterable[Document], unread: Iterable[Unread]) -> Iterator[str]:
    """A line a document, then what could not be read."""
    for document in documents:
        when = document.date or ", ".join(document.years) or "no date"
        pages = counted(document.page_count, "page") if document.page_count else "no pages"
        yield clean(f"{document.title} ({document.kind}, {when}, {pages})\n    {document.file}")
    yield from unread_lines(unread)


def unread_lines(unread: Iterable[Unread]) -> Iterator[str]:
    """The files and pages that could not be read, each with its reason."""
    found = tuple(unread)
    if found:
        yield "Could not be read:"
    for one in found:
        page = f", page {one.page}" if one.page is not None else ""
        yield clean(f"    {one.file}{page} [{one.code}] {one.reason}")


def register_lines(entries: Sequence[Entry], style: Style) -> Iterator[str]:
    """The register: each statement with who is to act by when, where stated, and its citation."""
    yield f"{counted(len(entries), 'statement')} found."
    for entry in entries:
        yield ""
        yield from _register_entry(entry, style)


def _register_entry(entry: Entry, style: Style) -> Iterator[str]:
    statement, undertaking = entry.statement, entry.undertaking
    number = f" {statement.number}" if statement.number else ""
    facts = (
        f"for {undertaking.owner}" if undertaking.owner else "",
        f"due {undertaking.due}" if undertaking.due else "",
        ", ".join(entry.years),
        ", ".join(entry.themes),
    )
    yield style.strong(
        clean(" · ".join(fact for fact in (f"{statement.kind.capitalize()}{number}", *facts) if fact))
    )
    yield from style.wrapped(clean(statement.text), "    ")
    yield from style.wrapped(clean(entry.citation.text), "    — ")


def document_lines(catalogue: Catalogue, document: Document) -> Iterator[str]:
    """A document: what it says of itself, its papers, outline, statements, cases and acronyms."""
    lines = [document.title, f"  {_described(document)}", f"  {document.file}"]
    key = document.id
    lines += _scanned(catalogue, document)
    parts = catalogue.parts(key)
    if len(parts) > 1:
        lines += ["", "Papers", *(_part(part) for part in parts)]
    sections = [f"{'  ' * s.level}{s.title}{_where(s.place)}" for s in catalogue.sections(key) if s.title]
    statements = [
        f"  {s.kind.capitalize()}{f' {s.label}' if s.label else ''}: {_folded(s.text)}{_where(s.place)}"
        for s in catalogue.statements(key)
    ]
    named = [
        (heading, [f"  {' / '.join((one.name, *one.aliases))}" for one in found])
        for heading, found in (("Subgroups", catalogue.subgroups(key)), ("Cases", catalogue.cases(key)))
    ]
    acronyms = [f"  {a.short}: {a.long}{_where(a.place)}" for a in catalogue.acronyms(key)]
    tables = [f"  {table.title or 'Untitled'}{_where(table.place)}" for table in catalogue.tables(key)]
    groups = [("Outline", sections), ("Statements", statements), *named, ("Acronyms", acronyms)]
    for heading, found in (*groups, ("Tables", tables)):
        lines += ["", heading, *found] if found else []
    yield from (clean(line) for line in lines)
    yield from _corrections(catalogue.corrections(key))
    yield from unread_lines(catalogue.unread(document.file))


def _scanned(catalogue: Catalogue, document: Document) -> Iterator[str]:
    """What was read from pictures, and what still is to be."""
    if scan := scan_of(catalogue.passages(document.id)):
        yield f"  Text recognised from a scan on {page_ranges(scan.pages)} (quality {scan.quality:.2f})"
    if needing := pages_needing_ocr(catalogue.unread(document.file)):
        yield f"  Needs OCR: {page_ranges(needing)} (boardsearch build --ocr reads them)"


def _corrections(found: Sequence[Correction]) -> Iterator[str]:
    if found:
        yield "\nCorrections"
    for one in found:
        item = f"Item {one.item}, " if one.item else ""
        was = "" if one.was is None else f", was {_value(one.was)}"
        yield clean(f"  {item}{one.field}: {_value(one.now)}{was}")


def _value(value: str | tuple[str, ...] | None) -> str:
    return (value if isinstance(value, str) else ", ".join(value or ())) or "none"


def counts_line(counts: Counts) -> str:
    """How much an index holds."""
    numbers = ((counts.documents, "document"), (counts.pages, "page"), (counts.sections, "section"))
    return ", ".join(counted(n, noun) for n, noun in (*numbers, (counts.passages, "passage")))


def counted(number: int, noun: str) -> str:
    """ "1 page", "1,200 pages"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _understood(found: Results | Answer) -> Iterator[str]:
    """How the question was understood, where that is not plain."""
    yield from map(clean, found.notes)
    if found.missing:
        yield clean(f"No paper has: {', '.join(found.missing)}.")
    if found.corrected:
        yield clean(f"Searched instead: {found.suggestion} (--no-spelling searches the words as typed).")
    elif found.suggestion:
        yield clean(f"Did you mean: {found.suggestion}")
    if found.wishes and found.wishes_followed:
        yield clean(
            f"Understood: {'; '.join(found.wishes)} first (--no-wishes searches these words instead)."
        )


def hit_lines(hit: Hit, style: Style) -> Iterator[str]:
    """A hit: where it stands, its best words, its citation."""
    source = hit.source
    yield from style.wrapped(style.strong(clean(_heading(source))), f"{hit.rank:>2}. ")
    start, end = hit.snippet
    yield from style.wrapped(_marked(source.passage.text, start, end, hit.highlights, style), "    ")
    yield from style.wrapped(clean(source.citation.text), "    — ")
    if source.passage.ocr_quality is not None:
        yield f"      Text recognised from a scan (quality {source.passage.ocr_quality:.2f})"
    for copy in hit.also_in:
        yield from style.wrapped(clean(copy.citation.text), "      also in ")


def _quote(number: int, quote: Quote, style: Style) -> Iterator[str]:
    text = _marked(quote.text, 0, len(quote.text), quote.highlights, style)
    yield from style.wrapped(f"“{text}”", f"{number:>2}. ")
    yield from style.wrapped(clean(quote.source.citation.text), "    — ")


def _heading(source: Source) -> str:
    path = source.section.path if source.section else ()
    return " › ".join(_folded(title) for title in dict.fromkeys((source.document.title, *path)) if title)


def _marked(text: str, start: int, end: int, highlights: Sequence[tuple[int, int]], style: Style) -> str:
    """A slice of a text with the matched words marked, word by word so that lines may break between."""
    pieces: list[str] = ["…" if start > 0 else ""]
    at = start
    for first, last in highlights:
        if start <= first and last <= end:
            marked = " ".join(style.strong(clean(word)) for word in text[first:last].split())
            pieces += [clean(text[at:first]), marked]
            at = last
    pieces += [clean(text[at:end]), "…" if end < len(text) else ""]
    return "".join(pieces)


def _described(document: Document) -> str:
    facts = (document.kind.replace("_", " "), document.body, document.date, ", ".join(document.years))
    pages = counted(document.page_count, "page") if document.page_count else None
    return " · ".join(fact for fact in (*facts, pages) if fact)


def _part(part: Part) -> str:
    item = f"{part.item}. " if part.item else ""
    facts = (part.kind.replace("_", " "), part.body, part.date, ", ".join(part.years))
    return f"  {item}{part.title} ({', '.join(fact for fact in facts if fact)}){_where(part.place)}"


def _where(place: Place) -> str:
    for word, ends in (("page", place.pages), ("line", place.lines or ())):
        if ends:
            first, last = ends[0], ends[-1]
            return f"  [{word} {first}]" if first == last else f"  [{word}s {first}-{last}]"
    return ""


def _folded(text: str) -> str:
    return " ".join(text.split())


def clean(text: str) -> str:
    """The text without control characters, which would drive a terminal."""
    return _CONTROLS.sub(" ", text)
