"""What every form of a pack says in the same words: searches, coverage, and what became of a passage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from indexer.answer_packs.handing import Entry, Handout, State
from indexer.answer_packs.model import PackSearch

BECAME: Mapping[State, str] = {
    State.STANDS: "",
    State.CHANGED: "The paper has changed since this was collected: these words do not stand in it any more.",
    State.GONE: "This paper is no longer among the papers, so its words are not shown.",
}
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HYPHEN_AT_LINE_END = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
"""A line of the paper that ends in the middle of "six-week", which is not to be read as "six- week"."""
_BETWEEN_CELLS = "\u2003\u2003"
"""A tab may come out as wide as no blank at all, in Word, and as one blank on a page."""
_LINE_TO_KEEP = re.compile(r"[.;:?!][)\]”’\"]?$")
VERBATIM = (
    "Every quotation is word for word from the paper named beside it; nothing was rewritten. Read it in its "
    "place before you rely on it."
)
HANDLING = (
    "Board papers can concern children and families. Hand this on only to those who may read the papers that "
    "it quotes."
)


def lines_of(quote: str) -> tuple[str, ...]:
    """A quotation in lines that mean something: rows of a table, points of a list; where a line of the
    paper ends in the middle of a sentence, ours goes on. Wide blanks part cells; every letter stays."""
    lines: list[str] = []
    goes_on = False
    for line in _HYPHEN_AT_LINE_END.sub("-", clean_xml(quote)).splitlines():
        if goes_on and "\t" not in line:
            lines[-1] = f"{lines[-1]} {line.strip()}"
        elif line.strip():
            lines.append(line.strip())
        goes_on = bool(lines) and "\t" not in line and not _LINE_TO_KEEP.search(lines[-1])
    return tuple(line.replace("\t", _BETWEEN_CELLS) for line in lines)


def clean_xml(text: str) -> str:
    """The text without the characters that neither XML nor a Word file can hold."""
    return _NOT_IN_XML.sub(" ", text)


def search_in_words(search: PackSearch) -> str:
    """``“co-sleeping”, only year 2012-13: 14 passages found``."""
    asked = f"“{search.question}”" if search.question else "Everything"
    held = "; ".join(f"{field} {value}" for field, value in search.filters)
    return f"{asked}{', only ' + held if held else ''}{_found_in_words(search)}"


def coverage_in_words(handout: Handout) -> str:
    """What was searched: papers, passages, years."""
    coverage, built = handout.coverage, moment_in_words(handout.built)
    held = f"{_count(coverage.documents, 'paper')} with {_count(coverage.passages, 'passage')}"
    first, last = coverage.first_year, coverage.last_year
    years = "" if not first else f", year {first}" if first == last else f", years {first} to {last}"
    return f"{held}{years}; the index was built on {built}."


def gaps_in_words(handout: Handout) -> str:
    """The years between of which no paper tells; empty where there are none."""
    gaps = handout.coverage.gaps
    return f"No paper here tells of {', '.join(gaps)}." if gaps else ""


def unread_in_words(handout: Handout) -> str:
    """How much could not be read, and so was not searched."""
    coverage = handout.coverage
    counts = ((coverage.unread_files, "file"), (coverage.unread_pages, "page"))
    said = [_count(count, noun) for count, noun in counts if count]
    if not said:
        return "Every file and every page could be read."
    return f"{' and '.join(said)} could not be read, so what they say is not known here."


def became(entry: Entry) -> str:
    """What is to be said of a passage that does not stand; empty where it does."""
    return BECAME[entry.state]


def moment_in_words(iso: str) -> str:
    """``25 November 2026 at 12:15 UTC``; what is no date and time as it is."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{moment.day} {moment:%B %Y at %H:%M} UTC"


def _found_in_words(search: PackSearch) -> str:
    if search.refused:
        return f": could not be asked. {search.refused}"
    if search.found is None:
        return ""
    return f": {_count(search.found, 'passage') if search.found else 'nothing'} found"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
