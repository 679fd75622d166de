"""Answer packs: collecting passages, ordering and annotating them, handing them on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from typing import NoReturn

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict

from indexer.answer_packs import model
from indexer.answer_packs.batch import item_of
from indexer.answer_packs.handing import Handout, hand_on
from indexer.answer_packs.model import AnswerPack, Move
from indexer.answer_packs.payload import handout_to_json
from indexer.answer_packs.store import DAYS_ALONE, DAYS_SHARED, Holder
from indexer.answer_packs.table import handout_to_csv
from indexer.answer_packs.word import handout_to_word
from indexer.errors import NotFound, PackInvalid, UnknownPack, UsageError
from webapp import collecting
from webapp.forms import clean
from webapp.service import library, service

packs = Blueprint("packs", __name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


_MAKERS: dict[str, tuple[str, Callable[[Handout, str], bytes]]] = {
    "docx": (WORD, handout_to_word),
    # The mark lets spreadsheets know that it is UTF-8.
    "csv": ("text/csv; charset=utf-8", lambda h, base: handout_to_csv(h, base).encode("utf-8-sig")),
    "json": ("application/json", lambda h, base: _json(handout_to_json(h, base))),
}
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


# ---------------------------------------------------------------- one's own


@packs.post("/my-pack/add")
def add() -> ResponseReturnValue:
    """Collect a passage, into a new pack where there is none; back to where it was found."""
    back = collecting.local_path(request.form.get("back", ""), url_for("packs.mine"))
    document, _, passage = request.form.get("passage", "").partition("/")
    held = library()
    item = item_of(held.source(document, passage))
    search = collecting.search_of(back, held)
    _change(lambda pack: model.add(pack, item, search))
    return redirect(f"{back}#{collecting.anchor(item.key)}", 303)


@packs.get("/my-pack")
def mine() -> str:
    """The pack that this browser holds, to order, annotate and hand on."""
    return _editor()


@packs.post("/my-pack")
def save() -> ResponseReturnValue:
    """Keep all that the form says, then do what its button asks for."""
    right = _held()
    what, _, key = request.form.get("do", "save").partition(":")
    changes = [_written(request.form), _asked(what, key)]
    try:
        service().packs.change(right, lambda pack: reduce(lambda p, change: change(p), changes, pack))
    except UsageError as error:
        return _editor(error, request.form), 400
    return redirect(url_for("packs.mine") + _focus(what, key), 303)


@packs.get("/my-pack/delete")
def ask_delete() -> str:
    """Whether it is meant."""
    return render_template("pack_delete.html", pack=service().packs.held(_held()))


@packs.post("/my-pack/delete")
def delete() -> ResponseReturnValue:
    """Forget the pack for good."""
    service().packs.delete(_held())
    collecting.let_go()
    return redirect(url_for("packs.mine"), 303)


@packs.post("/my-pack/leave")
def leave() -> ResponseReturnValue:
    """Put the pack aside: the next passage begins another."""
    collecting.let_go()
    return redirect(url_for("packs.mine"), 303)


@packs.get("/my-pack/print")
def print_mine() -> str:
    """The pack as a page to print."""
    return _show(service().packs.held(_held()), own=True)


@packs.get("/my-pack/answer-pack.<form>")
def take_mine(form: str) -> Response:
    """The pack as a file, before it is shared."""
    return _file(service().packs.held(_held()), form)


# ---------------------------------------------------------------- by a link


@packs.get("/packs/<pack_id>")
def shared(pack_id: str) -> str:
    """A shared pack, to read."""
    return _show(service().packs.shared(pack_id), own=False)


@packs.get("/packs/<pack_id>/answer-pack.<form>")
def take_shared(pack_id: str, form: str) -> Response:
    """A shared pack as a file."""
    return _file(service().packs.shared(pack_id), form)


@packs.get("/packs/<pack_id>/edit/<key>")
def ask_edit(pack_id: str, key: str) -> str:
    """Whether this browser is to take a pack up: a link alone must not put another's in a reader's hands."""
    pack = service().packs.held(Holder(pack_id, key))
    return render_template("pack_edit.html", pack=pack, other=_other(pack_id))


@packs.post("/packs/<pack_id>/edit/<key>")
def edit(pack_id: str, key: str) -> ResponseReturnValue:
    """Take a pack up to change it."""
    right = Holder(pack_id, key)
    service().packs.held(right)
    collecting.hold(right)
    return redirect(url_for("packs.mine"), 303)


# ---------------------------------------------------------------- what they share


def base_url() -> str:
    """The address of this service for links that leave it."""
    return service().settings.url or request.url_root.rstrip("/")


def start(change: Callable[[AnswerPack], AnswerPack]) -> AnswerPack:
    """A new pack in this browser's hands."""
    pack, right = service().packs.start(change)
    collecting.hold(right)
    return pack


def _change(change: Callable[[AnswerPack], AnswerPack]) -> None:
    """Change the pack that this browser holds; where it holds none, or one that is gone, a new one."""
    right = collecting.holder()
    try:
        if right is not None:
            service().packs.change(right, change)
            return
    except UnknownPack:
        pass
    start(change)


def _held() -> Holder:
    right = collecting.holder()
    if right is None:
        raise UnknownPack("This browser holds no answer pack.", "Collect a passage first: that begins one.")
    return right


def _other(pack_id: str) -> AnswerPack | None:
    """The pack that would be put aside, where there is one with anything in it."""
    pack = collecting.held_pack()
    return pack if pack and pack.items and pack.id != pack_id else None


def _written(form: ImmutableMultiDict[str, str]) -> Callable[[AnswerPack], AnswerPack]:
    """What the fields say; a note to a passage that was removed elsewhere is passed over."""

    def change(pack: AnswerPack) -> AnswerPack:
        pack = model.describe(pack, clean(form.get("title", "")), clean(form.get("question", "")))
        for item in pack.items:
            if (note := form.get(f"note:{item.key}")) is not None:
                pack = model.annotate(pack, item.key, _clean_lines(note))
        return pack

    return change


def _asked(what: str, key: str) -> Callable[[AnswerPack], AnswerPack]:
    """What a button of the form asks for; raises PackInvalid for what no button does."""
    if what in list(Move):
        return lambda pack: model.move(pack, key, Move(what))
    buttons: dict[str, Callable[[AnswerPack], AnswerPack]] = {
        "save": lambda pack: pack,
        "remove": lambda pack: model.remove(pack, key),
        "share": lambda pack: replace(pack, shared=True),
        "unshare": lambda pack: replace(pack, shared=False),
    }
    return buttons.get(what, _no_button)


def _no_button(pack: AnswerPack) -> NoReturn:
    raise PackInvalid("The form asks for something that it has no button for.", "Load the page again.")


def _clean_lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def _focus(what: str, key: str) -> str:
    """Where to go on after a button: to the passage that was moved, or to the links that were made."""
    if what in list(Move):
        return f"#{collecting.anchor(key)}"
    return "#share" if what in ("share", "unshare") else ""


def _editor(error: UsageError | None = None, typed: ImmutableMultiDict[str, str] | None = None) -> str:
    pack, right = collecting.held_pack(), collecting.holder()
    links = {}
    if pack and right:
        base = base_url()
        links = {
            "read": base + url_for("packs.shared", pack_id=pack.id),
            "edit": base + url_for("packs.ask_edit", pack_id=right.id, key=right.key),
        }
    return render_template(
        "pack_mine.html",
        handout=hand_on(pack, library()) if pack else None,
        links=links,
        error=error,
        typed=typed or {},
        limits=model,
        days={"alone": DAYS_ALONE, "shared": DAYS_SHARED},
    )


def _show(pack: AnswerPack, *, own: bool) -> str:
    handout = hand_on(pack, library())
    return render_template("pack.html", handout=handout, own=own, base=base_url())


def _file(pack: AnswerPack, form: str) -> Response:
    if form not in _MAKERS:
        raise NotFound("There is no such file here.", "A pack comes as docx, csv or json.")
    media, make = _MAKERS[form]
    handout = hand_on(pack, library())
    response = Response(make(handout, base_url()), content_type=media)
    name = _NOT_IN_NAMES.sub("-", handout.title).strip("-")[:60].lower() or "answer-pack"
    response.headers["Content-Disposition"] = f"attachment; filename={name}.{form}"
    return response
