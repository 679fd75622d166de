"""Related terms: learned from what stands together, offered where something would be found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import Options, build
from indexer.errors import IndexDamaged
from indexer.generations import current
from indexer.search.library import SearchRequest, open_library
from indexer.search.phrases import pack_told
from indexer.search.related import FILE, MOST_OFFERED, Related, Text, learn, read, write
from indexer.settings import Settings

SLEEP = (
    "Parents slept on a sofa with the baby; smoking and the sofa were named as a danger, smoking above all."
)
PAY = "The budget of the team: salaries, invoices and the budget itself, with salaries and invoices paid."
OTHER = "Weather and lunch on day {}: sandwiches and sandwiches again, tea and more tea in the hall."


def text(document: str, passage: str) -> Text:
    return Text(document, pack_told(passage))


def papers(sleep: int = 5, spread: int = 3) -> list[Text]:
    """Passages about sleep and about pay, of ``spread`` papers, among many about neither."""
    return [
        *(text(f"s{n % spread}", SLEEP) for n in range(sleep)),
        *(text(f"p{n % 3}", PAY) for n in range(5)),
        *(text(f"o{n}", OTHER.format(n)) for n in range(120)),
    ]


def test_what_stands_together_is_related() -> None:
    related = learn(papers())
    assert set(related.to("smoking")) >= {"sofa"}
    assert set(related.to("budgets")) >= {"invoices", "salaries"}
    assert not {"invoices", "salaries", "sandwiches", "tea"} & set(related.to("smoking"))


def test_what_one_paper_alone_tells_is_not() -> None:
    assert learn(papers(spread=1)).to("smoking") == ()


def test_what_stands_everywhere_goes_with_nothing() -> None:
    assert learn(papers()).to("tea") == ()


def test_a_list_of_short_forms_teaches_nothing() -> None:
    lists = [text(f"g{n}", "CAF CDOP CSE CAF CDOP CSE DHR DHR and so on") for n in range(6)]
    assert learn([*papers(), *lists]).to("CAF") == ()


def test_what_was_typed_or_searched_is_not_offered() -> None:
    related = Related({"sofa": ("smoking", "sofas", "sofa bed", "danger"), "bed": ("night",)})
    assert related.to("sofa") == ("smoking", "danger")
    assert related.to("sofa", ["smoking"]) == ("danger",)
    assert related.to("sofa and bed") == ("smoking", "night", "danger")


def test_where_nothing_is_known_of_what_was_typed_other_words_are_looked_up() -> None:
    related = Related({"cot death": ("night",)})
    assert related.to("SIDS", ["cot death"]) == ("night",)
    assert related.to("SIDS") == ()


def test_no_more_than_a_line_is_offered() -> None:
    many = tuple(f"{a}{b}" for a in "abcdefgh" for b in "xy")
    assert len(Related({"sofa": many}).to("sofa")) == MOST_OFFERED


def test_short_forms_that_are_words_are_found_out() -> None:
    texts = [text("a", "The AIM tool. We aim high; others aim low."), text("b", "The CAF. See caf.")]
    assert learn(texts, shorts=["AIM", "CAF"]).also_words == ("aim",)


def test_it_is_kept_in_a_generation(tmp_path: Path) -> None:
    related = learn(papers(), shorts=["AIM"])
    write(tmp_path, related)
    assert read(tmp_path) == related


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"terms": 3}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(IndexDamaged, match=FILE):
        read(tmp_path)


@pytest.mark.slow
def test_every_offered_term_finds_something(sample_index: Settings) -> None:
    library = open_library(sample_index)
    related = read(current(sample_index.index).path)
    assert related.terms
    try:
        for term in sorted({term for terms in related.terms.values() for term in terms})[:150]:
            assert library.search(SearchRequest(term, limit=1, expand=False)).hits, term
    finally:
        library.close()


def test_the_results_offer_them(sample_index: Settings) -> None:
    library = open_library(sample_index)
    try:
        results = library.search(SearchRequest("co-sleeping"))
    finally:
        library.close()
    assert results.related
    said = {"co-sleeping", *(term for one in results.expansions for term in one.added)}
    assert not said & set(results.related)


def test_an_index_of_one_paper_is_built_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "note.txt").write_text("A note on neglect.", encoding="utf-8")
    settings = replace(Settings(), corpus=tmp_path / "corpus", index=tmp_path / "index", engine="memory")
    build(settings, Options(jobs=0))
    assert read(current(settings.index).path) == Related()
