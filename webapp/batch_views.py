"""A list of questions, asked at once: one pack, or a spreadsheet, with the best passages of each.

The list is answered while its sender waits: fifty questions take a few seconds, and a bound on the time
holds where they do not. So nothing has to be kept of a list, and no page has to ask how far it is.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.answer_packs.batch import Asked, ask, to_pack
from indexer.answer_packs.handing import hand_on
from indexer.answer_packs.model import AnswerPack
from indexer.answer_packs.questions import MOST_QUESTIONS, read_list
from indexer.answer_packs.table import handout_to_csv
from indexer.errors import QuestionsInvalid
from webapp import collecting
from webapp.forms import clean, one_of
from webapp.pack_views import base_url, start
from webapp.service import library

batches = Blueprint("batches", __name__)

EACH = ("3", "1", "2", "4")
"""Passages of each question, the first unless chosen: a full list of four each is a full pack."""
FORMS = ("pack", "csv")


@batches.get("/batch")
def form() -> str:
    """Where a list is pasted or sent."""
    return _form()


@batches.post("/batch")
def answer() -> ResponseReturnValue:
    """The list's pack, or its spreadsheet; the form again with what is wrong."""
    try:
        questions = _questions()
    except QuestionsInvalid as error:
        return _form(error), 400
    each = int(one_of(request.form, "each", EACH))
    asked = ask(library(), questions, each)
    if one_of(request.form, "as", FORMS) == "csv":
        return _csv(asked)
    start(lambda pack: to_pack(pack, asked))
    return redirect(url_for("packs.mine"), 303)


def _questions() -> tuple[str, ...]:
    """Those of the file, where one was chosen, else those that were pasted."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return read_list(request.form.get("questions", "").encode())
    if clean(request.form.get("questions", "")):
        raise QuestionsInvalid(
            "There are questions in the box and a file was chosen.", "Send one or the other."
        )
    return read_list(file.read(), file.filename)


def _csv(asked: tuple[Asked, ...]) -> Response:
    handout = hand_on(to_pack(AnswerPack(""), asked), library())
    data = handout_to_csv(handout, base_url()).encode("utf-8-sig")
    response = Response(data, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=answers.csv"
    return response


def _form(error: QuestionsInvalid | None = None) -> str:
    return render_template(
        "batch.html",
        error=error,
        typed=request.form.get("questions", ""),
        each=sorted(EACH),
        chosen=request.form.get("each", EACH[0]),
        chosen_form=request.form.get("as", FORMS[0]),
        most=MOST_QUESTIONS,
        pack=collecting.held_pack(),
    )
