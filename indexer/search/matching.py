"""How far a text answers a query, and where: the query tree held against one text's tokens.

Engines rank passages by what is rare in the whole corpus; this looks at one passage or sentence at
a time, for highlights, snippets, answers and the closer ranking of the best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from indexer.search.analysis import Token
from indexer.search.query import (
    AllOf,
    AnyOf,
    Best,
    Node,
    OneOf,
    Phrase,
    Prefix,
    Term,
    Without,
)

FEW_LINES = 25
"""Words within which ideas are told of together: a sentence and a half."""


class Tokens:
    """The tokens of one text, looked up by their form."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._by_form: defaultdict[str, list[Token]] = defaultdict(list)
        for token in tokens:
            self._by_form[token.text].append(token)

    def of(self, form: str) -> Sequence[Token]:
        """The tokens of this form, in order."""
        return self._by_form.get(form, ())

    def has(self, forms: tuple[str, ...]) -> bool:
        """Whether all of these forms are there, in whatever order."""
        by_form = self._by_form
        for form in forms:  # noqa: SIM110 - all() with its generator takes three times as long
            if form not in by_form:
                return False
        return True

    def possible(self, nodes: Sequence[Node]) -> list[Node]:
        """The nodes without the phrases and terms whose first token is not there: of a concept's dozens of
        ways of saying, a passage has one or two."""
        by_form = self._by_form
        kept: list[Node] = []
        for node in nodes:
            if isinstance(node, Phrase):
                if node.tokens and node.tokens[0] not in by_form:
                    continue
            elif isinstance(node, Term) and node.token not in by_form:
                continue
            kept.append(node)
        return kept

    def words(self) -> frozenset[str]:
        """The forms without a digit: what a table's rows share though their figures differ."""
        return frozenset(form for form in self._by_form if form.isalpha())

    def starting(self, prefix: str) -> list[Token]:
        """The tokens that begin so."""
        return [token for token in self.tokens if token.text.startswith(prefix)]

    def runs(self, forms: tuple[str, ...], slop: int) -> Iterator[tuple[Token, ...]]:
        """Tokens of these forms that follow each other, with at most ``slop`` places between in all."""
        if not self.has(forms):
            return
        for first in self.of(forms[0]):
            run, spare = [first], slop
            for form in forms[1:]:
                following = self._next(form, run[-1].position, spare)
                if following is None:
                    break
                spare -= following.position - run[-1].position - 1
                run.append(following)
            else:
                yield tuple(run)

    def _next(self, form: str, position: int, spare: int) -> Token | None:
        reach = range(position + 1, position + spare + 2)
        return next((token for token in self.of(form) if token.position in reach), None)


def degree(node: Node, tokens: Tokens) -> float:
    """How far ``tokens`` meet ``node``: 0 not at all, 1 wholly in the person's own words; synonyms
    count by their weight, several words by the share of them that is there. What was asked for in
    titles or headings alone is not looked for."""
    # The commonest first: a concept has dozens of phrases, each held against a hundred passages a search.
    match node:
        case Phrase(tokens=forms, slop=slop, weight=weight, field=""):
            return min(1.0, weight) if tokens.has(forms) and any(tokens.runs(forms, slop)) else 0.0
        case Term(token=form, weight=weight, field=""):
            return min(1.0, weight) if tokens.of(form) else 0.0
        case Best(children=children):
            best = 0.0
            for child in tokens.possible(children):
                if (met := degree(child, tokens)) > best:
                    best = met
            return best
        case AnyOf(children=children) | AllOf(children=children):
            return sum([degree(child, tokens) for child in children]) / max(1, len(children))
        case Prefix(prefix=prefix, weight=weight, field=""):
            return min(1.0, weight) if tokens.starting(prefix) else 0.0
        case OneOf(tokens=forms, weight=weight, field=""):
            return min(1.0, weight) if any(map(tokens.of, forms)) else 0.0
        case Without(wanted=wanted):
            return degree(wanted, tokens)
        case _:
            return 0.0


def whole(node: Node, tokens: Tokens) -> float:
    """Like ``degree``, but a term of several words counts only where they stand together."""
    match node:
        case AnyOf(children=children):
            phrases = [child for child in children if isinstance(child, Phrase)]
            if not phrases:
                return degree(node, tokens)
            return float(any(any(tokens.runs(phrase.tokens, phrase.slop)) for phrase in phrases))
        case Best(children=children):
            return max([whole(child, tokens) for child in tokens.possible(children)], default=0.0)
        case _:
            return degree(node, tokens)


def found(node: Node, tokens: Tokens) -> Iterator[Token]:
    """The tokens that ``node`` matches, in no order; of a phrase only those that stand together."""
    match node:
        case Term() | Phrase() | Prefix() | OneOf():
            yield from _found_by_leaf(node, tokens) if not node.field else ()
        case AnyOf(children=children) | AllOf(children=children) | Best(children=children):
            for child in tokens.possible(children):
                yield from found(child, tokens)
        case Without(wanted=wanted):
            yield from found(wanted, tokens)


def _found_by_leaf(node: Term | Phrase | Prefix | OneOf, tokens: Tokens) -> Iterator[Token]:
    match node:
        case Term(token=form):
            yield from tokens.of(form)
        case OneOf(tokens=forms):
            for form in dict.fromkeys(forms):
                yield from tokens.of(form)
        case Prefix(prefix=prefix):
            yield from tokens.starting(prefix)
        case Phrase(tokens=forms, slop=slop):
            if tokens.has(forms):
                for run in tokens.runs(forms, slop):
                    yield from run


def highlight(node: Node, tokens: Tokens) -> tuple[tuple[int, int], ...]:
    """The slices of the text that ``node`` matches, ascending and apart."""
    return _merged(sorted({(token.start, token.end) for token in found(node, tokens)}))


def _merged(slices: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in slices:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def together(nodes: Sequence[Node], worths: Sequence[float], tokens: Tokens, words: int = FEW_LINES) -> float:
    """The greatest share of the ideas' worth that stands within so many words: 1 where all do."""
    total = sum(worths)
    if not total:
        return 0.0
    events = _events(nodes, tokens)
    inside = [0] * len(nodes)
    held = most = 0.0
    left = 0
    for position, idea in events:
        held += 0.0 if inside[idea] else worths[idea]
        inside[idea] += 1
        while events[left][0] < position - words:
            gone = events[left][1]
            inside[gone] -= 1
            held -= 0.0 if inside[gone] else worths[gone]
            left += 1
        most = max(most, held)
    return min(1.0, most / total)


def closeness(nodes: Sequence[Node], tokens: Tokens) -> float:
    """How near the ideas stand to each other: 1 side by side, towards 0 far apart or alone.

    The shortest run of words that holds every idea that is there at all.
    """
    events = _events(nodes, tokens)
    ideas = {number for _, number in events}
    if len(ideas) < 2:
        return 0.0
    return len(ideas) / max(len(ideas), _shortest_window(events, len(ideas)))


def _events(nodes: Sequence[Node], tokens: Tokens) -> list[tuple[int, int]]:
    """Where each idea stands: (position, number of the idea), ascending."""
    return sorted(
        (token.position, number) for number, node in enumerate(nodes) for token in found(node, tokens)
    )


def _shortest_window(events: list[tuple[int, int]], wanted: int) -> int:
    """Words in the shortest run that holds all of ``wanted`` ideas; events are (position, idea)."""
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
