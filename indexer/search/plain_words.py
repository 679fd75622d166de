"""Plain words to ideas: a concept of the vocabulary or a word of its own, each a node of the query tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.search.analysis import Token, analyse, is_stop_word, normalise, stem
from indexer.search.query import AllOf, AnyOf, Best, Everything, Expansion, Node, Phrase, Prefix, Term
from indexer.search.vocabulary import Found, Vocabulary
from indexer.search.wishes import is_form_word, paper_words, year_words

_ADJACENT_BONUS = 0.4
"""A concept's words side by side are worth this much of a word more than apart."""


@dataclass(frozen=True, slots=True)
class Ideas:
    """Plain words understood."""

    ideas: tuple[Node, ...]
    """What they are about."""
    form: tuple[Node, ...] = ()
    """The form of statement that they ask for."""
    years: tuple[Node, ...] = ()
    """The years of papers that they name."""
    papers: tuple[Node, ...] = ()
    """Those of ``ideas`` that name a kind of paper."""
    words: tuple[str, ...] = ()
    """The content words as typed."""
    expansions: tuple[Expansion, ...] = ()


def ideas_of(text: str, vocabulary: Vocabulary | None, *, joined: bool = False) -> Ideas:
    """What plain words are about; ``vocabulary`` None takes them as they are.

    ``joined``: the words of a concept have to be there all, not any of them.
    """
    slices = loose_words(text, set())
    # "Recommendations" alone is what the question is about, and so is "2012-13".
    only_form = all(is_form_word(text[a:b]) for a, b in slices)
    dated = _covered(year_words(text))
    if all(a in dated for a, _ in slices):
        dated = set()
    concepts = tuple(_concepts(text, slices, vocabulary, only_form))
    placed = {found.start: _concept_node(text, found, joined) for found in concepts}
    covered = {at for found in concepts for at in range(found.start, found.end)}
    loose = loose_words(text, covered | dated)
    form = [] if only_form else [(a, b) for a, b in loose if is_form_word(text[a:b])]
    placed |= {a: node for a, b in loose if (a, b) not in form for node in _own(text, a, b)}
    if not placed:
        placed, form = {a: node for a, b in form for node in _own(text, a, b)}, []
    papers = _covered(paper_words(text))
    return Ideas(
        ideas=_distinct(placed.values()),
        form=_distinct(node for a, b in form for node in _own(text, a, b)),
        years=_distinct(_year(text[a:b]) for a, b in year_words(text) if a in dated),
        papers=_distinct(node for at, node in placed.items() if at in papers),
        words=tuple(text[a:b] for a, b in slices),
        expansions=tuple(_expansion(text, found) for found in concepts),
    )


def _concepts(
    text: str, slices: Iterable[tuple[int, int]], vocabulary: Vocabulary | None, only_form: bool
) -> Iterator[Found]:
    """The concepts that the words name as their subject."""
    for found in vocabulary.find(text) if vocabulary else ():
        inside = [text[a:b] for a, b in slices if found.start <= a < found.end]
        # "What did we learn" asks for a form; "information sharing" is a subject, whatever it begins with.
        if not inside or only_form or not all(is_form_word(word) for word in inside):
            yield found


def _expansion(text: str, found: Found) -> Expansion:
    added = tuple(option.text for option in found.alternatives)
    return Expansion(text[found.start : found.end], added, found.broader, found.called)


def _concept_node(text: str, found: Found, joined: bool) -> Node:
    alternatives = [_weighted(option.tokens, option.weight) for option in found.alternatives]
    return Best((*_own(text, found.start, found.end, joined), *alternatives))


def phrase_of(tokens: Sequence[Token], slop: int = 0, field: str = "") -> Node | None:
    """The tokens one after the other, in pieces or joined by their hyphens; None where there are none."""
    pieces = [token for token in tokens if not _is_joined(token, tokens)]
    joined = [token for token in tokens if _is_joined(token, tokens)]
    if not pieces:
        return None
    forms = tuple(token.text for token in pieces)
    exact = Term(forms[0], field=field) if len(forms) == 1 else Phrase(forms, slop, field=field)
    if len(joined) == 1 and joined[0].start == pieces[0].start and joined[0].end == pieces[-1].end:
        return Best((exact, Term(joined[0].text, field=field)))
    return exact


def prefix_of(typed: str) -> Node | None:
    """What begins so. Tokens are stems, and no stem begins with "recommendation": its own stem counts too."""
    spelled = normalise(typed)
    whole = stem(spelled)
    if not spelled or whole.startswith(spelled):
        return Prefix(spelled) if spelled else None
    return Best((Prefix(spelled), Term(whole)))


def only_adds(node: Node) -> Node:
    """A node that raises the score of what it matches and keeps nothing out."""
    return Best((node, Everything()))


def loose_words(text: str, covered: set[int]) -> list[tuple[int, int]]:
    """Slices of the content words, a hyphenated one whole, that do not start in ``covered``."""
    words: list[tuple[int, int]] = []
    for token in sorted(analyse(text), key=lambda token: token.start):
        if words and token.start < words[-1][1]:
            words[-1] = (words[-1][0], max(words[-1][1], token.end))
        else:
            words.append((token.start, token.end))
    return [(a, b) for a, b in words if a not in covered and not is_stop_word(text[a:b])]


def _own(text: str, start: int, end: int, joined: bool = False) -> tuple[Node, ...]:
    """The person's own words in a slice, as one node: each counts, and together they count a little
    more. None where all are stop words ("how often")."""
    nodes = [phrase_of(analyse(text[a:b])) for a, b in loose_words(text[:end], set(range(start)))]
    words = [node for node in nodes if node is not None]
    if len(words) < 2:
        return tuple(words)
    tokens = analyse(text[start:end])
    # A joined spelling shares its last piece's place: in a row with its pieces it would never be met.
    pieces = tuple(
        token.text
        for token in tokens
        if not _is_joined(token, tokens) and not is_stop_word(text[start + token.start : start + token.end])
    )
    together = Phrase(pieces, slop=2, weight=_ADJACENT_BONUS)
    return (AllOf((*words, only_adds(together))) if joined else AnyOf((*words, together)),)


def _year(typed: str) -> Node:
    """A year in the ways that papers write it: 2012-13, 2012/13 and 2012-2013 are one."""
    forms = tuple(token.text for token in analyse(typed))
    if len(forms) == 1:
        return Term(forms[0])
    first, second = forms[0], forms[-1][-2:]
    return Best((Phrase((first, second)), Phrase((first, f"{first[:2]}{second}"))))


def _weighted(tokens: tuple[str, ...], weight: float) -> Node:
    return Term(tokens[0], weight) if len(tokens) == 1 else Phrase(tokens, weight=weight)


def _is_joined(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a token is the joined spelling of pieces that are tokens too."""
    return any(t is not token and token.start <= t.start and t.end <= token.end for t in tokens)


def _covered(slices: Iterable[tuple[int, int]]) -> set[int]:
    return {at for start, end in slices for at in range(start, end)}


def _distinct(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(nodes))
