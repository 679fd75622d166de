"""What a request asks for, read from its address: leniently for pages, strictly for programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from indexer.errors import InvalidParameter, QueryEmpty
from indexer.search.library import SearchRequest
from indexer.search.results import FACETS, Filter

SORTS = ("relevance", "newest", "oldest")
PAGE_SIZE = 10
MOST_PAGES = 1000
MOST_HITS = 100
MOST_OFFSET = 10_000
MOST_PLAIN = 50
_LISTS = (*FACETS, "plain")
"""Parameters that may be given more than once."""
_FALSE = ("0", "false", "no", "off")
_TRUE = ("1", "true", "yes", "on")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

Args = MultiDict[str, str]


def clean(text: str) -> str:
    """The text without control characters, which no paper holds and no page may show."""
    return _CONTROL.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The state of the search page; its address holds all of it."""

    q: str = ""
    filters: tuple[Filter, ...] = ()
    page: int = 1
    sort: str = "relevance"
    expand: bool = True
    boilerplate: bool = False
    plain: tuple[str, ...] = ()
    """Words of the question that are searched as typed, the vocabulary's other words left out."""
    wish: bool = True
    spell: bool = True

    def params(self) -> list[tuple[str, str]]:
        """The address's parameters, defaults left out."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(filter_.field, value) for filter_ in self.filters for value in filter_.values]
        pairs += [("plain", words) for words in self.plain]
        changed = (
            ("sort", self.sort, self.sort != "relevance"),
            ("expand", "0", not self.expand),
            ("boilerplate", "1", self.boilerplate),
            ("wish", "0", not self.wish),
            ("spell", "0", not self.spell),
            ("page", str(self.page), self.page > 1),
        )
        return pairs + [(name, value) for name, value, is_changed in changed if is_changed]

    def query_string(self, **changes: object) -> str:
        """The part of the address after the question mark, with ``changes`` made to the fields."""
        return urlencode(replace(self, **changes).params())  # type: ignore[arg-type]

    def without(self, field: str, value: str) -> SearchForm:
        """The same search with one filter value taken off, from its first page."""
        return replace(self, filters=without_value(self.filters, field, value), page=1)

    def without_plain(self, words: str) -> tuple[str, ...]:
        """The words searched as typed, without these."""
        return tuple(each for each in self.plain if each != words)

    def request(self) -> SearchRequest:
        """What the library is asked for."""
        return SearchRequest(
            text=self.q,
            filters=self.filters,
            offset=(self.page - 1) * PAGE_SIZE,
            limit=PAGE_SIZE,
            sort=self.sort,
            expand=self.expand,
            boilerplate=self.boilerplate,
            plain=self.plain,
            wishes=self.wish,
            spelling=self.spell,
        )


def without_value(filters: tuple[Filter, ...], field: str, value: str) -> tuple[Filter, ...]:
    """The filters with one value taken off."""
    kept = (
        Filter(each.field, tuple(v for v in each.values if (each.field, v) != (field, value)))
        for each in filters
    )
    return tuple(each for each in kept if each.values)


def held_to(filters: tuple[Filter, ...], field: str, value: str) -> tuple[Filter, ...]:
    """The filters with one held to one value; without that filter where it is so already."""
    rest, only = tuple(each for each in filters if each.field != field), Filter(field, (value,))
    return rest if only in filters else (*rest, only)


def read_form(args: Args) -> SearchForm:
    """The search that an address of a page holds; what cannot be used falls back to its default."""
    sort = args.get("sort", "")
    return SearchForm(
        q=clean(args.get("q", "")),
        filters=read_filters(args),
        page=page_number(args),
        sort=sort if sort in SORTS else SORTS[0],
        expand=args.get("expand", "1").lower() not in _FALSE,
        boilerplate=args.get("boilerplate", "0").lower() in _TRUE,
        plain=read_plain(args),
        wish=args.get("wish", "1").lower() not in _FALSE,
        spell=args.get("spell", "1").lower() not in _FALSE,
    )


def page_number(args: Args) -> int:
    """Which page of a list, from 1; the first where what is asked for is no number."""
    page = args.get("page", "")
    is_number = page.isascii() and page.isdecimal() and len(page) < 10
    return min(max(int(page), 1), MOST_PAGES) if is_number else 1


def read_plain(args: Args) -> tuple[str, ...]:
    """The words to search as typed, each once."""
    return values_of(args, "plain")[:MOST_PLAIN]


def values_of(args: Args, name: str) -> tuple[str, ...]:
    """The values of a parameter that may be given more than once, each once, blank ones left out."""
    return tuple(dict.fromkeys(value for value in map(clean, args.getlist(name)) if value))


def read_filters(args: Args) -> tuple[Filter, ...]:
    """The facets held to values, each value once; blank values are no filter."""
    found = []
    for field in FACETS:
        values = values_of(args, field)
        if values:
            found.append(Filter(field, values))
    return tuple(found)


# ---------------------------------------------------------------- strict, for programs

SWITCHES = ("expand", "plain", "boilerplate", "wish", "spell")
SEARCH_PARAMETERS = ("q", *FACETS, "limit", "offset", "sort", *SWITCHES)
ANSWER_PARAMETERS = ("q", *FACETS, "limit", *SWITCHES)


def read_search_request(args: Args, allowed: Iterable[str], default_limit: int = PAGE_SIZE) -> SearchRequest:
    """The search that a program asks for; raises InvalidParameter or QueryEmpty."""
    check_parameters(args, allowed)
    return SearchRequest(
        text=question(args),
        filters=read_filters(args),
        offset=whole_number(args, "offset", 0, 0, MOST_OFFSET),
        limit=whole_number(args, "limit", default_limit, 1, MOST_HITS),
        sort=one_of(args, "sort", SORTS),
        expand=yes_or_no(args, "expand", True),
        boilerplate=yes_or_no(args, "boilerplate", False),
        plain=read_plain(args),
        wishes=yes_or_no(args, "wish", True),
        spelling=yes_or_no(args, "spell", True),
    )


def check_parameters(args: Args, allowed: Iterable[str]) -> None:
    """Raise InvalidParameter on a name that is not ``allowed``, one given twice, or a blank filter."""
    known = tuple(allowed)
    for name, values in args.lists():
        if name not in known:
            hint = f"Use only: {', '.join(known)}." if known else "Leave all parameters out."
            raise InvalidParameter(f"There is no parameter called “{clean(name)}” here.", hint)
        if name in FACETS and not all(clean(value) for value in values):
            raise InvalidParameter(f"The filter {name} is blank.", "Give it a value, or leave it out.")
        if name not in _LISTS and len(values) > 1:
            raise InvalidParameter(f"The parameter {name} is given more than once.", "Give it once.")


def question(args: Args) -> str:
    """The question; raises QueryEmpty, or InvalidParameter for one letter, which would find any list."""
    text = clean(args.get("q", ""))
    if not text:
        raise QueryEmpty
    if sum(map(str.isalpha, text)) < 2 and not any(map(str.isdecimal, text)):
        message = f"The question “{text[:40]}” has no word that can be searched for."
        raise InvalidParameter(message, "Give at least two letters or a digit.")
    return text


def name(args: Args) -> str:
    """The name asked for; raises InvalidParameter where there is none."""
    text = clean(args.get("name", ""))
    if not text:
        raise InvalidParameter("The parameter name is missing or blank.", "Give a case's name.")
    return text


def whole_number(args: Args, name: str, default: int, least: int, most: int) -> int:
    """A whole number from ``least`` to ``most``; raises InvalidParameter."""
    text = args.get(name)
    if text is None:
        return default
    if text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most:
        return int(text)
    raise InvalidParameter(
        f"The parameter {name} is “{clean(text)[:40]}”.", f"Give a whole number from {least} to {most}."
    )


def one_of(args: Args, name: str, choices: tuple[str, ...]) -> str:
    """One of ``choices``, the first where absent; raises InvalidParameter."""
    text = args.get(name, choices[0])
    if text in choices:
        return text
    raise InvalidParameter(
        f"The parameter {name} is “{clean(text)[:40]}”.", f"Use one of: {', '.join(choices)}."
    )


def yes_or_no(args: Args, name: str, default: bool) -> bool:
    """A switch, 1 or 0 (true and false are understood too); raises InvalidParameter."""
    text = args.get(name)
    if text is None:
        return default
    if text in ("1", "true"):
        return True
    if text in ("0", "false"):
        return False
    raise InvalidParameter(f"The parameter {name} is “{clean(text)[:40]}”.", "Use 1 or 0.")
