"""An answer is made of sentences as they stand, chosen for what they hold, and never of any other words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import Record
from indexer.model import StatementKind
from indexer.search.analysis import analyse
from indexer.search.answer import MOST_PER_PASSAGE, Ranked, choose_quotes
from indexer.search.citations import cite
from indexer.search.matching import Tokens
from indexer.search.question import parse_question
from indexer.search.ranking import Idea
from indexer.search.results import Quote, Source
from indexer.search.wishes import wish_of
from indexer.sentences import split_sentences

ABuilder = Callable[..., Record]
SENTENCES = (
    "The audit of neglect found drift in six of the twenty cases.",
    "Two babies died while they were sleeping beside an adult on a sofa.",
    "Neglect was seen.",
    "The Board heard of co-sleeping\nand of neglect in the same year.",
    "It recommends that every health visitor speaks about co-sleeping with both parents:",
    "- that each neglect case is brought to supervision once a month.",
)


def ask(question: str, sources: list[Source]) -> list[Quote]:
    query = parse_question(question, None)
    texts = [source.passage.text for source in sources]
    found = [
        Ranked(source, 1 - 0.05 * rank, Tokens(analyse(text)), split_sentences(text))
        for rank, (source, text) in enumerate(zip(sources, texts, strict=True))
    ]
    return choose_quotes(found, query, [Idea(node, 1.0) for node in query.ideas], wish_of(question))


@pytest.fixture(scope="session")
def a_source(a_record: ABuilder) -> Callable[..., Source]:
    """A passage with its citation; headings and fields as for a record."""
    return lambda text, *headings, **fields: cite(a_record(text, *headings, **fields), alone=True)


@given(
    st.lists(st.lists(st.sampled_from(SENTENCES), max_size=5).map("\n".join), max_size=5),
    st.sampled_from(
        ["neglect", "co-sleeping recommendations", "how many neglect audits", '"drift in six"', "-x y"]
    ),
)
def test_quotes_are_verbatim_marked_and_said_once(
    a_source: Callable[..., Source], texts: list[str], question: str
) -> None:
    sources = [a_source(text, ordinal=n) for n, text in enumerate(texts)]
    quotes = ask(question, sources)
    for quote in quotes:
        start, end = quote.span
        assert quote.text == quote.source.passage.text[start:end]
        assert quote.source in sources
        assert quote.highlights and all(0 <= a < b <= len(quote.text) for a, b in quote.highlights)
    folded = [" ".join(quote.text.casefold().split()) for quote in quotes]
    assert len(set(folded)) == len(folded)
    for source in sources:
        assert sum(quote.source is source for quote in quotes) <= MOST_PER_PASSAGE


def test_the_sentence_that_holds_the_ideas_is_first(a_source: Callable[..., Source]) -> None:
    quotes = ask("neglect audit", [a_source(" ".join(SENTENCES[1:4])), a_source(SENTENCES[0])])
    assert quotes[0].text == SENTENCES[0]


def test_a_heading_stands_in_for_a_word_but_not_for_all(a_source: Callable[..., Source]) -> None:
    sources = [
        a_source(
            "It was drift that the audit found in six cases. Nobody had counted the days of it.", "Neglect"
        )
    ]
    assert [quote.text[:12] for quote in ask("neglect audit", sources)] == ["It was drift"]


def test_fragments_and_lead_ins_answer_nothing(a_source: Callable[..., Source]) -> None:
    assert ask("neglect", [a_source(SENTENCES[2])]) == []
    assert ask("co-sleeping", [a_source(SENTENCES[4])]) == []


def test_nothing_found_no_answer(a_source: Callable[..., Source]) -> None:
    assert ask("blancmange", [a_source(SENTENCES[0])]) == []
    assert ask("neglect", []) == []


def test_the_kind_that_was_asked_for_is_preferred(a_source: Callable[..., Source]) -> None:
    said = "Neglect is looked for by every one of the agencies at each visit."
    asked = "Neglect ought to be looked for by every agency at each and every visit."
    marked = a_source(asked, ordinal=1, passage={"statement": StatementKind.RECOMMENDATION})
    assert ask("neglect recommendations", [a_source(said), marked])[0].text == asked
    assert ask("neglect", [a_source(said), marked])[0].text == said


def test_copies_are_quoted_once_from_the_better_ranked(a_source: Callable[..., Source]) -> None:
    one, other = a_source(SENTENCES[0]), a_source(SENTENCES[0].upper(), ordinal=1)
    assert [quote.source for quote in ask("neglect", [one, other])] == [one]
    assert replace(one) == one
