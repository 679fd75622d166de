"""What was typed to a Query: plain words first; signs, operators and fields for those who use them.

Nothing that a person types is an error for its form: what cannot be understood is searched as
words, and a note says so. Only a question without anything to search for is refused.

Plain words find what has any of them, and order it. What is typed with a sign (a phrase, a star, what
AND or OR joins) has to be there, and plain words beside it only order. A field only ever narrows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.errors import QueryEmpty, QueryOnlyStopWords, QueryTooLong
from indexer.search.analysis import analyse
from indexer.search.fielded import SHOWN, WORD_FIELDS, FieldValues
from indexer.search.plain_words import Ideas, ideas_of, loose_words, only_adds, phrase_of, prefix_of
from indexer.search.query import (
    AllOf,
    Among,
    AnyOf,
    Best,
    Everything,
    Expansion,
    Node,
    OneOf,
    Phrase,
    Query,
    Term,
    Without,
)
from indexer.search.spelling import Lexicon
from indexer.search.syntax import (
    Alike,
    Beginning,
    Both,
    Either,
    Fielded,
    Near,
    Not,
    Plain,
    Quoted,
    Run,
    Typed,
    read,
)
from indexer.search.vocabulary import Vocabulary
from indexer.search.wishes import NO_WISH, describe, wish_of

LONGEST = 1000
"""Characters of a question: several sentences, far more than anyone types."""
MOST_SPELLINGS = 50
"""Words that a star or a tilde stands for, in a question that has one; several share twice as many."""
MOST_NOTES = 6
"""Notes that are shown, of a question that gives many."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_QUOTES = re.compile("[“”„«»]")
_APART = " | "
"""Between words that stood on either side of a sign: no concept reaches across."""


@dataclass(frozen=True, slots=True)
class Known:
    """What understanding takes from an index; without it fields are words, and a star is an engine's work."""

    fields: FieldValues | None = None
    words: Lexicon | None = None


def parse_question(
    typed: str, vocabulary: Vocabulary | None, known: Known | None = None, *, wishes: bool = True
) -> Query:
    """The query for what was typed.

    ``vocabulary`` None searches the person's own words alone. ``wishes`` False takes the words that
    wish for something as words to search for; what is found is the same, its order is not.
    Raises QueryEmpty, QueryTooLong or QueryOnlyStopWords.
    """
    if len(typed) > LONGEST:
        raise QueryTooLong(len(typed), LONGEST)
    text = _CONTROL.sub(" ", _QUOTES.sub('"', typed)).strip()
    if not text:
        raise QueryEmpty
    tree, notes = read(text)
    reading = _Reading(vocabulary, known or Known(), _spellings(tree), notes=list(notes))
    node = reading.node(tree, joined=False)
    if node is None:
        has_words = any(map(str.isalnum, text))
        raise QueryOnlyStopWords(text) if has_words else QueryEmpty(text.replace('"', "").strip())
    return _query(typed, node, reading, wishes)


def everything(typed: str = "") -> Query:
    """The query that finds all passages, for browsing by filters alone."""
    return Query(typed=typed, tree=Everything())


def _query(typed: str, node: Node, reading: _Reading, wishes: bool) -> Query:
    bodies = reading.known.fields.bodies if reading.known.fields else ()
    wish = wish_of(_APART.join(reading.plain), bodies)
    aside = (*reading.years, *reading.papers)
    ideas = (
        [idea for idea in reading.ideas if idea not in aside] if wishes else [*reading.ideas, *reading.form]
    )
    # Years and kinds of paper alone are what the question is about.
    return Query(
        typed=typed,
        tree=node,
        words=tuple(reading.words),
        ideas=tuple(dict.fromkeys(ideas or reading.ideas)),
        form=tuple(dict.fromkeys(reading.form)),
        wish=wish if wishes else NO_WISH,
        wishes=describe(wish),
        expansions=tuple(dict.fromkeys(reading.expansions)),
        notes=_few(tuple(dict.fromkeys(reading.notes))),
    )


def _few(notes: tuple[str, ...]) -> tuple[str, ...]:
    """The first notes, and how many more there are: thirty stars need not fill the page."""
    more = len(notes) - MOST_NOTES
    return (*notes[:MOST_NOTES], f"And {more} more notes like these.") if more > 1 else notes


def _spellings(tree: Typed) -> int:
    """How many words each star or tilde may stand for."""
    return min(MOST_SPELLINGS, 2 * MOST_SPELLINGS // max(1, _opened(tree)))


def _opened(tree: Typed) -> int:
    match tree:
        case Beginning() | Alike():
            return 1
        case Not(of=inner):
            return _opened(inner)
        case Run(items=inner) | Both(parts=inner) | Either(parts=inner):
            return sum(map(_opened, inner))
        case _:
            return 0


@dataclass(slots=True)
class _Reading:
    """One walk over what was typed: makes nodes, and gathers what is told of the question beside them."""

    vocabulary: Vocabulary | None
    known: Known
    spellings: int
    notes: list[str]
    literal: bool = False
    """Whether each word counts as it is: of what must not be there, nothing is a mere wish."""
    plain: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    ideas: list[Node] = field(default_factory=list)
    form: list[Node] = field(default_factory=list)
    years: list[Node] = field(default_factory=list)
    papers: list[Node] = field(default_factory=list)
    expansions: list[Expansion] = field(default_factory=list)

    def node(self, typed: Typed, *, joined: bool) -> Node | None:
        """The node for a piece; None where there is nothing to search for.

        ``joined``: an operator joins it, so that each of its words has to be there.
        """
        match typed:
            case Run(items=items):
                return self._run(items, joined)
            case Both(parts=parts):
                return _one_or(AllOf, self._parts(parts))
            case Either(parts=parts):
                return _one_or(AnyOf, self._parts(parts))
            case Plain() | Fielded() | Not():
                return self._run((typed,), joined)
            case Quoted() | Near() | Beginning() | Alike():
                return self._signed(typed)

    def _parts(self, parts: Sequence[Typed]) -> tuple[Node, ...]:
        nodes = [self.node(part, joined=True) for part in parts]
        if None in nodes:
            self.notes.append("A side of AND or OR had no word to search for and was left out.")
        return tuple(node for node in nodes if node is not None)

    def _run(self, items: Sequence[Typed], joined: bool) -> Node | None:
        """What stands side by side: phrases and the like are required, plain words order."""
        narrowing, stray = self._fields([item for item in items if isinstance(item, Fielded)])
        required = [self.node(i, joined=True) for i in items if not isinstance(i, Plain | Fielded | Not)]
        plain = self._plain([item.text for item in items if isinstance(item, Plain)], joined)
        strays = self._plain(stray, joined)
        present = [node for node in required if node is not None]
        if not (present or plain.ideas):
            plain, strays = strays, Ideas(())
        adds = (*plain.form, *plain.years, *strays.ideas, *strays.form, *strays.years)
        wanted = _wanted(plain.ideas, present, narrowing, adds, joined)
        unwanted = [self._unwanted(item.of) for item in items if isinstance(item, Not)]
        removed = tuple(node for node in unwanted if node is not None)
        return Without(wanted or Everything(), AnyOf(removed)) if removed else wanted

    def _unwanted(self, typed: Typed) -> Node | None:
        apart = _Reading(None, self.known, self.spellings, self.notes, literal=True)
        return apart.node(typed, joined=True)

    def _plain(self, texts: Sequence[str], joined: bool) -> Ideas:
        text = _APART.join(texts)
        if self.literal:
            nodes = [phrase_of(analyse(text[a:b])) for a, b in loose_words(text, set())] or [
                phrase_of(analyse(text))
            ]
            return Ideas(tuple(node for node in nodes if node is not None))
        found = ideas_of(text, self.vocabulary, joined=joined)
        self.plain.append(text)
        self.words += found.words
        self.ideas += (*found.ideas, *found.years)
        self.form += found.form
        self.years += found.years
        self.papers += found.papers
        self.expansions += found.expansions
        return found

    def _signed(self, typed: Quoted | Near | Beginning | Alike) -> Node | None:
        """The node of what was typed with a sign; it is an idea of the question as a plain word is."""
        match typed:
            case Quoted(text=text, slop=slop):
                node = phrase_of(analyse(text), slop)
                self.words += [text[a:b] for a, b in loose_words(text, set())]
            case Near(left=left, right=right, distance=distance):
                node = _near(left, right, distance)
                self.words += [side[a:b] for side in (left, right) for a, b in loose_words(side, set())]
            case Beginning(text=text):
                words = self.known.words
                node = self._spelled(f"{text}*", words.beginning(text)) if words else prefix_of(text)
            case Alike(text=text, edits=edits):
                words = self.known.words
                near = words.alike(text, edits) if words else (text,)
                node = self._spelled(f"{text}~", near)
        if node is not None:
            self.ideas.append(node)
        return node

    def _spelled(self, typed: str, words: Sequence[str]) -> Node | None:
        """Any of the words, up to the most; the page is told which, or how many were left out."""
        used = words[: self.spellings]
        if not used:
            self.notes.append(f"No word in the papers is meant by “{typed}”.")
            return OneOf(())
        if len(words) > len(used):
            self.notes.append(
                f"“{typed}” stands for {len(words):,} words; the {len(used)} that most passages have were "
                "searched. Type more letters to narrow it."
            )
        else:
            self.notes.append(f"“{typed}” stands for {_some(used)}.")
        return OneOf(tuple(dict.fromkeys(token.text for word in used for token in analyse(word))))

    def _fields(self, typed: Sequence[Fielded]) -> tuple[list[Node], list[str]]:
        """What fields narrow to, and the values that none could be found for, as words."""
        narrowing: list[Node] = []
        stray: list[str] = []
        for item in typed:
            node = self._titled(item) if item.name in WORD_FIELDS else self._among(item)
            if node is not None:
                narrowing.append(node)
            elif not self.literal:
                stray.append(item.value)
        return narrowing, stray

    def _titled(self, item: Fielded) -> Node | None:
        return phrase_of(analyse(item.value), field=WORD_FIELDS[item.name])

    def _among(self, item: Fielded) -> Node | None:
        fields = self.known.fields
        found = fields.having(item.name, item.value) if fields else None
        if found is None:
            self.notes.append(self._not_a_value(item))
            return None
        if item.name != "year" and (
            len(found.values) > 1 or found.values[0].casefold() != item.value.casefold()
        ):
            self.notes.append(f"“{item.name}:{item.value}” stands for {_some(found.values)}.")
        return Among(found.ordinals)

    def _not_a_value(self, item: Fielded) -> str:
        instead = "was left out" if self.literal else "was searched as words"
        fields = self.known.fields
        note = f"No paper here has the {item.name} “{item.value}”, so it {instead}."
        near = fields.nearest(item.name, item.value) if fields else ()
        return f"{note} There is {_some(near)}." if near else f"{note} The filters show which there are."


def _wanted(
    ideas: Sequence[Node],
    required: Sequence[Node],
    narrowing: Sequence[Node],
    adds: Sequence[Node],
    joined: bool,
) -> Node | None:
    """One node for what stands side by side: what has to be there, and what only adds to the score."""
    if joined:
        must, may = [*required, *ideas], list(adds)
    elif required:
        must, may = list(required), [*ideas, *adds]
    else:
        must, may = [AnyOf(tuple(ideas)) if len(ideas) > 1 else node for node in ideas[:1]], list(adds)
    must += narrowing
    if not must:
        return None
    return must[0] if len(must) == 1 and not may else AllOf((*must, *map(only_adds, may)))


def _one_or(joined: type[AllOf] | type[AnyOf], nodes: tuple[Node, ...]) -> Node | None:
    return joined(nodes) if len(nodes) > 1 else next(iter(nodes), None)


def _near(left: str, right: str, distance: int) -> Node | None:
    """Two phrases in either order, hyphenated words in pieces and joined."""
    orders = [
        Phrase((*one, *other), distance)
        for a in _runs(left)
        for b in _runs(right)
        for one, other in ((a, b), (b, a))
    ]
    return Best(tuple(dict.fromkeys(orders))) if orders else None


def _runs(text: str) -> tuple[tuple[str, ...], ...]:
    """The tokens of a text in a row, in each spelling."""
    node = phrase_of(analyse(text))
    options = node.children if isinstance(node, Best) else (node,)
    found = (
        option.tokens if isinstance(option, Phrase) else (option.token,)
        for option in options
        if isinstance(option, Phrase | Term)
    )
    return tuple(found)


def _some(names: Sequence[str]) -> str:
    """A few names in words, and how many more there are."""
    shown = list(names[:SHOWN])
    if len(names) > SHOWN:
        return f"{', '.join(shown)} and {len(names) - SHOWN:,} more"
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else "".join(shown)
