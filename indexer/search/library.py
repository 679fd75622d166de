"""The library: an opened index that answers questions. What the command line and the web use."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from indexer.catalogue import Catalogue, Look, Record
from indexer.errors import EngineUnavailable, UsageError
from indexer.generations import Generation, current
from indexer.search.acronym_meanings import join_acronyms
from indexer.search.analysis import analyse
from indexer.search.answer import Ranked, choose_quotes
from indexer.search.case_story import CaseStories
from indexer.search.citations import cite
from indexer.search.closer import CLOSER_LOOK, CloserLook
from indexer.search.columns import Columns
from indexer.search.contract import FIELD_WEIGHTS, Matches, SearchEngine
from indexer.search.coverage import coverage_of
from indexer.search.engines import backend
from indexer.search.fielded import FieldValues
from indexer.search.figures import find_figures, series_of
from indexer.search.glossary import Glossary
from indexer.search.matching import Tokens, highlight, holds
from indexer.search.onward import Onward
from indexer.search.query import Everything, Node, Query, tokens_of
from indexer.search.question import everything
from indexer.search.ranking import DEFAULT_WEIGHTS, Idea, Weights
from indexer.search.register_choice import Register
from indexer.search.related import read as read_related
from indexer.search.request import SearchRequest as SearchRequest
from indexer.search.results import Answer, Coverage, FacetCount, Hit, PaperFound, Results, Source
from indexer.search.snippets import choose_snippet
from indexer.search.spelling import is_slip
from indexer.search.understanding import Understanding
from indexer.search.vocabulary import Vocabulary, load_with
from indexer.settings import Settings
from indexer.withdrawals import Withdrawals

_ANSWER_FROM = 20
"""An answer's sentences come from so many of the best hits."""
LITTLE = 5
"""Fewer passages are little: then a likely spelling of words that no paper has is searched instead."""
_REMEMBERED = 64
"""So many questions' matches are kept, a few kB each."""
_ANALYSED = 4_000
"""Texts whose tokens are kept in memory, some 15 kB each: what people ask about comes again."""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a request came to: the question as understood, and what it found."""

    query: Query
    found: Matches
    missing: tuple[str, ...]
    suggestion: str | None
    corrected: bool


class Library:
    """One generation of an index, opened: searches, answers, citations. Threads may share it."""

    def __init__(
        self,
        settings: Settings,
        generation: Generation,
        weights: Weights = DEFAULT_WEIGHTS,
        *,
        field_weights: Mapping[str, float] = FIELD_WEIGHTS,
        fold: bool = True,
    ) -> None:
        """``fold``: whether copies are one hit. Weights and folding are parameters to be measured by."""
        self.settings = settings
        self._fold_copies = fold
        self.generation = generation
        vocabulary = load_with(settings.vocabulary)  # what is wrong with it is said before a file is opened
        related = read_related(generation.path)
        self.engine_name = generation.manifest.engine
        self.catalogue = Catalogue.open(generation.catalogue_path)
        try:
            if hidden := Withdrawals(settings.index).hidden(self.catalogue.sources()):
                self.catalogue.hide(hidden)
            self._engine: SearchEngine = backend(self.engine_name).open(
                generation.engine_folder, field_weights
            )
        except BaseException:
            self.catalogue.close()
            raise
        rows = tuple(self.catalogue.columns())
        self._columns = Columns(rows if fold else (replace(row, group=row.ordinal) for row in rows))
        self._closer = CloserLook(self.catalogue, self._columns, weights)
        self._dates = {row.ordinal: row.date for row in rows}
        self._files = {row.ordinal: row.file for row in rows}
        self._coverage = coverage_of(self.catalogue, self._columns.counts(self._columns.everything))
        self._related = related
        self.onward = Onward(self.catalogue, self._engine, self._columns, self._dates, self._in_order)
        """Ways on from what was found."""
        self.register = Register(self.catalogue, self.holds)
        self.glossary = Glossary(self.catalogue)
        self.cases = CaseStories(self.catalogue, self.onward, self.register)
        words = _with_acronyms(vocabulary, self.catalogue, related.also_words)
        fields = FieldValues(self._columns, rows)
        visible = self._columns.everything & ~self._columns.boilerplate
        self._understood = Understanding(self._engine, words, fields, visible, self.catalogue.words)
        self._tokens = lru_cache(maxsize=_ANALYSED)(lambda text: Tokens(analyse(text)))
        self._found: dict[SearchRequest, Matches] = {}
        self._lock = threading.Lock()
        self._single = lru_cache(maxsize=None)(lambda key: len(self.catalogue.parts(key)) == 1)

    def search(self, request: SearchRequest) -> Results:
        """The hits of a page, with facets and what was searched.

        Raises UsageError for what cannot be asked, EngineError where the engine failed.
        """
        started = time.perf_counter()
        looked = self._look(request)
        query, found = looked.query, looked.found
        hits = self._hits(found.ranked, query, request)
        searched = found.matching & self._within(replace(request, filters=()))
        visible = found.matching & self._within(request)
        return Results(
            query=request.text,
            total=found.total,
            total_is_exact=found.total_is_exact,
            took_ms=(time.perf_counter() - started) * 1000,
            engine=self.engine_name,
            hits=hits,
            facets=self._columns.counts(searched, request.filters),
            coverage=self._coverage,
            offset=request.offset,
            folded_total=len({self._columns.groups[o] for o in self._columns.ordinals(visible)}),
            expansions=query.expansions,
            notes=query.notes,
            missing=looked.missing,
            related=self._offered(query),
            suggestion=looked.suggestion,
            corrected=looked.corrected,
            wishes=query.wishes,
            wishes_followed=request.wishes,
        )

    def papers(self, request: SearchRequest, files: Iterable[str], most: int) -> dict[str, PaperFound]:
        """The first of ``files``, at most ``most``, that have passages which match. Raises as ``search``."""
        looked = self._look(request)
        visible = looked.found.matching & self._within(request)
        counts = Counter(self._files[ordinal] for ordinal in self._columns.ordinals(visible))
        best: dict[str, tuple[int, float]] = {}
        for ordinal, score in (*looked.found.ranked, *((o, 0.0) for o in self._columns.ordinals(visible))):
            best.setdefault(self._files[ordinal], (ordinal, score))
        wanted = list(islice((file for file in files if file in counts), most))
        hits = self._hits_of([best[file] for file in wanted], looked.query)
        return {file: PaperFound(counts[file], hit) for file, hit in zip(wanted, hits, strict=True)}

    def answer(self, request: SearchRequest, most: int = 8) -> Answer:
        """The sentences that answer, at most ``most``; none where nothing does. Raises as ``search``."""
        looked = self._look(request)
        query, wish = looked.query, looked.query.wish
        folded = self._fold(looked.found.ranked, 0, _ANSWER_FROM)
        looks = self.catalogue.looks([leader.ordinal for leader, _, _ in folded])
        found = [
            Ranked(
                self._source(leader),
                score,
                self._tokens(leader.passage.text),
                looks[leader.ordinal].forms.sentences,
            )
            for leader, score, _ in folded
        ]
        ideas = self._ideas(query)
        quotes = choose_quotes(found, query, ideas, wish) if self._can_answer(query) else []
        figures = find_figures(found, ideas, query.typed) if wish.figures else ()
        return Answer(
            query=request.text,
            quotes=tuple(quotes[:most]),
            figures=figures,
            series=series_of(figures),
            passages=looked.found.total,
            coverage=self._coverage,
            expansions=query.expansions,
            missing=looked.missing,
            notes=query.notes,
            suggestion=looked.suggestion,
            corrected=looked.corrected,
            wishes=query.wishes,
            wishes_followed=request.wishes,
        )

    def source(self, document_id: str, passage_id: str) -> Source:
        """A passage with its citation; raises UnknownDocument or UnknownPassage."""
        return self._source(self.catalogue.record_of(document_id, passage_id))

    def highlights(self, text: str, question: str) -> tuple[tuple[int, int], ...]:
        """The slices of any text that a question's words match; none for what cannot be asked."""
        try:
            query = self._understood.query(question, True, True)
        except UsageError:
            return ()
        return highlight(query.tree, Tokens(analyse(text)))

    def holds(self, question: str) -> Callable[[str], bool]:
        """Tells of any text whether it holds all that a question is about; raises UsageError."""
        query = self._understood.query(question, True, True)
        wanted = (query.tree, *query.ideas)

        def told(text: str) -> bool:
            tokens = self._tokens(text)
            return all(holds(node, tokens) for node in wanted)

        return told

    def coverage(self) -> Coverage:
        """What this index holds and what it could not read."""
        return self._coverage

    def facet_values(self) -> dict[str, tuple[FacetCount, ...]]:
        """Every facet's values over the whole index, with passage counts."""
        return self._columns.counts(self._columns.everything & ~self._columns.boilerplate)

    def ready(self) -> bool:
        """Whether the engine holds what the catalogue says; raises EngineUnavailable where it does not."""
        expected, held = self.generation.manifest.passages, self._engine.count()
        if expected != held:
            raise EngineUnavailable(
                f"The search index holds {held:,} passages of {expected:,}.",
                "Run `boardsearch rebuild`; papers that were read before are not read again.",
            )
        return True

    def close(self) -> None:
        """Give files back."""
        self._engine.close()
        self.catalogue.close()

    def _parse(self, request: SearchRequest) -> Query:
        if not request.text.strip() and request.filters:
            return everything()
        return self._understood.query(request.text, request.expand, request.wishes, request.plain)

    def _look(self, request: SearchRequest) -> _Looked:
        """Understand and find; with words that no paper has spelled otherwise, where they find little."""
        query = self._parse(request)
        found = self._find(query, request)
        missing = self._understood.missing(query)
        suggestion = self._understood.suggestion(request.text, query, missing)
        may_correct = request.spelling and found.total < LITTLE
        if may_correct and suggestion and is_slip(request.text, suggestion):
            other = replace(request, text=suggestion)
            meant = self._parse(other)
            more = self._find(meant, other)
            if more.total > found.total and not self._understood.missing(meant):
                return _Looked(meant, more, missing, suggestion, corrected=True)
        return _Looked(query, found, missing, suggestion, corrected=False)

    def _find(self, query: Query, request: SearchRequest) -> Matches:
        """The engine's matches, its best looked at again and put in order.

        Kept for a while: an answer and the pages of hits beside it come from one search.
        """
        wanted = request.offset + request.limit
        # Copies are folded later, so more is asked for than is shown; the newest may be ranked last.
        limit = max(CLOSER_LOOK, 3 * wanted) if request.sort == "relevance" else self._engine.count()
        key, enough = replace(request, offset=0, limit=limit), limit // 3
        with self._lock:
            if (known := self._found.get(key)) is not None:
                return known
        within = self._within(request)
        found = self._engine.search(query.tree, limit, within)
        while len(found.ranked) < found.total and self._groups_in(found.ranked) < enough:
            limit *= 4
            found = self._engine.search(query.tree, limit, within)
        ordered = replace(found, ranked=self._order(found, query, request))
        with self._lock:
            if len(self._found) >= _REMEMBERED:
                self._found.pop(next(iter(self._found)))
            self._found[key] = ordered
        return ordered

    def _within(self, request: SearchRequest) -> int:
        """The bit set of passages that a request may be shown."""
        within = self._columns.mask(request.filters)
        return within if request.boilerplate else within & ~self._columns.boilerplate

    def _order(self, found: Matches, query: Query, request: SearchRequest) -> tuple[tuple[int, float], ...]:
        if request.sort != "relevance":
            return self._by_date(found.ranked, newest=request.sort == "newest")
        if isinstance(query.tree, Everything):
            return found.ranked
        return self._closer.order(found.ranked, self._ideas(query), query.wish)

    def _groups_in(self, ranked: Sequence[tuple[int, float]]) -> int:
        """How many hits the passages make once copies are folded."""
        return len({self._columns.groups[ordinal] for ordinal, _ in ranked})

    def _by_date(self, ranked: Sequence[tuple[int, float]], *, newest: bool) -> tuple[tuple[int, float], ...]:
        """By the date of the paper, of one date the best first; what has no date comes last."""
        known = [item for item in ranked if self._dates[item[0]]]
        known.sort(key=lambda item: self._dates[item[0]], reverse=newest)
        return (*known, *(item for item in ranked if not self._dates[item[0]]))

    def _hits(
        self, ranked: Sequence[tuple[int, float]], query: Query, request: SearchRequest
    ) -> tuple[Hit, ...]:
        folded = self._fold(ranked, request.offset, request.limit)
        looks = self.catalogue.looks([leader.ordinal for leader, _, _ in folded])
        return tuple(
            self._hit(request.offset + place, leader, score, copies, looks[leader.ordinal], query)
            for place, (leader, score, copies) in enumerate(folded, 1)
        )

    def _hits_of(self, ranked: Sequence[tuple[int, float]], query: Query) -> list[Hit]:
        """Hits of these passages alone, their copies left out."""
        ordinals = [ordinal for ordinal, _ in ranked]
        records, looks = self.catalogue.records(ordinals), self.catalogue.looks(ordinals)
        return [
            self._hit(rank, records[ordinal], score, (), looks[ordinal], query)
            for rank, (ordinal, score) in enumerate(ranked, 1)
        ]

    def _in_order(self, ranked: Sequence[tuple[int, float]], query: Query, limit: int) -> tuple[Hit, ...]:
        return self._hits(ranked, query, SearchRequest(query.typed, limit=limit))

    def _fold(
        self, ranked: Sequence[tuple[int, float]], offset: int, limit: int
    ) -> list[tuple[Record, float, list[Record]]]:
        """A page of groups of copies: the best-ranked member, its score, and the other members."""
        groups: dict[int, tuple[int, float]] = {}
        for ordinal, score in ranked:
            groups.setdefault(self._columns.groups[ordinal], (ordinal, score))
        page = list(groups.items())[offset : offset + limit]
        members = {group: self._members(group, leader) for group, (leader, _) in page}
        records = self.catalogue.records([o for group in members.values() for o in group])
        return [
            (records[leader], score, [records[o] for o in members[group] if o != leader])
            for group, (leader, score) in page
        ]

    def _members(self, group: int, leader: int) -> tuple[int, ...]:
        return (self._fold_copies and self.catalogue.group_members(group)) or (leader,)

    def _hit(
        self, rank: int, record: Record, score: float, copies: Sequence[Record], look: Look, query: Query
    ) -> Hit:
        text = record.passage.text
        tokens = self._tokens(text)
        return Hit(
            rank=rank,
            score=score,
            source=self._source(record),
            highlights=highlight(query.tree, tokens),
            snippet=choose_snippet(text, look.forms.sentences, tokens, query.ideas),
            also_in=tuple(self._source(copy) for copy in copies),
        )

    def _source(self, record: Record) -> Source:
        return cite(record, alone=self._single(record.document.id))

    def _offered(self, query: Query) -> tuple[str, ...]:
        """Terms that the papers tell together with what was asked, and that were not searched for."""
        said = [text for expansion in query.expansions for text in expansion.added]
        return self._related.to(query.typed, said)

    def _ideas(self, query: Query) -> tuple[Idea, ...]:
        """What a question is about, each idea with what it tells."""
        return tuple(Idea(node, self._rarity(node)) for node in query.ideas)

    def _can_answer(self, query: Query) -> bool:
        """Whether the papers can speak of the question: where they lack an idea, two others must be left,
        for what holds one alone ("crossing", of a zebra crossing) only mentions a word."""
        told = [
            idea
            for idea in query.ideas
            if not (tokens := tokens_of(idea)) or any(map(self._engine.frequency, tokens))
        ]
        return len(told) > 1 or len(told) == len(query.ideas)

    def _rarity(self, idea: Node) -> float:
        """How much an idea tells: the inverse passage frequency of its rarest token."""
        total = self._engine.count()
        least = min((self._engine.frequency(token) or total for token in tokens_of(idea)), default=total)
        return math.log(1 + (total - least + 0.5) / (least + 0.5))


def _with_acronyms(vocabulary: Vocabulary, catalogue: Catalogue, also_words: Collection[str]) -> Vocabulary:
    acronyms = [one for document in catalogue.documents() for one in catalogue.acronyms(document.id)]
    return Vocabulary(join_acronyms(vocabulary.concepts, acronyms, also_words))


def open_library(settings: Settings) -> Library:
    """The library of the index that is current; raises IndexMissing, IndexOutdated, IndexDamaged or
    EngineUnavailable."""
    return Library(settings, current(settings.index))
