"""Short forms of the sample board: what they stand for, and where that is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.catalogue import Catalogue
from indexer.generations import current
from indexer.search.glossary import Glossary
from indexer.settings import Settings


@pytest.fixture(scope="module")
def catalogue(sample_index: Settings) -> Iterator[Catalogue]:
    with Catalogue.open(current(sample_index.index).catalogue_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def glossary(catalogue: Catalogue) -> Glossary:
    return Glossary(catalogue)


def test_every_short_form_is_there_once_a_paper(catalogue: Catalogue, glossary: Glossary) -> None:
    told = {(a.short.casefold(), d.id) for d in catalogue.documents() for a in catalogue.acronyms(d.id)}
    found = [(m.short.casefold(), d.document.id) for m in glossary.meanings for d in m.defined]
    assert set(found) == told
    assert len(set(found)) == len(found)


def test_a_meaning_is_one_however_it_is_written(glossary: Glossary) -> None:
    meanings = [meaning for meaning in glossary.meanings if meaning.short == "CDOP"]
    assert [meaning.long for meaning in meanings] == ["Child Death Overview Panel"]
    assert len(meanings[0].defined) > 3


def test_they_stand_in_alphabetical_order_and_oldest_paper_first(glossary: Glossary) -> None:
    shorts = [meaning.short.casefold() for meaning in glossary.meanings]
    assert shorts == sorted(shorts)
    for meaning in glossary.meanings:
        dates = [each.document.date for each in meaning.defined if each.document.date]
        assert dates == sorted(dates)


def test_a_definition_leads_to_the_page_that_says_so(catalogue: Catalogue, glossary: Glossary) -> None:
    for meaning in glossary.meanings:
        each = meaning.defined[0]
        paper, what, key = each.url.rpartition("/")[0].rpartition("/")[0], *each.url.split("/")[-2:]
        assert paper == f"/documents/{each.document.id}"
        if what == "pages":
            said = " ".join(block.text for block in catalogue.blocks(each.document.id, int(key)))
        else:
            said = catalogue.passage(each.document.id, key).text
        assert meaning.short in said
