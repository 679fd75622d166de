"""The office view: marking hits as useful or not. There only where it is switched on, and only for the
computer that it runs on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.errors import InvalidParameter, JudgementsInvalid, NotFound, QueryEmpty, QueryTooLong, UsageError
from indexer.judging.export import qrels_text, topics_text
from indexer.judging.judgements import Current, Judgement, JudgementSet, current
from indexer.judging.measure import measure_own
from indexer.judging.model import Figures, Values
from indexer.judging.runs import name_of
from indexer.search.library import Library, SearchRequest
from indexer.search.question import LONGEST
from indexer.settings import is_loopback
from webapp.forms import clean
from webapp.service import library, service

office = Blueprint("office", __name__, url_prefix="/office")

HITS = 20
"""Hits of a question that can be marked: what the measures look at."""
GRADES = {"1": 1, "0": 0}
_GRADE_HINT = "Send 1 for useful, 0 for not useful, or nothing to take a mark back."


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A line of the list: a question, its marks, and what its hits are worth."""

    question: str
    useful: int
    useless: int
    figures: Values


@office.before_request
def only_here() -> None:
    """Let in the computer that the service runs on, under its own name: a page elsewhere that points a
    name at this computer is kept out. Raises NotFound."""
    name = urlsplit(f"//{request.host}").hostname or ""
    if not (is_loopback(request.remote_addr or "") and is_loopback(name)):
        raise NotFound("There is no such page here.", "Open the office view on the computer that it runs on.")


@office.get("/judgements")
def judgements() -> str:
    """The judged questions with counts, and what the search is worth by them now."""
    held = library()
    now = _current(held)
    figures, reason = _figures(held)
    values = {q.query: q.values for q in figures.questions} if figures else {}
    questions = [
        JudgedQuestion(
            question=question,
            useful=sum(grade > 0 for grade in own.values()),
            useless=sum(grade == 0 for grade in own.values()),
            figures=values.get(question, {}),
        )
        for question, own in now.grades.items()
    ]
    return render_template("judgements.html", questions=questions, figures=figures, reason=reason, now=now)


@office.get("/judgements/<name>")
def export(name: str) -> Response:
    """The judgement set as TREC files, to keep."""
    texts = {"qrels.txt": qrels_text, "topics.tsv": topics_text}
    if name not in texts:
        raise NotFound("There is no such file here.", f"There are {' and '.join(texts)}.")
    response = Response(texts[name](_current(library())), mimetype="text/plain")
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


@office.get("/judge")
def judge() -> ResponseReturnValue:
    """The hits of a question, each with its mark and the means to mark it."""
    held, question = library(), clean(request.args.get("q", ""))
    if not question:
        return redirect(url_for("office.judgements"))
    try:
        hits = held.search(SearchRequest(question, limit=HITS)).hits
    except UsageError as error:
        return render_template("judge.html", question=question, hits=(), marks={}, error=error), 400
    marks = _current(held).grades.get(" ".join(question.split()), {})
    by_hit = {hit.rank: marks.get(name_of(hit.source.document.id, hit.source.passage.id)) for hit in hits}
    return render_template("judge.html", question=question, hits=hits, marks=by_hit, error=None)


@office.post("/judge")
def mark() -> ResponseReturnValue:
    """Keep a mark or take it back; raises UsageError or NotFound for what no form of ours sends."""
    question = _question(request.form.get("q", ""))
    source = library().source(request.form.get("document", ""), request.form.get("passage", ""))
    document, passage, grade = source.document, source.passage, request.form.get("grade", "")
    kept = JudgementSet(service().settings.index)
    if grade in GRADES:
        kept.put(Judgement(question, document.file, document.id, passage.id, passage.text, GRADES[grade]))
    elif grade:
        raise InvalidParameter(f"The mark is “{clean(grade)[:20]}”.", _GRADE_HINT)
    else:
        kept.take_back(question, document.id, passage.id)
    rank = request.form.get("rank", "")
    anchor = f"hit-{rank}" if rank.isdecimal() and len(rank) < 4 else None
    return redirect(url_for("office.judge", q=question, _anchor=anchor), 303)


def _question(text: str) -> str:
    question = " ".join(clean(text).split())
    if not question:
        raise QueryEmpty
    if len(question) > LONGEST:
        raise QueryTooLong(len(question), LONGEST)
    return question


def _current(held: Library) -> Current:
    return current(JudgementSet(service().settings.index).all(), held.catalogue)


def _figures(held: Library) -> tuple[Figures | None, str]:
    """The figures, or why there are none yet."""
    try:
        return measure_own(held), ""
    except JudgementsInvalid as error:
        return None, error.hint
