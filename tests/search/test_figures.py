"""Figures are the papers' own numbers, each with its year, its place and what it counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import Record
from indexer.search.analysis import analyse
from indexer.search.answer import Ranked
from indexer.search.citations import cite
from indexer.search.figures import MOST_FIGURES, find_figures, series_of
from indexer.search.matching import Tokens
from indexer.search.question import parse_question
from indexer.search.ranking import Idea
from indexer.search.results import Figure, Source
from indexer.sentences import split_sentences

ABuilder = Callable[..., Record]
TABLE = (
    "Activity of the Board\n"
    "\tMarch 2012\tMarch 2013\n"
    "Private fostering notifications\t9\t17\n"
    "Children looked after\t402\t1,438\n"
    "Private fostering visits on time\t64%\t71%\n"
)
SENTENCES = (
    "In 2012-13 there were 17 private fostering notifications.",
    "The number of private fostering notifications was 9 in 2010-11.",
    "Private fostering was the subject of section 4 of the report of 2012.",
    "In 2014 the private fostering officer worked for 3 months.",
    "4.2 Private fostering was told of in 2013.",
    "In 2012 a leaflet on private fostering was sent to 41 schools.",
    "Private fostering visits on time rose to 71% in 2013.",
)


@pytest.fixture(scope="session")
def figures(a_record: ABuilder) -> Callable[..., tuple[Figure, ...]]:
    """The figures that passages with these texts give for a question."""

    def found(question: str, *texts: str, years: tuple[str, ...] = ()) -> tuple[Figure, ...]:
        query = parse_question(question, None)
        sources: list[Source] = [
            cite(a_record(text, ordinal=n, passage={"years": years}), alone=True)
            for n, text in enumerate(texts)
        ]
        passages = [
            Ranked(source, 1.0, Tokens(analyse(text)), split_sentences(text))
            for source, text in zip(sources, texts, strict=True)
        ]
        return find_figures(passages, [Idea(node, 1.0) for node in query.ideas], question)

    return found


def told(figures: tuple[Figure, ...]) -> list[tuple[str, str]]:
    return [(figure.when, figure.value) for figure in figures]


def test_a_table_gives_the_row_that_was_asked_for_by_the_years_of_its_columns(
    figures: Callable[..., tuple[Figure, ...]],
) -> None:
    found = figures("how many private fostering notifications", TABLE)
    assert told(found) == [("March 2012", "9"), ("March 2013", "17")]
    assert {figure.of for figure in found} == {"Private fostering notifications"}
    (series,) = series_of(found)
    assert (series.of, [figure.number for figure in series.figures]) == (
        "Private fostering notifications",
        [9.0, 17.0],
    )


def test_thousands_are_read_as_printed(figures: Callable[..., tuple[Figure, ...]]) -> None:
    found = figures("number of children looked after", TABLE)
    assert [(figure.value, figure.number) for figure in found] == [("402", 402.0), ("1,438", 1438.0)]


def test_shares_answer_a_question_for_shares_alone(figures: Callable[..., tuple[Figure, ...]]) -> None:
    assert told(figures("percentage of private fostering visits on time", TABLE))[0] == ("March 2012", "64%")
    assert figures("how many private fostering visits on time", TABLE) == ()


@pytest.mark.parametrize(
    ("sentence", "expected"),
    list(
        zip(SENTENCES, [[("2012-13", "17")], [("2010-11", "9")], [], [], [], [], []], strict=True),
    ),
)
def test_a_sentence_gives_the_number_beside_the_words(
    figures: Callable[..., tuple[Figure, ...]], sentence: str, expected: list[tuple[str, str]]
) -> None:
    assert told(figures("how many private fostering notifications", sentence)) == expected


def test_a_sentence_without_a_year_is_of_the_only_year_of_its_passage(
    figures: Callable[..., tuple[Figure, ...]],
) -> None:
    sentence = "There were 17 private fostering notifications."
    question = "how many private fostering notifications"
    assert told(figures(question, sentence, years=("2012-13",))) == [("2012-13", "17")]
    assert figures(question, sentence, years=("2012-13", "2013-14")) == ()


def test_the_row_of_totals_answers_for_a_column(figures: Callable[..., tuple[Figure, ...]]) -> None:
    table = "Agency\tStaff trained in 2012-13\nHealth\t135\nSchools\t40\nTotal\t175"
    assert told(figures("how many staff were trained", table)) == [("2012-13", "175")]


@given(
    st.lists(
        st.lists(st.sampled_from((TABLE, *SENTENCES)), min_size=1, max_size=4).map("\n".join), max_size=6
    ),
    st.sampled_from(["how many private fostering notifications", "trends in children looked after", "-x y"]),
)
def test_every_figure_stands_in_its_source(
    figures: Callable[..., tuple[Figure, ...]], texts: list[str], question: str
) -> None:
    found = figures(question, *texts)
    assert len(found) <= MOST_FIGURES
    assert [figure.first_year for figure in found] == sorted(figure.first_year for figure in found)
    for figure in found:
        start, end = figure.span
        assert figure.source.passage.text[start:end] == figure.value
        assert figure.number >= 0
    for series in series_of(found):
        assert len({figure.first_year for figure in series.figures}) > 1
