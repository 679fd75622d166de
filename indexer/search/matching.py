"""How far a text answers a query, and where: the query tree held against one text's tokens.

Engines rank passages by what is rare in the whole corpus; this looks at one passage or sentence at
a time, for highlights, snippets, answers and the closer ranking of the best.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from indexer.search.analysis import PLACES, SAME_PLACE, Token
from indexer.search.query import (
    AllOf,
    Among,
    AnyOf,
    Best,
    Everything,
    Node,
    OneOf,
    Phrase,
    Prefix,
    Term,
    Without,
)

FEW_LINES = 25
"""Words within which ideas are told of together: a sentence and a half."""


Place = tuple[str, int]
"""A form, and its place in the order of words."""


class Words:
    """The words of one text, looked up by their form: at which positions it stands, ascending."""

    def __init__(self, places: Sequence[str], further: Sequence[Place] = ()) -> None:
        """``places``: the form at each position, empty where none; ``further``: other forms there."""
        self._places = places
        self._further = further
        # Of a hundred forms a question asks for a few. Their positions are gathered then: lists for all, in
        # a hundred texts a search, would take longer than the ranking.
        self._positions: dict[str, list[int] | None] = dict.fromkeys(places)
        self._positions.update(dict.fromkeys(form for form, _ in further))
        self._positions.pop("", None)
        self.count = len(places) + len(further)
        """How many tokens there are."""

    @classmethod
    def unpack(cls, packed: str) -> Words:
        """The words that ``analysis.pack`` packed."""
        places = packed.split(PLACES) if packed else []
        if SAME_PLACE not in packed:
            return cls(places)
        further = []
        for at, place in enumerate(places):
            if SAME_PLACE in place:
                places[at], *others = place.split(SAME_PLACE)
                further.extend([(form, at) for form in others])
        return cls(places, further)

    def of(self, form: str) -> Sequence[int]:
        """The positions of this form, in order."""
        if form not in self._positions:
            return ()
        known = self._positions[form]
        if known is None:
            known = self._positions[form] = self._gathered(form)
        return known

    def _gathered(self, form: str) -> list[int]:
        found: list[int] = []
        for _ in range(self._places.count(form)):
            found.append(self._places.index(form, found[-1] + 1 if found else 0))
        if self._further:
            found = sorted([*found, *(at for other, at in self._further if other == form)])
        return found

    def has(self, forms: tuple[str, ...]) -> bool:
        """Whether all of these forms are there, in whatever order."""
        positions = self._positions
        for form in forms:  # noqa: SIM110 - all() with its generator takes three times as long
            if form not in positions:
                return False
        return True

    def possible(self, node: Best) -> list[Node]:
        """The ways of saying that may be there: of a concept's dozens, a passage has the first word of one
        or two."""
        possible = list(node.others)
        for form in node.openings.keys() & self._positions.keys():
            possible.extend(node.openings[form])
        return possible

    def forms(self) -> Collection[str]:
        """The forms that are there, each once."""
        return self._positions.keys()

    def starting(self, prefix: str) -> Iterator[Place]:
        """Where words stand that begin so."""
        for form in self._positions:
            if form.startswith(prefix):
                for position in self.of(form):
                    yield form, position

    def runs(self, forms: tuple[str, ...], slop: int) -> Iterator[tuple[int, ...]]:
        """Positions at which these forms follow each other, with at most ``slop`` places between in all."""
        if not self.has(forms):
            return
        for first in self.of(forms[0]):
            run, spare = [first], slop
            for form in forms[1:]:
                following = self._next(form, run[-1], spare)
                if following is None:
                    break
                spare -= following - run[-1] - 1
                run.append(following)
            else:
                yield tuple(run)

    def _next(self, form: str, position: int, spare: int) -> int | None:
        for at in self.of(form):
            if at > position:
                return at if at <= position + spare + 1 else None
        return None


class Tokens(Words):
    """The words of one text with their slices of it."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        places, further = [""] * (tokens[-1].position + 1 if tokens else 0), []
        for form, position, _, _ in tokens:
            if places[position]:
                further.append((form, position))
            else:
                places[position] = form
        super().__init__(places, further)

    def slices(self, places: Iterable[Place]) -> set[tuple[int, int]]:
        """The (start, end) slices of what stands at these places."""
        wanted = set(places)
        return {(token.start, token.end) for token in self.tokens if (token.text, token.position) in wanted}

    def between(self, start: int, end: int) -> Tokens:
        """The words of a slice of the text: of one of its sentences."""
        first = bisect_right(self.tokens, start, key=attrgetter("end"))
        after = bisect_right(self.tokens, end, key=attrgetter("end"))
        return Tokens([token for token in self.tokens[first:after] if token.start >= start])


class Met(NamedTuple):
    """How far a text's words meet a node of a query."""

    degree: float
    """0 not at all, 1 wholly in the person's own words; synonyms count by their weight, several words by
    the share of them that is there."""
    whole: float
    """The same, but a term of several words counts only where they stand together."""
    places: list[Place]
    """What meets it, in no order; of a phrase only what stands together."""


def meet(node: Node, words: Words) -> Met:
    """How far ``words`` meet ``node``. What was asked for in titles or headings alone is not looked for."""
    places: list[Place] = []
    return Met(*_meet(node, words, places), places)


def degree(node: Node, words: Words) -> float:
    """``Met.degree`` alone."""
    return meet(node, words).degree


def holds(node: Node, words: Words) -> bool:
    """Whether ``words`` meet ``node`` as an engine's match would: every child of AND, none of NOT.

    What only the passage's place in the index could tell is taken as met.
    """
    match node:
        case AllOf(children=children):
            return bool(children) and all(holds(child, words) for child in children)
        case AnyOf(children=children):
            return any(holds(child, words) for child in children)
        case Best():
            return any(holds(child, words) for child in words.possible(node))
        case Without(wanted=wanted, unwanted=unwanted):
            return holds(wanted, words) and not holds(unwanted, words)
        case Everything() | Among():
            return True
        case _:
            return degree(node, words) > 0


# All three are found in one walk, and places gathered in one list: a concept has dozens of phrases, each
# held against a hundred passages a search.
def _meet(node: Node, words: Words, places: list[Place]) -> tuple[float, float]:
    """Degree and whole; what meets the node is added to ``places``."""
    match node:
        case Term() | Phrase() | Prefix() | OneOf():
            met = _meet_leaf(node, words, places)
            return met, met
        case Best():
            degree = whole = 0.0
            for child in words.possible(node):
                child_degree, child_whole = _meet(child, words, places)
                degree, whole = max(degree, child_degree), max(whole, child_whole)
            return degree, whole
        case AnyOf(children=children) | AllOf(children=children):
            return _meet_several(node, [_meet(child, words, places)[0] for child in children])
        case Without(wanted=wanted):
            met, _ = _meet(wanted, words, places)
            return met, met
        case _:
            return 0.0, 0.0


def _meet_leaf(node: Term | Phrase | Prefix | OneOf, words: Words, places: list[Place]) -> float:
    """Degree of a leaf, which is whole or not there."""
    before = len(places)
    if node.field:
        return 0.0
    match node:
        case Phrase(tokens=forms, slop=slop):
            for run in words.runs(forms, slop):
                places.extend(zip(forms, run, strict=True))
        case Term(token=form):
            places.extend([(form, position) for position in words.of(form)])
        case OneOf(tokens=forms):
            for form in dict.fromkeys(forms):
                places.extend([(form, position) for position in words.of(form)])
        case Prefix(prefix=prefix):
            places.extend(words.starting(prefix))
    return min(1.0, node.weight) if len(places) > before else 0.0


def _meet_several(node: AnyOf | AllOf, degrees: Sequence[float]) -> tuple[float, float]:
    """Degree and whole of several words, from their degrees."""
    degree = sum(degrees) / max(1, len(degrees))
    if isinstance(node, AllOf):
        return degree, degree
    phrases = [met for child, met in zip(node.children, degrees, strict=True) if isinstance(child, Phrase)]
    return degree, float(any(phrases)) if phrases else degree


def highlight(node: Node, tokens: Tokens) -> tuple[tuple[int, int], ...]:
    """The slices of the text that ``node`` matches, ascending and apart."""
    return _merged(sorted(tokens.slices(meet(node, tokens).places)))


def holding(
    sentences: Sequence[tuple[int, int]], slices: Collection[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The sentences, slices of a text, in which any of some other slices begins: those worth a look."""
    starts = sorted(start for start, _ in slices)
    return [one for one in sentences if bisect_left(starts, one[0]) < bisect_left(starts, one[1])]


def _merged(slices: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in slices:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


Event = tuple[int, int]
"""An idea that stands somewhere: the position, and the idea's number."""


def events_of(ideas: Sequence[Met]) -> list[Event]:
    """Where each idea stands, ascending: what ``together`` and ``closeness`` are told from."""
    return sorted([(position, number) for number, met in enumerate(ideas) for _, position in met.places])


def together(events: Sequence[Event], worths: Sequence[float], within: int = FEW_LINES) -> float:
    """The greatest share of the ideas' worth that stands within so many words: 1 where all do."""
    total = sum(worths)
    if not total:
        return 0.0
    inside = [0] * len(worths)
    held = most = 0.0
    left = 0
    for position, idea in events:
        held += 0.0 if inside[idea] else worths[idea]
        inside[idea] += 1
        while events[left][0] < position - within:
            gone = events[left][1]
            inside[gone] -= 1
            held -= 0.0 if inside[gone] else worths[gone]
            left += 1
        most = max(most, held)
    return min(1.0, most / total)


def closeness(events: Sequence[Event]) -> float:
    """How near the ideas stand to each other: 1 side by side, towards 0 far apart or alone.

    The shortest run of words that holds every idea that is there at all.
    """
    ideas = {number for _, number in events}
    if len(ideas) < 2:
        return 0.0
    return len(ideas) / max(len(ideas), _shortest_window(events, len(ideas)))


def _shortest_window(events: Sequence[Event], wanted: int) -> int:
    """Words in the shortest run that holds all of ``wanted`` ideas."""
    counts: defaultdict[int, int] = defaultdict(int)
    shortest, left = events[-1][0] - events[0][0] + 1, 0
    for position, idea in events:
        counts[idea] += 1
        while len(counts) == wanted:
            shortest = min(shortest, position - events[left][0] + 1)
            gone = events[left][1]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            left += 1
    return shortest
