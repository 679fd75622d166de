"""The office view of the papers: sending, correcting and withdrawing them, and how far the index is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from indexer.errors import BoardsearchError, CorrectionsInvalid, InvalidParameter, UploadRefused
from indexer.model import Document, DocumentKind
from indexer.office.correcting import correct, corrected_values, forget_corrections
from indexer.office.uploads import MOST_BYTES, Uploaded, take_in
from indexer.office.withdrawing import LONGEST_REASON, put_back, withdraw
from indexer.withdrawals import Withdrawals
from webapp.forms import clean, one_of
from webapp.handlers import status_of
from webapp.office import office
from webapp.presenters.coverage import coverage_table
from webapp.presenters.words import kind_name
from webapp.service import library, service

__all__ = ["office"]  # with the pages of this module; those of judging are in office.py

MOST_FILES = 20
"""Files in one go."""
FIELDS = ("title", "kind", "body", "date", "years")
KEEP = ("keep", "delete")


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one file that was sent."""

    name: str
    taken: Uploaded | None
    error: BoardsearchError | None


@office.get("/")
def home() -> str:
    """What there is to do."""
    catalogue = library().catalogue
    return render_template(
        "office_home.html",
        run=service().builds.state(),
        counts=catalogue.counts(),
        unread=catalogue.unread(),
        gaps=[row for row in coverage_table(catalogue.documents()).rows if row.gaps],
        withdrawn=Withdrawals(service().settings.index).all(),
        months=service().unanswered.months(),
        missed=service().unanswered.missed(),
    )


# ---------------------------------------------------------------- sending


@office.get("/upload")
def upload_form() -> str:
    """Where papers are chosen."""
    return render_template("office_upload.html", most=MOST_BYTES, files=MOST_FILES)


@office.post("/upload")
def upload() -> ResponseReturnValue:
    """Take papers in, each for itself, and have them read."""
    files = [file for file in request.files.getlist("file") if file.filename]
    try:
        if not files:
            raise UploadRefused("No file was chosen.", "Choose one or more papers, then send them.")
        if len(files) > MOST_FILES:
            raise UploadRefused(
                f"{len(files)} files were sent; the most is {MOST_FILES}.", "Send fewer at once."
            )
    except UploadRefused as error:
        page = render_template("office_upload.html", most=MOST_BYTES, files=MOST_FILES, error=error)
        return page, 400
    sent = [_take_in(file) for file in files]
    if any(one.taken for one in sent):
        service().builds.request()
    failed = [status_of(one.error) for one in sent if one.error]
    page = render_template("office_sent.html", sent=sent)
    return page, failed[0] if len(failed) == len(sent) else 200


def _take_in(file: FileStorage) -> Sent:
    name = file.filename or ""
    try:
        known = library().catalogue.sources()
        return Sent(name, take_in(service().settings, known, file.stream, name), None)  # type: ignore[arg-type]
    except BoardsearchError as error:
        return Sent(name, None, error)


# ---------------------------------------------------------------- reading


@office.get("/build")
def build() -> str:
    """How far it is; a script asks again, else a link."""
    return render_template("office_build.html", run=service().builds.state())


@office.post("/build")
def start_build() -> ResponseReturnValue:
    """Have the index brought up to date."""
    service().builds.request()
    return redirect(url_for("office.build"), 303)


# ---------------------------------------------------------------- correcting


@office.get("/papers")
def papers() -> str:
    """All papers, to choose one; narrowed by words of title or file."""
    wanted = clean(request.args.get("q", "")).casefold()
    found = library().catalogue.documents()
    kept = [d for d in found if wanted in d.title.casefold() or wanted in d.file.casefold()]
    return render_template("office_papers.html", documents=kept, wanted=wanted, total=len(found))


@office.get("/papers/<document_id>/correct")
def correct_form(document_id: str) -> str:
    """What the paper says of itself, to be put right."""
    document = library().catalogue.document(document_id)
    return _correct_form(document, _values(document))


@office.post("/papers/<document_id>/correct")
def correct_paper(document_id: str) -> ResponseReturnValue:
    """Put right what was changed in the form, or take all corrections back; then have it read."""
    document = library().catalogue.document(document_id)
    corpus = service().settings.corpus
    typed = {name: clean(request.form.get(name, "")) for name in FIELDS}
    try:
        if request.form.get("do") == "forget":
            forget_corrections(corpus, document.file)
        else:
            before = _values(document)
            changed = {name: _value(name, text) for name, text in typed.items() if text != before[name]}
            correct(corpus, document.file, changed)
    except CorrectionsInvalid as error:
        return _correct_form(document, typed, error), 400
    service().builds.request()
    return redirect(url_for("office.build"), 303)


def _correct_form(document: Document, typed: dict[str, str], error: CorrectionsInvalid | None = None) -> str:
    try:
        corrected = sorted(corrected_values(service().settings.corpus, document.file))
    except CorrectionsInvalid as found:
        corrected, error = [], error or found
    kinds = [
        {"value": k.value, "text": kind_name(k), "selected": k.value == typed["kind"]} for k in DocumentKind
    ]
    return render_template(
        "office_correct.html", document=document, typed=typed, kinds=kinds, corrected=corrected, error=error
    )


def _values(document: Document) -> dict[str, str]:
    """The paper's values as the form shows them."""
    return {
        "title": document.title,
        "kind": document.kind.value,
        "body": document.body,
        "date": document.date or "",
        "years": ", ".join(document.years),
    }


def _value(name: str, text: str) -> Any:
    """What was typed, as the file of corrections has it."""
    return [year for year in re.split(r"[,;\s]+", text) if year] if name == "years" else text


# ---------------------------------------------------------------- withdrawing


@office.get("/papers/<document_id>/withdraw")
def withdraw_form(document_id: str) -> str:
    """Whether it is meant, what becomes of the file, and what readers are told."""
    catalogue = library().catalogue
    document = catalogue.document(document_id)
    return render_template(
        "office_withdraw.html",
        document=document,
        sharing=catalogue.sharing(document.id),
        longest=LONGEST_REASON,
    )


@office.post("/papers/<document_id>/withdraw")
def withdraw_paper(document_id: str) -> ResponseReturnValue:
    """Take a paper out at once, then have the index made without it."""
    held = library()
    document = held.catalogue.document(document_id)
    keep = one_of(request.form, "file", KEEP) == "keep"
    why = clean(request.form.get("why", ""))
    if len(why) > LONGEST_REASON:
        raise InvalidParameter(
            f"The reason has {len(why):,} characters; the most is {LONGEST_REASON}.", "Shorten it."
        )
    ids = {each.file: each.id for each in held.catalogue.documents()}
    sources = held.catalogue.sources()
    service().images.forget(sources[document.file].checksum)
    try:
        withdraw(service().settings, sources, ids, document.file, why, keep)
    finally:
        service().builds.request(purge=True)
    return redirect(url_for("office.withdrawn"), 303)


@office.get("/withdrawn")
def withdrawn() -> str:
    """The withdrawn papers: the log, and the way back."""
    found = Withdrawals(service().settings.index).all()
    return render_template("office_withdrawn.html", withdrawn=found, run=service().builds.state())


@office.post("/withdrawn/back")
def back() -> ResponseReturnValue:
    """Let a withdrawn paper be read again."""
    put_back(service().settings, request.form.get("checksum", ""))
    service().builds.request()
    return redirect(url_for("office.build"), 303)


@office.get("/unanswered")
def unanswered() -> str:
    """Searches that found nothing."""
    counts = service().unanswered
    return render_template("office_unanswered.html", months=counts.months(), missed=counts.missed())
