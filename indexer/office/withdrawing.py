"""Withdrawing a paper: out of the corpus, the index, the packs and the judgements, with a record of it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping
from pathlib import Path

from indexer.answer_packs.store import AnswerPacks
from indexer.errors import CorpusNotWritable, UnknownDocument
from indexer.judging.judgements import JudgementSet
from indexer.model import SourceFile
from indexer.office.correcting import forget_corrections
from indexer.office.uploads import FOLDER
from indexer.settings import Settings
from indexer.withdrawals import Withdrawal, Withdrawals, moved, withdrawal

log = logging.getLogger(__name__)

LONGEST_REASON = 500


def withdrawn_folder(settings: Settings) -> Path:
    """Where withdrawn papers are kept: beside the corpus, so that no build finds them there."""
    corpus = settings.corpus.absolute()
    return corpus.with_name(f"{corpus.name}-withdrawn")


def withdraw(
    settings: Settings,
    sources: Mapping[str, SourceFile],
    ids: Mapping[str, str],
    file: str,
    why: str,
    keep: bool,
) -> tuple[Withdrawal, ...]:
    """Withdraw the paper in ``file`` and every copy of its bytes among ``sources`` (name to file); ``ids``
    gives documents' ids by file. ``keep``: the file is moved away, else deleted.

    It is recorded first: from then on nobody is shown it, whatever goes wrong with the file after. Raises
    UnknownDocument, IndexNotWritable, and CorpusNotWritable where the file cannot be taken out.
    """
    if file not in sources:
        raise UnknownDocument(f"There is no paper “{file}”.", "It may have been withdrawn already.")
    same = [one for one in sources.values() if one.checksum == sources[file].checksum]
    found = [withdrawal(one, ids.get(one.name, ""), why) for one in same]
    record = Withdrawals(settings.index)
    record.record(found)
    names = frozenset(one.name for one in same)
    AnswerPacks(settings.index).forget(names)
    JudgementSet(settings.index).forget(names)
    for name in names:
        forget_corrections(settings.corpus, name)  # a build refuses those of a file that is not there
    for one in found:
        log.warning("withdrawn: %s (%s)", one.file, one.checksum)
    done = tuple(moved(one, _take_out(settings, one.file, keep)) for one in found)
    record.record(done)
    return done


def put_back(settings: Settings, checksum: str) -> str:
    """Let a withdrawn paper be read again; its file's name where it was put back into the corpus, empty
    where it was deleted. Raises UnknownDocument, CorpusNotWritable, IndexNotWritable."""
    record = Withdrawals(settings.index)
    found = next((one for one in record.all() if one.checksum == checksum), None)
    if found is None:
        raise UnknownDocument("There is no such withdrawn paper.", "It may have been put back already.")
    name = ""
    if found.kept and Path(found.kept).is_file():
        target = settings.corpus / found.file
        if target.exists():
            target = settings.corpus / FOLDER / f"{checksum[:8]}-{target.name}"
        _move(Path(found.kept), target)
        name = target.relative_to(settings.corpus).as_posix()
    record.take_back(checksum)
    log.warning("put back: %s", name or found.file)
    return name


def _take_out(settings: Settings, file: str, keep: bool) -> str:
    """Move a file out of the corpus, or delete it; where it lies then."""
    path = settings.corpus / file
    if not path.is_file():
        return ""
    if keep:
        folder = withdrawn_folder(settings)
        target = _free(folder / file)
        _move(path, target, apart=folder)
        return str(target)
    try:
        path.unlink()
    except OSError as error:
        raise _refused(path, error) from error
    return ""


def _move(path: Path, target: Path, apart: Path | None = None) -> None:
    """Move a file; the folder ``apart`` is made for this account alone."""
    try:
        if apart is not None:
            apart.mkdir(exist_ok=True, mode=0o700)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    except OSError as error:
        raise _refused(target, error) from error


def _free(target: Path) -> Path:
    """The path, or one beside it that no file has."""
    number = 1
    found = target
    while found.exists():
        number += 1
        found = target.with_stem(f"{target.stem} ({number})")
    return found


def _refused(path: Path, error: OSError) -> CorpusNotWritable:
    return CorpusNotWritable(
        f"{path} cannot be moved or deleted: {error.strerror or error}. The paper is withdrawn all the same: "
        "no search and no page has it.",
        "Take the file out of the folder of papers by hand.",
    )
