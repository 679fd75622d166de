"""The corpus to an index: what is new or changed is read, what is gone is removed, and then the index
is switched. The only module, with extract.py, that knows the order of the stages.

    files -> readings -> extracts -> catalogue and engine -> groups of copies -> check -> switch
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from indexer.cache import ReadingCache
from indexer.catalogue import Catalogue, Counts
from indexer.corrections import Corrections, apply, load
from indexer.errors import CorpusEmpty, IndexDamaged, IndexError_
from indexer.extract import EXTRACT_VERSION
from indexer.files import find_files, require_corpus
from indexer.generations import FORMAT_VERSION, Generation, Manifest, builder_lock, current, publish, staged
from indexer.ingest import OCR_FOLDER, Ingested, Task, again, ingest, outcome
from indexer.model import SourceFile, Unread, UnreadCode
from indexer.progress import Progress, Silent
from indexer.reading import READER_VERSION, ocr
from indexer.search import related
from indexer.search.engines import backend
from indexer.search.fields import FIELDS_VERSION
from indexer.search.prepared import prepare
from indexer.settings import Settings
from indexer.withdrawals import set_apart
from indexer.workers import MEMORY_LIMIT, begun, run, warm_up
from indexer.writing import Writing

TIME_LIMIT = 600.0
"""Seconds that the reading of one file may take."""

VERSIONS: Mapping[str, str] = {
    "readers": READER_VERSION,
    "stages": EXTRACT_VERSION,
    "fields": FIELDS_VERSION,
}
"""What an index depends on beside the papers; kept in its manifest."""


WORKERS_NEED = ("indexer.ingest", "indexer.reading.pdf")
"""Modules that each process that reads imports; most papers are PDFs."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a build goes about its work."""

    jobs: int | None = None
    """Processes that read; None is one for each processor, 0 reads in this process."""
    fresh: bool = False
    """Make the whole index again, from the cached readings."""
    retry: bool = False
    """Try again the unchanged files that could not be read."""
    ocr: bool = False
    """Recognise the text of scanned pages, also of files that were read before."""
    time_limit: float = TIME_LIMIT
    """Seconds that the reading of one file may take."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``added``, ``changed`` and ``unchanged`` documents are all there are now."""

    counts: Counts
    seconds: float
    engine: str
    added: int
    changed: int
    removed: int
    unchanged: int
    unread: tuple[Unread, ...]
    """Files, and pages of files, that could not be read."""


@dataclass(frozen=True, slots=True)
class _Base:
    """What the current generation knows; nothing where there is none that can be built on."""

    generation: Generation | None = None
    sources: Mapping[str, SourceFile] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    """Names of the files that are documents."""
    unread: tuple[Unread, ...] = ()
    corrected: frozenset[str] = frozenset()
    """Names of the files in which anything was set right."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What has to be done to make the index fit the corpus."""

    engine: str
    sources: tuple[SourceFile, ...]
    """All files that a reader is to see or has seen."""
    to_read: tuple[SourceFile, ...]
    to_remove: tuple[str, ...]
    """Files to forget: gone, changed, or named anew as unread."""
    unread: tuple[Unread, ...]
    """Files that no reader can be given."""
    corrections: Corrections
    from_scratch: bool
    new_engine: bool
    """Whether the engine's index is made anew from the catalogue."""
    nothing_to_do: bool


def build(
    settings: Settings, options: Options | None = None, progress: Progress | None = None
) -> BuildReport:
    """Bring the index up to date with the corpus, and switch to it; raises UsageError or IndexError_.

    The index that was there serves until the new one is whole, and stays if anything goes wrong. A
    file that cannot be read is named in the report and ends nothing.
    """
    started = time.monotonic()
    options, progress = options or Options(), progress or Silent()
    require_corpus(settings.corpus)
    if options.jobs != 0:
        warm_up(*WORKERS_NEED)
    if options.ocr:
        ocr.require_programs()
    corrections = load(settings.corpus)
    engine = backend(settings.engine)  # one that is not installed ends the build before anything is read
    with builder_lock(settings.index):
        base = _base(settings.index)
        plan = _plan(settings, base, options, corrections)
        if not plan.nothing_to_do:
            with contextlib.closing(_Builder(settings, options, progress)) as builder:
                builder.build(base, plan)
        generation = current(settings.index)
        with Catalogue.open(generation.catalogue_path) as catalogue:
            return _report(catalogue, base, plan, engine.name, time.monotonic() - started)


def _base(index: Path) -> _Base:
    """What can be built on: an index that is missing, outdated or damaged is nothing."""
    try:
        generation = current(index)
        with Catalogue.open(generation.catalogue_path) as catalogue:
            documents = frozenset(document.file for document in catalogue.documents())
            sources, unread = catalogue.sources(), catalogue.unread()
            return _Base(generation, sources, documents, unread, catalogue.corrected_files())
    except IndexError_:
        return _Base()


def _plan(settings: Settings, base: _Base, options: Options, corrections: Corrections) -> _Plan:
    sources, unread = find_files(settings.corpus, base.sources, settings.index)
    sources, withdrawn = set_apart(sources, settings.index)
    unread = (*unread, *withdrawn)
    if not sources and not unread:
        raise CorpusEmpty(
            f"There is no paper in {settings.corpus}; the index was left as it is.",
            "Put papers there (PDF, Word, web pages or text), or name another folder with --corpus.",
        )
    manifest = base.generation.manifest if base.generation else None
    scratch = manifest is None or options.fresh or _differs(manifest, "readers", "stages")
    new_engine = (
        scratch or manifest is None or manifest.engine != settings.engine or _differs(manifest, "fields")
    )
    again = _corrected_anew(manifest, base, corrections)
    if options.retry:
        again |= {u.file for u in base.unread if u.page is None}
    if options.ocr:
        again |= {u.file for u in base.unread if u.code is UnreadCode.NEEDS_OCR}
    to_read = [s for s in sources if scratch or _is_new(s, base) or s.name in again]
    old_unread = [u for u in base.unread if u.page is None and u.file not in base.sources]
    gone = base.sources.keys() - {source.name for source in sources}
    replaced = {s.name for s in to_read if s.name in base.sources} | {u.file for u in old_unread}
    return _Plan(
        engine=settings.engine,
        sources=sources,
        to_read=tuple(to_read),
        to_remove=tuple(sorted(gone | replaced)),
        unread=unread,
        corrections=corrections,
        from_scratch=scratch,
        new_engine=new_engine,
        nothing_to_do=not (
            new_engine
            or to_read
            or gone
            or set(old_unread) != set(unread)
            or _is_corrected_otherwise(manifest, corrections)
        ),
    )


def _differs(manifest: Manifest, *names: str) -> bool:
    return any(manifest.versions.get(name) != VERSIONS[name] for name in names)


def _is_corrected_otherwise(manifest: Manifest | None, corrections: Corrections) -> bool:
    return manifest is not None and manifest.versions.get("corrections", "") != corrections.checksum


def _corrected_anew(manifest: Manifest | None, base: _Base, corrections: Corrections) -> set[str]:
    """The files that were or are to be set right, where the corrections are not those of the last build."""
    changed = _is_corrected_otherwise(manifest, corrections)
    return {*base.corrected, *corrections.files} if changed else set()


def _is_new(source: SourceFile, base: _Base) -> bool:
    """Whether a file is not the one that was read: a new date on the same bytes is no change."""
    known = base.sources.get(source.name)
    return known is None or (known.checksum, known.media) != (source.checksum, source.media)


class _Builder:
    """Makes one generation."""

    def __init__(self, settings: Settings, options: Options, progress: Progress) -> None:
        self._settings = settings
        self._options = options
        self._progress = progress
        self._backend = backend(settings.engine)
        self._cache = settings.index / "cache"
        self._jobs = _processors() if options.jobs is None else options.jobs

    def build(self, base: _Base, plan: _Plan) -> None:
        """Make the generation beside the old one, check it and switch to it."""
        with staged(self._settings.index) as folder:
            path = self._start(folder, base.generation, plan)
            with (
                Catalogue.open(path, writable=True) as catalogue,
                self._backend.writer(folder / plan.engine) as writer,
            ):
                writing = Writing(catalogue, writer)
                self._apply(catalogue, writing, plan)
                self._progress.step("Finding copies")
                writing.group_copies()
                writing.count_words()
                catalogue.commit()
                self._progress.step("Learning related terms")
                with begun(related.learn_packed, writing.lessons(), self._jobs) as learned:
                    self._progress.step("Writing the index")
                    writer.commit()
                    related.write_packed(folder, learned())
            manifest = self._checked(folder, plan)
            publish(self._settings.index, folder, manifest)
        ReadingCache(self._cache, READER_VERSION).keep_only(plan.sources)
        ocr.keep_only(self._cache / OCR_FOLDER, plan.sources)

    def close(self) -> None:
        """Take the progress off the screen."""
        self._progress.finish()

    def _start(self, folder: Path, old: Generation | None, plan: _Plan) -> Path:
        """Lay out what the generation starts from; gives the catalogue's path."""
        path = folder / "catalogue.sqlite"
        if old is None or plan.from_scratch:
            with Catalogue.create(path) as catalogue:
                catalogue.commit()
        else:
            with Catalogue.open(old.catalogue_path) as catalogue:
                catalogue.copy_to(path)
        if old is not None and not plan.new_engine:
            shutil.copytree(old.engine_folder, folder / plan.engine)
        return path

    def _apply(self, catalogue: Catalogue, writing: Writing, plan: _Plan) -> None:
        for name in plan.to_remove:
            writing.remove(name)
        for unread in plan.unread:
            catalogue.add_unread(unread)
        if plan.new_engine:
            writing.index_again()
        self._progress.start(len(plan.to_read))
        for source, ingested in self._ingest(plan.to_read):
            writing.take_in(_corrected(ingested, plan.corrections), source)
            self._progress.advance(
                source.name, ingested.extract.document.page_count if ingested.extract else 0
            )
        for source in plan.sources:
            catalogue.set_source(source)  # a new date on the same bytes is remembered

    def _ingest(self, sources: tuple[SourceFile, ...]) -> Iterator[tuple[SourceFile, Ingested]]:
        use_ocr = self._options.ocr
        tasks = [Task(source, self._cache, ocr=use_ocr) for source in sources]
        limit = self._options.time_limit + (ocr.SECONDS_IN_ALL if use_ocr else 0.0)
        memory = ocr.MEMORY_LIMIT if use_ocr else MEMORY_LIMIT
        weights = [source.size for source in sources]
        results = run(ingest, tasks, min(self._jobs, len(tasks)), limit, again, memory, weights)
        for source, result in zip(sources, results, strict=True):
            yield source, outcome(source, result, limit)

    def _checked(self, folder: Path, plan: _Plan) -> Manifest:
        """The manifest, once the engine and the catalogue agree on how many passages there are."""
        found = self._backend.open(folder / plan.engine)
        with contextlib.closing(found), Catalogue.open(folder / "catalogue.sqlite") as catalogue:
            passages, indexed, counts = catalogue.passage_count(), found.count(), catalogue.counts()
        if not passages == indexed == counts.passages:
            raise IndexDamaged(
                f"The new index is not whole ({passages} passages, {indexed} of them searchable); the old "
                "one was kept.",
                "Run `boardsearch rebuild`.",
            )
        return Manifest(
            format=FORMAT_VERSION,
            engine=plan.engine,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            documents=counts.documents,
            pages=counts.pages,
            sections=counts.sections,
            passages=counts.passages,
            versions={**VERSIONS, "corrections": plan.corrections.checksum},
        )


def _corrected(ingested: Ingested, corrections: Corrections) -> Ingested:
    """What came of a file, with what is to be set right in it; raises CorrectionsInvalid."""
    extract = ingested.extract
    if extract is None or extract.document.file not in corrections.files:
        return ingested
    corrected = apply(extract, corrections)
    return msgspec.structs.replace(ingested, extract=corrected, prepared=prepare(corrected))


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _report(catalogue: Catalogue, base: _Base, plan: _Plan, engine: str, seconds: float) -> BuildReport:
    now = {document.file for document in catalogue.documents()}
    checksums = {source.name: source.checksum for source in plan.sources}
    kept = now & base.documents
    changed = {name for name in kept if base.sources[name].checksum != checksums[name]}
    return BuildReport(
        counts=catalogue.counts(),
        seconds=seconds,
        engine=engine,
        added=len(now - base.documents),
        changed=len(changed),
        removed=len(base.documents - now),
        unchanged=len(kept) - len(changed),
        unread=catalogue.unread(),
    )
