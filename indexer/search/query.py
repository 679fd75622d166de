"""The query as a value: a frozen tree of analysed terms that no engine owns.

Engines compile the tree; nothing in it is engine syntax. Scores: a ``Term`` scores BM25 in every
field, times its weight; ``AnyOf`` adds its children up, ``Best`` takes the highest (synonyms of one
idea), ``AllOf`` adds up and requires each; ``Without`` only removes.

A leaf that names a ``field`` matches and scores in that field alone; the empty name is any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.search.vocabulary_file import Called
from indexer.search.wishes import NO_WISH, Wish


@dataclass(frozen=True, slots=True)
class Term:
    """One analysed token."""

    token: str
    weight: float = 1.0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow each other; ``slop`` is how many places they may drift apart in all."""

    tokens: tuple[str, ...]
    slop: int = 0
    weight: float = 1.0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Tokens that begin so."""

    prefix: str
    weight: float = 1.0
    field: str = ""


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of several tokens, counted as if they were one: the words that begin so, or are spelled alike."""

    tokens: tuple[str, ...]
    weight: float = 1.0
    field: str = ""


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one child matches; scores add up."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Best:
    """At least one child matches; the highest score counts."""

    children: tuple[Node, ...]
    openings: Mapping[str, tuple[Term | Phrase, ...]] = field(init=False, compare=False, repr=False)
    """The children that are one token or a phrase of any field, by their first token: of a concept's
    dozens of ways of saying, a passage has the first word of one or two."""
    others: tuple[Node, ...] = field(init=False, compare=False, repr=False)
    """The other children."""

    def __post_init__(self) -> None:
        openings: defaultdict[str, list[Term | Phrase]] = defaultdict(list)
        others: list[Node] = []
        for child in self.children:
            match child:
                case Term(token=opening, field="") | Phrase(tokens=(opening, *_), field=""):
                    openings[opening].append(child)
                case _:
                    others.append(child)
        # What a frozen value derives from its fields can only be set so.
        object.__setattr__(self, "openings", {form: tuple(of) for form, of in openings.items()})
        object.__setattr__(self, "others", tuple(others))


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every child matches; scores add up."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What ``wanted`` matches and ``unwanted`` does not."""

    wanted: Node
    unwanted: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """All passages, each with the score 0: for browsing with filters alone."""


@dataclass(frozen=True, slots=True)
class Among:
    """The passages of a bit set of ordinals, each with the score 0: those that have a year, a theme."""

    ordinals: int


Node = Term | Phrase | Prefix | OneOf | AnyOf | Best | AllOf | Without | Everything | Among


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words that were searched along with the person's own."""

    typed: str
    added: tuple[str, ...]
    broader: tuple[str, ...] = ()
    """What these words are a kind of: offered, not searched."""
    called: tuple[Called, ...] = ()
    """The names that it had through time."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood."""

    typed: str
    tree: Node
    words: tuple[str, ...] = ()
    """The content words as typed, in order: what the page may report as missing."""
    ideas: tuple[Node, ...] = ()
    """What the question is about: a node an idea, the person's own words and their synonyms together."""
    form: tuple[Node, ...] = ()
    """The kind of statement asked for ("recommendations"): it orders what is found and finds nothing."""
    wish: Wish = NO_WISH
    """What is to come first; empty where the person undid it."""
    wishes: tuple[str, ...] = ()
    """The wish in plain words, whether it is followed or undone."""
    expansions: tuple[Expansion, ...] = ()
    notes: tuple[str, ...] = ()
    """What could not be understood as typed and how it was searched instead."""


def tokens_of(node: Node) -> frozenset[str]:
    """The tokens that the tree looks for, phrases' tokens among them; what it excludes left out."""
    match node:
        case Term(token=token):
            return frozenset({token})
        case Phrase(tokens=tokens):
            return frozenset(tokens)
        case AnyOf(children=children) | Best(children=children) | AllOf(children=children):
            return frozenset().union(*(tokens_of(child) for child in children))
        case Without(wanted=wanted):
            return tokens_of(wanted)
        case Prefix() | OneOf() | Everything() | Among():
            return frozenset()


def prefixes_of(node: Node) -> frozenset[str]:
    """The prefixes that the tree looks for; what it excludes left out."""
    match node:
        case Prefix(prefix=prefix):
            return frozenset({prefix})
        case AnyOf(children=children) | Best(children=children) | AllOf(children=children):
            return frozenset().union(*(prefixes_of(child) for child in children))
        case Without(wanted=wanted):
            return prefixes_of(wanted)
        case _:
            return frozenset()
