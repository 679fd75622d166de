"""How far a text answers a query, and where: the query tree held against one text's tokens.

Engines rank passages by what is rare in the whole corpus; this looks at one passage or sentence at
a time, for highlights, snippets, answers and the closer ranking of the best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

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

    def __init__(self, positions: Mapping[str, Sequence[int]], count: int) -> None:
        self._positions = positions
        self.count = count
        """How many tokens there are."""

    @classmethod
    def unpack(cls, packed: str) -> Words:
        """The words that ``analysis.pack`` packed."""
        positions: dict[str, list[int]] = {}
        for position, form in enumerate(packed.split(PLACES) if packed else ()):
            if form in positions:
                positions[form].append(position)
            else:
                positions[form] = [position]
        positions.pop("", None)
        for several in [form for form in positions if SAME_PLACE in form] if SAME_PLACE in packed else ():
            places = positions.pop(several)
            for form in several.split(SAME_PLACE):
                positions[form] = sorted([*positions.get(form, ()), *places])
        return cls(positions, sum(map(len, positions.values())))

    def of(self, form: str) -> Sequence[int]:
        """The positions of this form, in order."""
        return self._positions.get(form, ())

    def has(self, forms: tuple[str, ...]) -> bool:
        """Whether all of these forms are there, in whatever order."""
        positions = self._positions
        for form in forms:  # noqa: SIM110 - all() with its generator takes three times as long
            if form not in positions:
                return False
        return True

    def possible(self, node: Best) -> Iterator[Node]:
        """The ways of saying that may be there: of a concept's dozens, a passage has the first word of one
        or two."""
        yield from node.others
        for form in node.openings.keys() & self._positions.keys():
            yield from node.openings[form]

    def names(self) -> frozenset[str]:
        """The forms without a digit: what a table's rows share though their figures differ."""
        return frozenset(form for form in self._positions if form.isalpha())

    def starting(self, prefix: str) -> Iterator[Place]:
        """Where words stand that begin so."""
        for form, positions in self._positions.items():
            if form.startswith(prefix):
                for position in positions:
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
        positions: defaultdict[str, list[int]] = defaultdict(list)
        for token in tokens:
            positions[token.text].append(token.position)
        super().__init__(positions, len(tokens))

    def slices(self, places: Iterable[Place]) -> set[tuple[int, int]]:
        """The (start, end) slices of what stands at these places."""
        wanted = set(places)
        return {(token.start, token.end) for token in self.tokens if (token.text, token.position) in wanted}

    def between(self, start: int, end: int) -> Tokens:
        """The words of a slice of the text: of one of its sentences."""
        return Tokens([token for token in self.tokens if start <= token.start and token.end <= end])


def degree(node: Node, words: Words) -> float:
    """How far ``words`` meet ``node``: 0 not at all, 1 wholly in the person's own words; synonyms
    count by their weight, several words by the share of them that is there. What was asked for in
    titles or headings alone is not looked for."""
    # The commonest first: a concept has dozens of phrases, each held against a hundred passages a search.
    match node:
        case Phrase(tokens=forms, slop=slop, weight=weight, field=""):
            return min(1.0, weight) if words.has(forms) and any(words.runs(forms, slop)) else 0.0
        case Term(token=form, weight=weight, field=""):
            return min(1.0, weight) if words.of(form) else 0.0
        case Best():
            best = 0.0
            for child in words.possible(node):
                if (met := degree(child, words)) > best:
                    best = met
            return best
        case AnyOf(children=children) | AllOf(children=children):
            return sum([degree(child, words) for child in children]) / max(1, len(children))
        case Prefix(prefix=prefix, weight=weight, field=""):
            return min(1.0, weight) if any(words.starting(prefix)) else 0.0
        case OneOf(tokens=forms, weight=weight, field=""):
            return min(1.0, weight) if any(map(words.of, forms)) else 0.0
        case Without(wanted=wanted):
            return degree(wanted, words)
        case _:
            return 0.0


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


def whole(node: Node, words: Words) -> float:
    """Like ``degree``, but a term of several words counts only where they stand together."""
    match node:
        case AnyOf(children=children):
            phrases = [child for child in children if isinstance(child, Phrase)]
            if not phrases:
                return degree(node, words)
            return float(any(any(words.runs(phrase.tokens, phrase.slop)) for phrase in phrases))
        case Best():
            return max([whole(child, words) for child in words.possible(node)], default=0.0)
        case _:
            return degree(node, words)


def found(node: Node, words: Words) -> Iterator[Place]:
    """Where ``node`` matches, in no order; of a phrase only what stands together."""
    match node:
        case Term() | Phrase() | Prefix() | OneOf():
            yield from _found_by_leaf(node, words) if not node.field else ()
        case Best():
            for child in words.possible(node):
                yield from found(child, words)
        case AnyOf(children=children) | AllOf(children=children):
            for child in children:
                yield from found(child, words)
        case Without(wanted=wanted):
            yield from found(wanted, words)


def _found_by_leaf(node: Term | Phrase | Prefix | OneOf, words: Words) -> Iterator[Place]:
    match node:
        case Term(token=form):
            yield from ((form, position) for position in words.of(form))
        case OneOf(tokens=forms):
            for form in dict.fromkeys(forms):
                yield from ((form, position) for position in words.of(form))
        case Prefix(prefix=prefix):
            yield from words.starting(prefix)
        case Phrase(tokens=forms, slop=slop):
            for run in words.runs(forms, slop):
                yield from zip(forms, run, strict=True)


def highlight(node: Node, tokens: Tokens) -> tuple[tuple[int, int], ...]:
    """The slices of the text that ``node`` matches, ascending and apart."""
    return _merged(sorted(tokens.slices(found(node, tokens))))


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


def events_of(nodes: Sequence[Node], words: Words) -> list[Event]:
    """Where each idea stands, ascending: what ``together`` and ``closeness`` are told from."""
    return sorted(
        (position, number) for number, node in enumerate(nodes) for _, position in found(node, words)
    )


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
