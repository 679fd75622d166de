"""The pages: home, search, papers, and the reading view of a page or a passage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from indexer.errors import BoardsearchError, OriginalGone, PageOutOfRange, QueryEmpty, UsageError
from indexer.model import Document, MediaType, Page, Span
from indexer.search.library import Library
from indexer.search.results import Source
from indexer.search.scans import page_ranges, pages_needing_ocr, scan_of
from webapp import browsing, forms, originals, walking
from webapp.images import WIDTHS, ImageKey, drawn_width
from webapp.presenters import answers, reading, searching
from webapp.presenters import documents as papers
from webapp.presenters.coverage import coverage_table
from webapp.presenters.strip import strip
from webapp.presenters.timeline import timeline
from webapp.service import library, service

pages = Blueprint("pages", __name__)

MOST_QUOTES = 5
EXAMPLES = (
    "What did we learn about co-sleeping?",
    "domestic abuse screening by health visitors",
    "recommendations on neglect",
    "child sexual exploitation training",
    "supervision of social workers",
)
PDF_HEADERS = {"Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'"}
OTHER_HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox"}


@pages.get("/")
def home() -> str:
    """The search box, what is in here, and ways in for those who want to look around."""
    held = library()
    return render_template(
        "home.html",
        form=forms.SearchForm(),
        coverage=held.coverage(),
        examples=EXAMPLES,
        browse=browsing.ways_in(held),
    )


@pages.get("/search")
def search() -> ResponseReturnValue:
    """Answer and hits; the form alone where nothing was asked yet, with the reason where it cannot be."""
    form = forms.read_form(request.args)
    if "q" not in request.args and not form.filters:
        return render_template("search.html", form=form, results=None)
    try:
        return search_results(library(), form)
    except UsageError as error:
        return render_template("search.html", form=form, results=None, error=error), 400


def search_results(held: Library, form: forms.SearchForm) -> ResponseReturnValue:
    """The page of hits that ``form`` asks for; raises UsageError where the question cannot be asked."""
    if not form.q and not form.filters:
        raise QueryEmpty
    results = held.search(form.request())
    pages_in_all = searching.page_count(results.folded_total)
    if form.page > pages_in_all:
        return redirect(searching.search_url(form, page=pages_in_all))
    wants_answer = form.q and form.page == 1 and form.sort == "relevance" and results.hits
    answer = held.answer(form.request(), most=MOST_QUOTES) if wants_answer else None
    if not results.hits:
        service().count_unanswered(form)
    return render_template(
        "search.html",
        form=form,
        results=results,
        answer=answer,
        answer_groups=answers.groups(answer) if answer else [],
        figure_tables=answers.figure_tables(answer) if answer else [],
        facets=searching.facets(form, results),
        timeline=timeline(results.facets["year"], lambda year: searching.year_url(form, year)),
        tags=searching.tags(form),
        sorts=searching.sort_links(form),
        shown=searching.range_words(results),
        paging=searching.paging(form.page, pages_in_all, lambda n: searching.search_url(form, page=n)),
        wider=replace(form, filters=(), page=1, boilerplate=True),
        asked=replace(form, q=results.suggestion or form.q) if results.corrected else form,
        search_url=searching.search_url,
        feed_url=searching.feed_url,
        name=forms.clean(request.args.get("name", "")),
    )


@pages.get("/documents")
def documents() -> str:
    """All papers, narrowed by kind and year."""
    held = library()
    listing = browsing.list_papers(held.catalogue.documents(), request.args)
    return render_template("documents.html", listing=listing, unread=held.catalogue.unread())


@pages.get("/coverage")
def coverage() -> str:
    """Papers by board and year, the gaps between, and what could not be read."""
    catalogue = library().catalogue
    found = catalogue.documents()
    return render_template(
        "coverage.html",
        table=coverage_table(found),
        unread=catalogue.unread(),
        ids={document.file: document.id for document in found},
    )


@pages.get("/documents/<document_id>")
def document(document_id: str) -> str:
    """What a paper is, what it holds, and where."""
    catalogue = library().catalogue
    found = catalogue.document(document_id)
    places = papers.Places(found, catalogue.pages(found.id), catalogue.passages(found.id))
    parts, tables = catalogue.parts(found.id), catalogue.tables(found.id)
    stated = catalogue.statements(found.id)
    return render_template(
        "document.html",
        document=found,
        original=papers.original_url(found),
        parts=papers.contained(parts, places),
        outline=papers.outline(catalogue.sections(found.id), places),
        statements=papers.statements(stated, places),
        subgroups=papers.named(catalogue.subgroups(found.id), places),
        cases=papers.named(catalogue.cases(found.id), places),
        acronyms=papers.acronyms(catalogue.acronyms(found.id), places),
        tables=papers.tables(tables, places),
        strip=strip(found, parts, tables, stated, places.passages),
        corrections=catalogue.corrections(found.id),
        scan=scan_of(places.passages),
        needs_ocr=pages_needing_ocr(catalogue.unread(found.file)),
        page_ranges=page_ranges,
        unread=catalogue.unread(found.file),
        first_passage=next((passage.id for passage in places.passages), None),
    )


@pages.get("/documents/<document_id>/pages/<number>")
def page(document_id: str, number: str) -> str:
    """One page: its image, and its text beside it."""
    held = library()
    found = held.catalogue.document(document_id)
    all_pages, this = find_page(held, found, number)
    passages = held.catalogue.passages(found.id, this.number)
    return render_template(
        "page.html",
        document=found,
        scan=scan_of(passages),
        form=forms.read_form(request.args),
        view=page_view(held, found, this, marks=spans_found(held, found, this)),
        outline=papers.outline(held.catalogue.sections(found.id), papers.Places(found, all_pages, ())),
        neighbours=browsing.neighbours(all_pages, this),
        passages=passages,
        unread=[u for u in held.catalogue.unread(found.file) if u.page == this.number],
        original=papers.original_url(found, this.number),
        has_original=has_original(held, found),
        search_url=searching.search_url,
    )


@pages.get("/documents/<document_id>/passages/<passage_id>")
def passage(document_id: str, passage_id: str) -> str:
    """A passage on its page, or pages, with its citation."""
    held = library()
    form = forms.read_form(request.args)
    source = held.source(held.catalogue.document(document_id).id, passage_id)
    found, cited = source.document, source.passage
    shown = {ref.number for ref in cited.pages} if found.page_count else set()
    views = [page_view(held, found, p, source) for p in held.catalogue.pages(found.id) if p.number in shown]
    return render_template(
        "passage.html",
        source=source,
        document=found,
        form=form,
        found=held.highlights(cited.text, form.q) if form.q else (),
        views=views,
        walk=walking.walk_through(held, form, source, request.args.get("in") == walking.INSIDE),
        around=None if views else text_around(held, source),
        original=papers.original_url(found, min(shown, default=None)),
        has_original=has_original(held, found),
        search_url=searching.search_url,
    )


@pages.get("/documents/<document_id>/pages/<number>/image")
def image(document_id: str, number: str) -> Response:
    """A page as a PNG; ``w`` is the width wanted in pixels."""
    held = library()
    found = held.catalogue.document(document_id)
    _, this = find_page(held, found, number)
    source = originals.source_of(held, found)
    asked = request.args.get("w", "")
    width = drawn_width(int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else WIDTHS[1]
    response = Response(mimetype="image/png")
    response.set_etag(ImageKey(source.checksum, this.number, width).etag)
    response.headers["Cache-Control"] = "private, max-age=3600"
    if response.make_conditional(request).status_code != 304:
        path = originals.original_path(service().settings, source)
        response.set_data(service().images.get(path, source, this.number, width))
    return response


@pages.get("/documents/<document_id>/file")
def original(document_id: str) -> Response:
    """The paper's own file: a PDF to read in the browser, anything else to keep."""
    held = library()
    found = held.catalogue.document(document_id)
    source = originals.source_of(held, found)
    is_pdf = found.media is MediaType.PDF
    response = send_file(
        originals.open_original(service().settings, source),
        mimetype=originals.MIME_TYPES[found.media],
        as_attachment=not is_pdf,
        download_name=PurePosixPath(found.file).name,
        etag=source.checksum,
        conditional=True,
    )
    # A browser's own PDF viewer has scripts and styles; a paper's HTML must run nothing of its own.
    response.headers.update(PDF_HEADERS if is_pdf else OTHER_HEADERS)
    return response


# ---------------------------------------------------------------- what the reading views share


def find_page(held: Library, found: Document, number: str) -> tuple[tuple[Page, ...], Page]:
    """All pages of a paper and the one asked for; raises PageOutOfRange."""
    all_pages = held.catalogue.pages(found.id)
    for each in all_pages:
        if str(each.number) == number:
            return all_pages, each
    if not all_pages:
        raise PageOutOfRange(
            f"“{found.title}” has no page numbers.", "Open it from its own page, under Papers."
        )
    raise PageOutOfRange(
        f"“{found.title}” has no page {forms.clean(number)[:20]}.",
        f"Its pages are 1 to {all_pages[-1].number}.",
    )


def page_view(
    held: Library,
    found: Document,
    this: Page,
    source: Source | None = None,
    marks: tuple[Span, ...] = (),
) -> dict[str, object]:
    """What the template draws of a page: its image with the passage or ``marks``, and its text in runs."""
    spans = source.passage.spans if source else ()
    blocks = held.catalogue.blocks(found.id, this.number)
    return {
        "page": this,
        "figure": reading.page_figure(found, this, spans or marks),
        "runs": reading.text_runs(blocks, reading.TextMarker(finder(held), spans)),
        "furniture": reading.furniture(blocks),
    }


def spans_found(held: Library, found: Document, this: Page) -> tuple[Span, ...]:
    """Where the passages of a page stand that hold the question in this request's address."""
    question = forms.clean(request.args.get("q", ""))
    try:
        holds = held.holds(question) if question else None
    except UsageError:
        return ()
    passages = held.catalogue.passages(found.id, this.number) if holds else ()
    return tuple(span for passage in passages if holds and holds(passage.text) for span in passage.spans)


def text_around(held: Library, source: Source) -> tuple[reading.Run, ...]:
    """The text about a passage of a paper without pages."""
    blocks = reading.blocks_around(held.catalogue.blocks(source.document.id), source.passage)
    return reading.text_runs(blocks, reading.TextMarker(finder(held), source.passage.spans))


def finder(held: Library) -> reading.Finder:
    """Finds the words of the question in this request's address; nothing where there is none."""
    question = forms.clean(request.args.get("q", ""))

    def find(text: str) -> tuple[tuple[int, int], ...]:
        try:
            return held.highlights(text, question) if question else ()
        except BoardsearchError:
            # The page can be read without its question; only the search page answers for that.
            return ()

    return find


def has_original(held: Library, found: Document) -> bool:
    """Whether the paper's file is still where it was, as large as it was."""
    try:
        originals.original_path(service().settings, originals.source_of(held, found))
    except OriginalGone:
        return False
    return True


@pages.get("/guide")
def guide() -> str:
    """How to search, in plain words."""
    return render_template("guide.html")


@pages.get("/favicon.ico")
def favicon() -> ResponseReturnValue:
    """Where browsers look unasked."""
    return redirect(url_for("static", filename="favicon.svg"), 301)
