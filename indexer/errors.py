"""Every error that Boardsearch raises, one tree, each message saying what to do next.

BoardsearchError
├── UsageError                what was asked cannot be done as asked
│   ├── QueryEmpty            nothing was typed
│   ├── QueryOnlyStopWords    only words such as "the" and "of"
│   ├── QueryTooLong
│   ├── UnknownFilter         a facet or a value that does not exist
│   ├── UnknownEngine
│   ├── InvalidParameter      a request with a parameter that does not exist or cannot be used
│   ├── InvalidSetting        an environment variable or option with a value that cannot be used
│   ├── CorrectionsInvalid    corrections.toml names what is not there or says what cannot be
│   ├── JudgementsInvalid     judged questions, or a file of results, that cannot be used
│   ├── PackInvalid           an answer pack cannot be as it was sent
│   ├── PackFull              an answer pack has as many passages as it may
│   ├── QuestionsInvalid      a list of questions that cannot be used
│   ├── UploadRefused         a file that was sent cannot be taken in
│   │   ├── UploadNotAPaper   it is of no type that is read
│   │   ├── UploadKnown       its bytes are among the papers, or were withdrawn
│   │   └── UploadTooLarge
│   ├── OcrUnavailable        the programs that recognise text are not installed
│   ├── CorpusMissing
│   └── CorpusEmpty
├── NotFound
│   ├── UnknownDocument
│   ├── UnknownPassage
│   ├── UnknownCase
│   ├── UnknownStatement
│   ├── UnknownPack           no such answer pack, or it is not shared
│   ├── PageOutOfRange
│   ├── OriginalGone          a paper's file is no longer as it was read
│   └── PaperWithdrawn        the board office took a paper out
├── IndexError_
│   ├── IndexMissing
│   ├── IndexOutdated         made by another version of the format
│   ├── IndexDamaged
│   ├── IndexNotWritable      the folder cannot be written, or the disk is full
│   ├── CorpusNotWritable     the folder of papers cannot be written, or the disk is full
│   ├── PacksDamaged          the file of answer packs is not whole
│   ├── TooManyPacks          no further answer pack can be kept
│   └── BuildRunning          another builder holds the lock
├── EngineError
│   ├── EngineUnavailable
│   ├── EngineTimeout
│   └── PartialResults        some shards failed; what was found is carried along
└── UnreadableFile            one file, or a page; never ends a build
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model import UnreadCode


class BoardsearchError(Exception):
    """The root. ``message`` says what happened, ``hint`` what to do; ``code`` names it for machines."""

    code = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(BoardsearchError):
    """What was asked cannot be done as asked."""

    code = "usage"


class QueryEmpty(UsageError):
    """Nothing was typed, or nothing but marks such as "???"."""

    code = "query_empty"

    def __init__(self, typed: str = "") -> None:
        message = f"“{typed}” has no word in it." if typed else "The question is empty."
        super().__init__(message, "Type one or more words to search for.")


class QueryOnlyStopWords(UsageError):
    """Only words that stand in nearly every passage."""

    code = "query_only_stop_words"

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words}” has only words that stand in nearly every passage.",
            "Add a word that says what it is about, or put the words in double quotes to find them together.",
        )


class QueryTooLong(UsageError):
    """More characters than a question may have."""

    code = "query_too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(
            f"The question has {length:,} characters; the most is {limit:,}.",
            "Keep the few words that matter most.",
        )


class UnknownFilter(UsageError):
    """A facet that does not exist, or a value that cannot be one of its values."""

    code = "unknown_filter"


class UnknownEngine(UsageError):
    """An engine that does not exist."""

    code = "unknown_engine"


class InvalidParameter(UsageError):
    """A parameter of a web request that does not exist, or whose value cannot be used."""

    code = "invalid_parameter"


class InvalidSetting(UsageError):
    """An environment variable or option whose value cannot be used."""

    code = "invalid_setting"


class CorrectionsInvalid(UsageError):
    """The file of corrections cannot be used; the message names the line or the entries."""

    code = "corrections_invalid"


class JudgementsInvalid(UsageError):
    """Judged questions or a file of results cannot be used; the message names the line."""

    code = "judgements_invalid"


class PackInvalid(UsageError):
    """What was sent for an answer pack is too long, or asks for what is not in it."""

    code = "pack_invalid"


class PackFull(UsageError):
    """An answer pack has as many passages as it may."""

    code = "pack_full"


class QuestionsInvalid(UsageError):
    """A list of questions is empty, too long, or not text; the message names the line."""

    code = "questions_invalid"


class UploadRefused(UsageError):
    """A file that was sent cannot be taken in: there is none, or it is empty."""

    code = "upload_refused"


class UploadNotAPaper(UploadRefused):
    """A file that was sent is of no type that is read; the message says what it is."""

    code = "upload_not_a_paper"


class UploadKnown(UploadRefused):
    """The bytes of a file that was sent are among the papers already, or were withdrawn."""

    code = "upload_known"


class UploadTooLarge(UploadRefused):
    """A file that was sent has more bytes than may be sent."""

    code = "upload_too_large"


class OcrUnavailable(UsageError):
    """Text recognition was asked for, and programs that it takes are not installed."""

    code = "ocr_unavailable"

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            f"Text recognition takes {' and '.join(missing)}, not found on this computer.",
            "Run `make ocr`, or install them (on Debian: apt-get install ocrmypdf tesseract-ocr "
            "tesseract-ocr-eng); without --ocr scanned pages are named and passed over.",
        )


class CorpusMissing(UsageError):
    """The folder of papers does not exist or is not a folder."""

    code = "corpus_missing"


class CorpusEmpty(UsageError):
    """The folder of papers holds no file."""

    code = "corpus_empty"


class NotFound(BoardsearchError):
    """There is no such thing in this index."""

    code = "not_found"


class UnknownDocument(NotFound):
    """No document has this id or file name."""

    code = "unknown_document"


class UnknownPassage(NotFound):
    """No passage of the document has this id."""

    code = "unknown_passage"


class UnknownCase(NotFound):
    """No paper tells of a case of this name."""

    code = "unknown_case"


class UnknownStatement(NotFound):
    """The document has no recommendation, action, decision or finding of this number."""

    code = "unknown_statement"


class UnknownPack(NotFound):
    """There is no such answer pack, or it is not shared, or the link does not let it be changed."""

    code = "unknown_pack"


class PageOutOfRange(NotFound):
    """The document has no such page."""

    code = "page_out_of_range"


class OriginalGone(NotFound):
    """The file of a document is gone, or has changed since the index was built."""

    code = "original_gone"


class PaperWithdrawn(NotFound):
    """The board office withdrew the paper; the message says when and, where it was given, why."""

    code = "paper_withdrawn"


class IndexError_(BoardsearchError):
    """The index on disk cannot be used."""

    code = "index"


class IndexMissing(IndexError_):
    """There is no index yet."""

    code = "index_missing"


class IndexOutdated(IndexError_):
    """The index was made by another version."""

    code = "index_outdated"


class IndexDamaged(IndexError_):
    """The index on disk is not whole."""

    code = "index_damaged"


class IndexNotWritable(IndexError_):
    """The index folder cannot be written, or the disk is full."""

    code = "index_not_writable"


class CorpusNotWritable(IndexError_):
    """The folder of papers, or that of withdrawn ones, cannot be written, or the disk is full."""

    code = "corpus_not_writable"


class PacksDamaged(IndexError_):
    """The file of answer packs beside the index is not whole."""

    code = "packs_damaged"


class TooManyPacks(IndexError_):
    """As many answer packs are kept as may be."""

    code = "too_many_packs"


class BuildRunning(IndexError_):
    """Another builder is at work in the same index folder."""

    code = "build_running"


class EngineError(BoardsearchError):
    """The search engine did not do its work: never to be shown as "nothing found"."""

    code = "engine"


class EngineUnavailable(EngineError):
    """The engine cannot be opened or reached."""

    code = "engine_unavailable"


class EngineTimeout(EngineError):
    """The engine did not answer in time."""

    code = "engine_timeout"


class PartialResults(EngineError):
    """Some of the engine's parts failed; ``found`` is how many hits the others gave."""

    code = "partial_results"

    def __init__(self, message: str, hint: str = "", found: int = 0) -> None:
        super().__init__(message, hint)
        self.found = found


class UnreadableFile(BoardsearchError):
    """One file of the corpus cannot be read; the build names it and goes on."""

    code = "unreadable_file"

    def __init__(self, reason_code: UnreadCode, reason: str) -> None:
        super().__init__(reason)
        self.reason_code = reason_code
        self.reason = reason

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[UnreadCode, str]]:
        # Readers run in other processes; the error has to survive the way back.
        return (type(self), (self.reason_code, self.reason))
