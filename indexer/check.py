"""Is the index whole, and does it fit the corpus as it lies there now?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from indexer.cache import ReadingCache
from indexer.catalogue import Catalogue
from indexer.corrections import corrections_checksum
from indexer.files import CORRECTIONS_FILE, find_files
from indexer.generations import Generation, current
from indexer.model import Reading, Unread
from indexer.reading import READER_VERSION
from indexer.search.engines import backend
from indexer.settings import Settings
from indexer.withdrawals import set_apart


@dataclass(frozen=True, slots=True)
class Currency:
    """How the corpus differs from what was indexed: file names, sorted."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unread: tuple[Unread, ...]
    """What the index knows it could not read."""

    @property
    def is_current(self) -> bool:
        """Whether a build would find nothing to do."""
        return not (self.added or self.changed or self.removed)


def find_faults(settings: Settings) -> tuple[str, ...]:
    """What is wrong with the index, a sentence each; empty where it is whole.

    Raises IndexMissing, IndexOutdated or IndexDamaged where it cannot be opened at all.
    """
    generation = current(settings.index)
    with Catalogue.open(generation.catalogue_path) as catalogue:
        if not catalogue.is_whole():
            return ("The catalogue's file is damaged.",)
        cache = ReadingCache(settings.index / "cache", READER_VERSION)
        return (*_miscounted(generation, catalogue), *_misquoted(catalogue, cache))


def compare(settings: Settings) -> Currency:
    """How the corpus differs from the index; raises CorpusMissing, and as ``find_faults``."""
    generation = current(settings.index)
    with Catalogue.open(generation.catalogue_path) as catalogue:
        known, unread = catalogue.sources(), catalogue.unread()
    sources, refused = find_files(settings.corpus, known, settings.index)
    sources, withdrawn = set_apart(sources, settings.index)
    refused = (*refused, *withdrawn)
    here = {source.name: source.checksum for source in sources}
    changed = {name for name in here.keys() & known.keys() if here[name] != known[name].checksum}
    if generation.manifest.versions.get("corrections", "") != corrections_checksum(settings.corpus):
        changed.add(CORRECTIONS_FILE)
    was_refused = {one.file for one in unread if one.page is None and one.file not in known}
    is_refused = {one.file for one in refused}
    return Currency(
        added=tuple(sorted((here.keys() - known.keys()) | (is_refused - was_refused - known.keys()))),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted((known.keys() - here.keys()) | (was_refused - is_refused - here.keys()))),
        unread=unread,
    )


def _miscounted(generation: Generation, catalogue: Catalogue) -> Iterator[str]:
    stated, held = generation.manifest.passages, catalogue.passage_count()
    if stated != held:
        yield f"The manifest tells of {stated:,} passages, the catalogue holds {held:,}."
    with closing(backend(generation.manifest.engine).open(generation.engine_folder)) as engine:
        indexed = engine.count()
    if indexed != held:
        yield f"The catalogue holds {held:,} passages, the search index {indexed:,}."


def _misquoted(catalogue: Catalogue, cache: ReadingCache) -> Iterator[str]:
    """Documents with a passage that is not what stands in its source; those without a cached reading
    are passed over."""
    sources = catalogue.sources()
    for document in catalogue.documents():
        reading = cache.get(sources[document.file])
        wrong = _wrong_passages(catalogue, document.id, reading) if reading else 0
        if wrong:
            yield f"{document.file}: {wrong:,} passages are not what stands in the paper."


def _wrong_passages(catalogue: Catalogue, document_id: str, reading: Reading) -> int:
    return sum(
        passage.text != "\n".join(reading.text[span.start : span.end] for span in passage.spans)
        for passage in catalogue.passages(document_id)
    )
