"""Searches saved under a name: in a signed cookie of the reader's own browser, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict

from webapp.forms import SearchForm, clean, read_form

COOKIE = "boardsearch_saved"
MOST_SAVED = 20
MOST_BYTES = 3500
"""Of the cookie: browsers keep 4,096 with its name."""
LONGEST_NAME = 100
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search under a name."""

    name: str
    query: str
    """The part of its address after the question mark, in one form whatever was sent."""

    @property
    def form(self) -> SearchForm:
        """The search that it is."""
        return form_of(self.query)


def form_of(query: str) -> SearchForm:
    """The search that an address's query holds, on its first page."""
    return read_form(MultiDict(parse_qsl(query.removeprefix("?"))))


def search_of(name: str, query: str) -> SavedSearch | None:
    """A search to save, named by its question where it has no name; None where there is nothing to search."""
    form = form_of(query)
    if not form.q and not form.filters:
        return None
    filters = ", ".join(value for each in form.filters for value in each.values)
    named = " ".join(clean(name).split()) or form.q or filters
    return SavedSearch(named[:LONGEST_NAME], form.query_string(page=1))


def saved_searches() -> tuple[SavedSearch, ...]:
    """What this browser has saved, the latest first; a cookie that is not ours holds nothing."""
    try:
        held = _serializer().loads(request.cookies.get(COOKIE, ""))
        return tuple(SavedSearch(str(name), str(query)) for name, query in held)
    except (BadSignature, TypeError, ValueError):
        return ()


def with_search(held: tuple[SavedSearch, ...], search: SavedSearch) -> tuple[SavedSearch, ...]:
    """The searches with one more, in place of another of the same name; the oldest drop out where there is
    no room."""
    kept = (search, *(each for each in held if each.name != search.name))[:MOST_SAVED]
    while len(kept) > 1 and len(_dump(kept)) > MOST_BYTES:
        kept = kept[:-1]
    return kept


def keep(response: Response, searches: tuple[SavedSearch, ...]) -> Response:
    """Let the browser keep these searches."""
    if searches:
        secure = request.is_secure
        response.set_cookie(COOKIE, _dump(searches), _YEAR, secure=secure, httponly=True, samesite="Strict")
    else:
        response.delete_cookie(COOKIE)
    return response


def named_url(address: str, name: str) -> str:
    """A search's address with its name, which the page then shows."""
    return f"{address}&{urlencode({'name': name})}"


def _dump(searches: tuple[SavedSearch, ...]) -> str:
    return str(_serializer().dumps([[each.name, each.query] for each in searches]))


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=COOKIE)
