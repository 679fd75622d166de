"""What was typed to a Query: plain words first; quotes, a minus and a star for those who use them.

Nothing that a person types is an error for its form: what cannot be understood is searched as
words, and a note says so. Only a question without anything to search for is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.errors import QueryEmpty, QueryOnlyStopWords, QueryTooLong
from indexer.search.analysis import Token, analyse, is_stop_word, normalise, stem
from indexer.search.query import (
    AllOf,
    AnyOf,
    Best,
    Everything,
    Expansion,
    Node,
    Phrase,
    Prefix,
    Query,
    Term,
    Without,
)
from indexer.search.vocabulary import Vocabulary
from indexer.search.wishes import is_form_word

LONGEST = 1000
"""Characters of a question: several sentences, far more than anyone types."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_QUOTES = re.compile("[“”„«»]")
_CLAUSE = re.compile(
    r'(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]*)"|(?<!\S)-(?P<word>\w[\w\'’-]*)|(?P<prefix>\w{3,})\*'
)
_ADJACENT_BONUS = 0.4
"""A concept's words side by side are worth this much of a word more than apart."""


def parse_question(typed: str, vocabulary: Vocabulary | None) -> Query:
    """The query for what was typed; ``vocabulary`` None searches the person's own words alone.

    Raises QueryEmpty, QueryTooLong or QueryOnlyStopWords.
    """
    if len(typed) > LONGEST:
        raise QueryTooLong(len(typed), LONGEST)
    text = _CONTROL.sub(" ", _QUOTES.sub('"', typed)).strip()
    if not text:
        raise QueryEmpty
    notes = []
    if text.count('"') % 2:
        text = text.replace('"', " ")
        notes.append("A quotation mark had no partner, so the words were searched one by one.")
    clauses = _clauses(text)
    plain = _plain(clauses.plain, vocabulary)
    if not (plain.ideas or clauses.required or clauses.unwanted):
        has_words = any(c.isalnum() for c in text)
        raise QueryOnlyStopWords(text.strip()) if has_words else QueryEmpty(text.replace('"', "").strip())
    return Query(
        typed=typed,
        tree=_tree(plain, clauses),
        words=plain.words,
        ideas=(*plain.ideas, *clauses.required),
        form=plain.form,
        expansions=plain.expansions,
        notes=tuple(notes),
    )


def everything(typed: str = "") -> Query:
    """The query that finds all passages, for browsing by filters alone."""
    return Query(typed=typed, tree=Everything())


@dataclass(frozen=True, slots=True)
class _Clauses:
    """A question taken apart: plain words, and what quotes, minus and star ask for."""

    plain: str
    required: tuple[Node, ...]
    unwanted: tuple[Node, ...]


def _clauses(text: str) -> _Clauses:
    required: list[Node] = []
    unwanted: list[Node] = []
    for match in _CLAUSE.finditer(text):
        node = _clause_node(match)
        if node is not None:
            (unwanted if match["minus"] or match["word"] else required).append(node)
    plain = _CLAUSE.sub(lambda m: " " if _clause_node(m) is not None else m.group(0).replace('"', " "), text)
    return _Clauses(plain, tuple(required), tuple(unwanted))


def _clause_node(match: re.Match[str]) -> Node | None:
    if match["prefix"]:
        return _prefix(match["prefix"])
    return _phrase(analyse(match["phrase"] or match["word"] or ""))


def _prefix(typed: str) -> Node | None:
    """What begins so. Tokens are stems, and no stem begins with "recommendation": its own stem counts too."""
    spelled = normalise(typed)
    whole = stem(spelled)
    if not spelled or whole.startswith(spelled):
        return Prefix(spelled) if spelled else None
    return Best((Prefix(spelled), Term(whole)))


def _phrase(tokens: Sequence[Token]) -> Node | None:
    """The tokens one after the other, in pieces or joined by their hyphens; None where there are none."""
    pieces = [token for token in tokens if not _is_joined(token, tokens)]
    joined = [token for token in tokens if _is_joined(token, tokens)]
    if not pieces:
        return None
    exact = Term(pieces[0].text) if len(pieces) == 1 else Phrase(tuple(token.text for token in pieces))
    if len(joined) == 1 and joined[0].start == pieces[0].start and joined[0].end == pieces[-1].end:
        return Best((exact, Term(joined[0].text)))
    return exact


def _is_joined(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a token is the joined spelling of pieces that are tokens too."""
    return any(t is not token and token.start <= t.start and t.end <= token.end for t in tokens)


@dataclass(frozen=True, slots=True)
class _Plain:
    """Plain words understood: what they are about, and the form of statement they ask for."""

    ideas: tuple[Node, ...]
    form: tuple[Node, ...]
    words: tuple[str, ...]
    expansions: tuple[Expansion, ...]


def _plain(text: str, vocabulary: Vocabulary | None) -> _Plain:
    """Plain words to one node an idea: a concept of the vocabulary, or a word of its own."""
    slices = _loose_words(text, set())
    # "Recommendations" alone is what the question is about.
    only_form = all(is_form_word(text[a:b]) for a, b in slices)
    ideas: list[Node] = []
    expansions: list[Expansion] = []
    covered: set[int] = set()
    for found in vocabulary.find(text) if vocabulary else ():
        inside = [text[a:b] for a, b in slices if found.start <= a < found.end]
        # "What did we learn" asks for a form; "information sharing" is a subject, whatever it begins with.
        if inside and not only_form and all(is_form_word(word) for word in inside):
            continue
        alternatives = [_weighted(option.tokens, option.weight) for option in found.alternatives]
        ideas.append(Best((*_own(text, found.start, found.end), *alternatives)))
        covered.update(range(found.start, found.end))
        added = tuple(option.text for option in found.alternatives)
        typed = text[found.start : found.end]
        expansions.append(Expansion(typed, added, found.broader, found.called))
    loose = _loose_words(text, covered)
    form = [] if only_form else [(a, b) for a, b in loose if is_form_word(text[a:b])]
    ideas += [node for a, b in loose if (a, b) not in form for node in _own(text, a, b)]
    return _Plain(
        ideas=_distinct(ideas),
        form=_distinct(node for a, b in form for node in _own(text, a, b)),
        words=tuple(text[a:b] for a, b in slices),
        expansions=tuple(expansions),
    )


def _own(text: str, start: int, end: int) -> tuple[Node, ...]:
    """The person's own words in a slice, as one node: each counts, and together they count a little
    more. None where all are stop words ("how often")."""
    nodes = [_phrase(analyse(text[a:b])) for a, b in _loose_words(text[:end], set(range(start)))]
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
    return (AnyOf((*words, Phrase(pieces, slop=2, weight=_ADJACENT_BONUS))),)


def _weighted(tokens: tuple[str, ...], weight: float) -> Node:
    return Term(tokens[0], weight) if len(tokens) == 1 else Phrase(tokens, weight=weight)


def _loose_words(text: str, covered: set[int]) -> list[tuple[int, int]]:
    """Slices of the content words, a hyphenated one whole, that do not start in ``covered``."""
    words: list[tuple[int, int]] = []
    for token in sorted(analyse(text), key=lambda token: token.start):
        if words and token.start < words[-1][1]:
            words[-1] = (words[-1][0], max(words[-1][1], token.end))
        else:
            words.append((token.start, token.end))
    return [(a, b) for a, b in words if a not in covered and not is_stop_word(text[a:b])]


def _distinct(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(dict.fromkeys(nodes))


def _tree(plain: _Plain, clauses: _Clauses) -> Node:
    """What is searched: any of the ideas; phrases in quotes have to be there; the form only adds."""
    ideas: Node = AnyOf(plain.ideas) if len(plain.ideas) != 1 else plain.ideas[0]
    if clauses.required:
        adds = (ideas, *plain.form) if plain.ideas else plain.form
        wanted: Node = AllOf((*clauses.required, *(_only_adds(node) for node in adds)))
    elif plain.form and plain.ideas:
        wanted = AllOf((ideas, *(_only_adds(node) for node in plain.form)))
    else:
        wanted = ideas if plain.ideas else Everything()
    return Without(wanted, AnyOf(clauses.unwanted)) if clauses.unwanted else wanted


def _only_adds(node: Node) -> Node:
    """A node that raises the score of what it matches and keeps nothing out."""
    return Best((node, Everything()))
