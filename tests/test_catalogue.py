"""The catalogue gives back what it took in, forgets what it is told to, and never mixes papers up."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import Catalogue
from indexer.catalogue.cells import pack_boxes, pack_spans, unpack_boxes, unpack_spans
from indexer.errors import IndexDamaged, IndexMissing, IndexOutdated, UnknownDocument, UnknownPassage
from indexer.model import (
    Acronym,
    BlockKind,
    Box,
    Document,
    DocumentKind,
    Extract,
    Forms,
    MediaType,
    Named,
    Page,
    PageBasis,
    PageRef,
    Part,
    Passage,
    Place,
    Section,
    SourceFile,
    Span,
    Statement,
    StatementKind,
    Table,
    TextBlock,
    Unread,
    UnreadCode,
)

PLACE = Place(0, 40, None, (1,))
BOX = Box(0.1, 0.2, 0.9, 0.25)


def a_source(name: str, checksum: str = "ab" * 32) -> SourceFile:
    return SourceFile(f"/papers/{name}", name, MediaType.PDF, checksum, 1234, 5678)


def a_passage(number: int, page: int = 1, **changes: object) -> Passage:
    passage = Passage(
        id=f"p{number}",
        text=f"Passage {number} says “co-sleeping”.",
        spans=(Span(10 * number, 10 * number + 9, page, (BOX,)),),
        lines=None,
        pages=(PageRef(page, f"{page - 1}", PageBasis.FILE),),
        section=0,
        part=0,
        years=("2012-13",),
        subgroups=("Audit Group",),
        themes=("neglect",),
        cases=("Child A",),
        statement=StatementKind.RECOMMENDATION,
        context="Year | Audits",
    )
    return replace(passage, **changes)  # type: ignore[arg-type]


def an_extract(name: str, *passages: Passage, title: str = "Annual report") -> Extract:
    kind = DocumentKind.ANNUAL_REPORT
    document = Document(
        f"id-{name}", name, MediaType.PDF, title, kind, "The Board", "2013-09", ("2012-13",), 2
    )
    part = Part("4", "Audits", DocumentKind.REPORT, "Audit Group", "2013-09-14", ("2013-14",), 0, 2, PLACE)
    blocks = (
        TextBlock(BlockKind.HEADING, "Findings", 0, 8, 1, None, level=1),
        TextBlock(BlockKind.TABLE_ROW, "a b", 10, 13, 2, None, cells=("a", "b"), header=True, table=0),
    )
    return Extract(
        document=document,
        source=a_source(name),
        pages=(Page(1, "i", 595.0, 842.0, 0, 20), Page(2, "1", 595.0, 842.0, 21, 40)),
        parts=(part,),
        sections=(Section("s0", "Findings", 1, ("Findings",), 0, 0, 2, PLACE),),
        passages=passages or (a_passage(1), a_passage(2, page=2)),
        blocks=blocks,
        statements=(Statement(StatementKind.ACTION, "Audit again.", "1", PLACE),),
        subgroups=(Named("Audit Group", ("QA Group",), (PLACE,)),),
        cases=(Named("Child A", (), (PLACE,)),),
        acronyms=(Acronym("SCR", "serious case review", PLACE),),
        tables=(Table("Audits", PLACE),),
        unread=(Unread(name, UnreadCode.NEEDS_OCR, "A picture.", 2),),
    )


def near(passage: Passage) -> Passage:
    """The passage with rectangles rounded, since the catalogue keeps them to a hundredth of a point."""
    spans = (replace(s, boxes=tuple(Box(*(round(v, 4) for v in b)) for b in s.boxes)) for s in passage.spans)
    return replace(passage, spans=tuple(spans))


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue.create(tmp_path / "catalogue.sqlite") as made:
        yield made


def test_gives_back_everything_of_a_document(catalogue: Catalogue) -> None:
    extract = an_extract("a.pdf")
    catalogue.add(extract)
    key = extract.document.id
    assert catalogue.document(key) == catalogue.document("a.pdf") == extract.document
    assert tuple(map(near, catalogue.passages(key))) == tuple(map(near, extract.passages))
    for name in (
        "pages",
        "parts",
        "sections",
        "statements",
        "subgroups",
        "cases",
        "acronyms",
        "tables",
        "blocks",
    ):
        assert getattr(catalogue, name)(key) == getattr(extract, name), name
    assert catalogue.unread("a.pdf") == extract.unread
    assert catalogue.sources() == {"a.pdf": extract.source}


def test_finds_blocks_and_passages_of_one_page(catalogue: Catalogue) -> None:
    spread = a_passage(3, pages=(PageRef(1, "i", PageBasis.FILE), PageRef(3, "2", PageBasis.FILE)))
    catalogue.add(an_extract("a.pdf", a_passage(1), a_passage(2, page=2), spread))
    assert [p.id for p in catalogue.passages("a.pdf", 1)] == ["p1", "p3"]
    assert [p.id for p in catalogue.passages("a.pdf", 2)] == ["p2"]  # p3 is on 1 and 3, not between
    assert [b.text for b in catalogue.blocks("a.pdf", 2)] == ["a b"]
    assert catalogue.passages("a.pdf", 9) == catalogue.blocks("a.pdf", 9) == ()


def test_records_hold_all_that_a_passage_stands_in(catalogue: Catalogue) -> None:
    one, two = an_extract("a.pdf"), an_extract("b.pdf", a_passage(7, section=None))
    ordinals = catalogue.add(one) + catalogue.add(two)
    records = catalogue.records([*ordinals, 999])
    assert tuple(records) == ordinals
    first, last = records[ordinals[0]], records[ordinals[-1]]
    assert (first.document, first.part, first.section) == (one.document, one.parts[0], one.sections[0])
    assert (last.document.file, last.section, last.passage.id) == ("b.pdf", None, "p7")
    assert catalogue.record_of("id-b.pdf", "p7") == last
    assert list(catalogue.all_records()) == list(records.values())


def test_columns_use_the_papers_own_kind_and_years(catalogue: Catalogue) -> None:
    catalogue.add(an_extract("a.pdf", a_passage(1), a_passage(2, years=(), boilerplate=True)))
    first, second = catalogue.columns()
    assert (first.years, second.years) == (("2012-13",), ("2013-14",))
    assert (first.kind, first.body) == ("report", "Audit Group")
    assert (first.boilerplate, second.boilerplate) == (False, True)
    assert (first.subgroups, first.themes) == (("Audit Group",), ("neglect",))


def test_a_paper_that_states_no_year_is_found_by_the_year_of_its_date(catalogue: Catalogue) -> None:
    made = an_extract("a.pdf", a_passage(1, years=()))
    part = replace(made.parts[0], date="2013-03-31", years=())
    catalogue.add(replace(made, parts=(part,), document=replace(made.document, years=())))
    assert [row.years for row in catalogue.columns()] == [("2012-13",)]


def test_removing_takes_all_of_a_document_and_nothing_else(catalogue: Catalogue, tmp_path: Path) -> None:
    gone, kept = an_extract("a.pdf"), an_extract("b.pdf")
    first, second = catalogue.add(gone), catalogue.add(kept)
    assert catalogue.remove("a.pdf") == first
    assert catalogue.remove("a.pdf") == ()
    assert [d.file for d in catalogue.documents()] == ["b.pdf"]
    assert [row.ordinal for row in catalogue.columns()] == list(second)
    with pytest.raises(UnknownDocument):
        catalogue.document("a.pdf")
    catalogue.commit()
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as raw:
        for table in ("documents", "parts", "sections", "files"):
            assert raw.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (1,), table  # noqa: S608
    raw.close()


def test_ordinals_are_never_used_again(catalogue: Catalogue) -> None:
    first = catalogue.add(an_extract("a.pdf"))
    catalogue.remove("a.pdf")
    second = catalogue.add(an_extract("a.pdf"))
    assert max(first) < min(second)


def test_a_document_goes_in_whole_or_not_at_all(catalogue: Catalogue) -> None:
    catalogue.add(an_extract("a.pdf"))
    with pytest.raises(sqlite3.IntegrityError):
        catalogue.add(an_extract("b.pdf", a_passage(1), a_passage(1)))
    assert [d.file for d in catalogue.documents()] == ["a.pdf"]
    assert (catalogue.passage_count(), list(catalogue.sources())) == (2, ["a.pdf"])


def test_groups_are_kept_by_their_lowest_ordinal(catalogue: Catalogue) -> None:
    one, two, three, four = catalogue.add(an_extract("a.pdf")) + catalogue.add(an_extract("b.pdf"))
    catalogue.set_groups({four: one, two: one})  # a group's number may be any, even another's ordinal
    assert catalogue.group_members(two) == (two, four)
    assert catalogue.group_members(one) == (one,)
    assert catalogue.records([four])[four].group == two
    assert [row.group for row in catalogue.columns()] == [one, two, three, two]
    catalogue.set_groups({})
    assert catalogue.group_members(two) == (two,)


def test_words_are_replaced_as_a_whole(catalogue: Catalogue) -> None:
    catalogue.set_words({"neglect": 3, "audit": 1})
    catalogue.set_words({"neglect": 4, "board": 2})
    assert list(catalogue.words()) == [("board", 2), ("neglect", 4)]


def test_counts(catalogue: Catalogue) -> None:
    catalogue.add(an_extract("a.pdf"))
    catalogue.add(an_extract("b.pdf"))
    catalogue.add_unread(Unread("c.pdf", UnreadCode.ENCRYPTED, "It needs a password."))
    counts = catalogue.counts()
    assert (counts.documents, counts.pages, counts.sections, counts.passages) == (2, 4, 2, 4)
    assert (counts.unread_files, counts.unread_pages) == (1, 2)
    assert (counts.first_year, counts.last_year) == ("2012-13", "2013-14")


def test_an_empty_catalogue_counts_nothing(catalogue: Catalogue) -> None:
    counts = catalogue.counts()
    assert (counts.documents, counts.pages, counts.unread_files, counts.first_year) == (0, 0, 0, None)
    assert list(catalogue.columns()) == list(catalogue.texts()) == []


def test_documents_come_by_title_without_regard_to_case(catalogue: Catalogue) -> None:
    for name, title in (("1.pdf", "beta"), ("2.pdf", "Alpha"), ("3.pdf", "Gamma")):
        catalogue.add(an_extract(name, title=title))
    assert [d.title for d in catalogue.documents()] == ["Alpha", "beta", "Gamma"]


def test_unknown_documents_and_passages_are_named(catalogue: Catalogue) -> None:
    catalogue.add(an_extract("a.pdf"))
    with pytest.raises(UnknownDocument, match=r"nothing\.pdf"):
        catalogue.sections("nothing.pdf")
    with pytest.raises(UnknownPassage, match="p99"):
        catalogue.passage("a.pdf", "p99")


def test_a_copy_is_whole_and_apart(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.add(an_extract("a.pdf"))
    catalogue.commit()
    catalogue.copy_to(tmp_path / "copy.sqlite")
    with Catalogue.open(tmp_path / "copy.sqlite", writable=True) as copy:
        copy.remove("a.pdf")
        copy.commit()
        assert copy.passage_count() == 0
    assert catalogue.passage_count() == 2


def test_can_be_read_from_a_folder_that_cannot_be_written(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.add(an_extract("a.pdf"))
    catalogue.commit()
    before = {path.name for path in tmp_path.iterdir()}
    with Catalogue.open(tmp_path / "catalogue.sqlite") as reader:
        assert reader.passage_count() == 2
        assert {path.name for path in tmp_path.iterdir()} == before  # no journal beside it
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.remove("a.pdf")


def test_threads_may_share_it(catalogue: Catalogue) -> None:
    ordinals = [o for n in range(20) for o in catalogue.add(an_extract(f"{n}.pdf"))]
    wrong: list[object] = []

    def look() -> None:
        for _ in range(20):
            found = catalogue.records(ordinals)
            wrong.extend(o for o in ordinals if found[o].ordinal != o)
            wrong.extend(row for row in catalogue.columns() if row.ordinal not in ordinals)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_says_what_is_wrong_with_a_file_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.sqlite"
    with pytest.raises(IndexMissing, match="boardsearch build"):
        Catalogue.open(path)
    path.write_bytes(b"not a database at all, but long enough to be taken for one" * 100)
    with pytest.raises(IndexDamaged, match="boardsearch build"):
        Catalogue.open(path)
    path.write_bytes(b"")
    with pytest.raises(IndexDamaged):
        Catalogue.open(path)


def test_an_older_form_is_outdated_not_damaged(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.commit()
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as raw:
        raw.execute("PRAGMA user_version=0")
    raw.close()
    with pytest.raises(IndexOutdated, match="boardsearch build"):
        Catalogue.open(tmp_path / "catalogue.sqlite")


def test_damage_is_noticed(catalogue: Catalogue, tmp_path: Path) -> None:
    for number in range(30):
        catalogue.add(an_extract(f"{number}.pdf"))
    catalogue.commit()
    assert catalogue.is_whole()
    path = tmp_path / "catalogue.sqlite"
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)
    with Catalogue.open(path) as reader:
        assert not reader.is_whole()
        with pytest.raises(IndexDamaged):
            reader.documents()


sides = st.floats(0, 1)
boxes = st.tuples(sides, sides, sides, sides).map(lambda sides: Box(*sides))
spans = st.builds(
    Span,
    st.integers(0, 10**7),
    st.integers(0, 10**7),
    st.none() | st.integers(1, 5000),
    st.lists(boxes, max_size=5).map(tuple),
)


@given(st.lists(boxes, max_size=20))
def test_rectangles_come_back_within_a_hundredth_of_a_point(given_boxes: list[Box]) -> None:
    packed = pack_boxes(given_boxes)
    assert len(packed) == 8 * len(given_boxes)
    back = unpack_boxes(packed)
    assert len(back) == len(given_boxes)
    for box, found in zip(given_boxes, back, strict=True):
        assert all(abs(a - b) * 842 < 0.01 for a, b in zip(box, found, strict=True))
    assert pack_boxes(back) == packed  # what was packed once does not move again


def test_rectangles_off_the_page_are_drawn_in() -> None:
    assert unpack_boxes(pack_boxes([Box(-0.5, 0.0, 1.5, 1.0)])) == (Box(0.0, 0.0, 1.0, 1.0),)


@given(st.lists(spans, max_size=5))
def test_spans_come_back_in_place(given_spans: list[Span]) -> None:
    back = unpack_spans(pack_spans(given_spans))
    assert [(s.start, s.end, s.page, len(s.boxes)) for s in back] == [
        (s.start, s.end, s.page, len(s.boxes)) for s in given_spans
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=6))
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    with Catalogue(Path("memory"), sqlite3.connect(":memory:", check_same_thread=False)) as catalogue:
        from indexer.catalogue.schema import SCHEMA

        catalogue._connection.executescript(SCHEMA)
        passages = [a_passage(n, text=text, context=text) for n, text in enumerate(texts)]
        extract = replace(an_extract("a.pdf"), passages=tuple(passages))
        ordinals = catalogue.add(extract)
        assert list(catalogue.texts()) == list(zip(ordinals, texts, strict=True))
        assert [p.context for p in catalogue.passages("a.pdf")] == texts


def test_forms_come_back_replaced_as_a_whole_and_go_with_their_document(catalogue: Catalogue) -> None:
    first, second = catalogue.add(an_extract("a.pdf"))
    forms = Forms("neglect\n\naudit", "find", "find", 2, ((0, 4), (5, 9)))
    catalogue.set_forms([(first, replace(forms, figures=7)), (second, forms)])
    catalogue.set_forms([(first, forms)])
    looks = catalogue.looks([first, second, 999])
    assert {ordinal: look.forms for ordinal, look in looks.items()} == {first: forms, second: forms}
    statements = {record.ordinal: record.passage.statement for record in catalogue.all_records()}
    assert all(look.statement == statements[ordinal] for ordinal, look in looks.items())
    catalogue.remove("a.pdf")
    assert catalogue.looks([first, second]) == {}
