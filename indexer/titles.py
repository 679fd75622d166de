"""The title that a paper gives itself: labelled, on its cover, or in the file's own properties."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile

from indexer.bodies import find_bodies
from indexer.dates import find_dates
from indexer.fronts import Front, FrontLine, is_covering_report, is_label
from indexer.kinds import kind_of_title
from indexer.model import BlockKind, DocumentKind
from indexer.packs import is_contents, is_stamp
from indexer.wording import is_capitals, plain, same_words, split_number, title_case

LONGEST = 180
"""Characters of a title; a longer one is cut at the end of a clause."""

_NO_TITLE = re.compile(
    r"^(?:public (?:document pack|reports?(?: pack)?|business)|briefing (?:note|paper)|agenda(?: item.*)?|"
    r"page|foreword|preface|"
    r"introduction|draft(?: version| report)?|(?:un)?restricted|not protectively marked|"
    r"official(?:[ -:]+sensitive)?|appendi\w+ \w+|"
    r"annex\w* \w+|\d+|cabinet member report|(?:public )?report|minutes|www\..*|https?:.*|.*@.*|dear\b.*|"
    r"time and date|place|"
    r"version [\d.]+|final|(?:executive )?summary|\d[\d\s]+|untitled.*|document\d*|presentation\d*|"
    r"slide \d+|sent by .*|tel\b.*|"
    r"powerpoint presentation|\w+ template|guidance|policy|strategy|protocol|the report|report title|"
    r"(?:attendance|attendees|present|discussion(?: summary)?|actions?(?: points?)?):?|"
    r"blank page|cover(?: page)?|confidential|item no.*|annual reports?|"
    r"ofsted|care quality commission|hm government|department for education|and|"
    r"local area partnership report|=+|-+|_+)$",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"\b(?:draft|template|area name|copy of|untitled|insert|xx+|final|v\d+(?:\.\d+)?)\b|^microsoft (?:word|"
    r"powerpoint|excel)|"
    r"\.(?:docx?|pdf|pptx?|xlsx?|indd|qxd|rtf|pub|txt)\b|\w_\w+_|^\S+$|^\d{3,}|\s\d+\.\d+$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"^(?:foreword|introduction|(?:executive )?summary|1\.?\s+\S.*|dear .*|present:?.*|purpose|background|"
    r"from:.*|to:.*)$",
    re.I,
)
_SERIES = re.compile(r"^(?:volume|part|book|module|phase)\s+(?:\d+|[ivx]+|[a-z]|one|two|three)\b", re.I)


def own_title(front: Front, of_properties: str) -> str:
    """The title that the paper gives itself; empty where it gives none. ``of_properties`` is the title
    in the file's own properties."""
    labelled = front.title_label()
    if labelled and is_covering_report(front):
        return shortened(labelled)
    shown = _subject_of_letter(front) or title_of_properties(of_properties, front) or title_of_cover(front)
    return shown or shortened(labelled) or _usable(of_properties)


def _usable(title: str) -> str:
    """A title in a file's own properties; empty where it is a file's or a template's name."""
    title = plain(title)
    telling = sum(len(word) > 3 for word in same_words(title).split())
    unusable = len(title) > LONGEST or telling < 2 or _NO_TITLE.match(title) or _TEMPLATE.search(title)
    return "" if unusable else title


def title_of_properties(title: str, front: Front) -> str:
    """The title in a file's own properties, where nearly all of its words stand in the headings of the
    front. Empty otherwise."""
    title = _usable(title)
    words = [word for word in same_words(title).split() if len(word) > 3]
    if not title:
        return ""
    shown = set(same_words(" ".join(line.text for line in front.all if _stands_out(line, front))).split())
    return title if sum(word in shown for word in words) >= 0.8 * len(words) else ""


def _stands_out(line: FrontLine, front: Front) -> bool:
    """Whether a line is set as a heading or a running head."""
    sizes = sorted(other.size for other in front.all if other.size)
    larger = bool(line.size and line.size > sizes[len(sizes) // 2])
    return line.kind in (BlockKind.HEADING, BlockKind.FURNITURE) or line.bold or larger


def title_of_cover(front: Front) -> str:
    """The title that the front shows: the heading that the format says is the first, its largest lines
    where sizes are known, else its first short lines; empty where it begins with running text."""
    sizes = sorted(line.size for line in front.all if line.size)
    large = 1.3 * sizes[len(sizes) // 2] if sizes else 0.0
    cover = takewhile(lambda line: not is_contents(line.text), front.all)
    lines = [
        line
        for line in cover
        if line.kind not in (BlockKind.FURNITURE, BlockKind.LIST_ITEM)
        or (
            line.kind == BlockKind.FURNITURE and large and (line.size or 0) >= large
        )  # a title that recurs as a running head
    ]
    chosen = _marked(lines) or _largest(lines) or _headings(lines) or _first(lines)
    return _completed(chosen, lines) if chosen else ""


def _subject_of_letter(front: Front) -> str:
    """What a letter is about: the heading below "Dear ..."; empty where the front is no letter."""
    dear = next((i for i, line in enumerate(front.all) if re.match(r"dear\s+\S", line.text, re.I)), None)
    if dear is None or any(
        line.kind == BlockKind.HEADING and (line.size or 0) > 16 for line in front.all[:dear]
    ):
        return ""
    after = [line for line in front.all[dear + 1 :] if line.block != front.all[dear].block][:6]
    if not after or not (after[0].kind == BlockKind.HEADING or after[0].bold):
        return ""
    return _joined(list(takewhile(lambda line: line.block == after[0].block, after)))


def _marked(lines: list[FrontLine]) -> list[FrontLine]:
    """The first line that the format itself marks as a heading of the highest level."""
    top = min((line.level for line in lines[:12] if line.level), default=None)
    return [line for line in lines[:12] if line.level == top and _can_be_title(line.text)][:1] if top else []


def _largest(lines: list[FrontLine]) -> list[FrontLine]:
    """The first run of lines in about the largest type of the front, where there are several sizes."""
    usable = [line for line in lines if line.size and line.kind != BlockKind.TABLE_ROW]
    titles = [line.size or 0 for line in usable if _can_be_title(line.text)]
    if len({round(line.size or 0) for line in usable}) < 2 or not titles:
        return []
    top = max(titles)
    if sum(size >= 0.9 * top for size in titles) > 8:
        return []
    return _run(usable, lambda line: (line.size or 0) >= 0.9 * top and _can_be_title(line.text))


def _headings(lines: list[FrontLine]) -> list[FrontLine]:
    """The first run of bold headings, where all is of one size."""
    sized = [line for line in lines if line.size and line.kind != BlockKind.TABLE_ROW]
    return _run(
        sized[:12],
        lambda line: (
            line.kind == BlockKind.HEADING and _can_be_title(line.text) and not _STOP.match(line.text)
        ),
    )


def _run(lines: list[FrontLine], fits: Callable[[FrontLine], bool]) -> list[FrontLine]:
    """The first run of lines that fit, of at most six."""
    start = next((i for i, line in enumerate(lines) if fits(line)), len(lines))
    return list(takewhile(fits, lines[start : start + 6]))


def _first(lines: list[FrontLine]) -> list[FrontLine]:
    """The short lines with which the front begins, up to its contents, a date or running text."""
    found: list[FrontLine] = []
    for line in lines[:16]:
        text = line.text
        if found and (re.match(r"=+$|-+$", text) or found[0].kind == BlockKind.HEADING != line.kind):
            break
        if is_stamp(text) or (_NO_TITLE.match(text) and not _STOP.match(text)):
            continue
        running = len(text.split()) > 22 or (text.endswith((".", ":", ";")) and len(text.split()) > 7)
        stops = (
            line.kind == BlockKind.TABLE_ROW
            or _STOP.match(text)
            or is_contents(text)
            or split_number(text)[0]
        )
        if running or stops or not _can_be_title(text):
            break
        found.append(line)
        if len(found) >= 4 or sum(len(one.text) for one in found) > 130:
            break
    return found


def _completed(chosen: list[FrontLine], lines: list[FrontLine]) -> str:
    """The chosen lines as a title; one that is only a body's name, or that a volume's name follows, is
    completed by the next heading."""
    title = _joined(chosen)
    following = lines[lines.index(chosen[-1]) + 1 :][:5]
    alone = any(same_words(name) == same_words(title) for name in find_bodies(title))
    usable = takewhile(lambda line: line.kind != BlockKind.TABLE_ROW and _continues(line), following)
    rest = [line for line in usable if not _NO_TITLE.match(line.text)]
    first = [line for line in rest if line.block == rest[0].block]
    rest = first if sum(len(line.text.split()) for line in first) > 3 else rest
    if rest and alone:
        run_on = kind_of_title(rest[0].text) in (DocumentKind.ANNUAL_REPORT, DocumentKind.BUSINESS_PLAN)
        return shortened(f"{title}{' ' if run_on else ': '}{_joined(rest)}")
    if rest and _SERIES.match(rest[0].text):
        return shortened(f"{title}: {_joined([line for line in rest if line.block == rest[0].block])}")
    return title


def _continues(line: FrontLine) -> bool:
    """Whether a line may complete a title that is only a body's name."""
    text = line.text
    sentence = text.endswith((".", ":", ";")) and len(text.split()) > 7
    return (
        not (sentence or is_contents(text) or _STOP.match(text) or find_dates(text) or is_label(text))
        and len(text.split()) <= 22
    )


def _can_be_title(text: str) -> bool:
    """Whether a line may belong to a title: it has words, and is no date, address, stamp or label."""
    if _NO_TITLE.match(text) and not re.match(r"annual report", text, re.I):
        return False
    if is_stamp(text) or is_label(text) or is_contents(text):
        return False
    if not re.search(r"[^\W\d_]{3}", text):
        return bool(re.search(r"(?:19|20)\d\d", text)) and not find_dates(text) and len(text) < 30
    dated = find_dates(text)
    return not (dated and len(text) - (dated[0].end - dated[0].start) < 14)


def _joined(lines: list[FrontLine]) -> str:
    """Lines of a title as one, each line once, capitals as a title is written."""
    unique = list(dict.fromkeys(line.text.strip(" -–:|=") for line in lines))
    return shortened(
        " ".join(title_case(line) if is_capitals(line) else line for line in unique if line).strip()
    )


def shortened(title: str) -> str:
    """A title of at most ``LONGEST`` characters, cut at the end of a sentence, a clause or a word."""
    if len(title) <= LONGEST:
        return title
    cut = title[: LONGEST + 1]
    for mark in (". ", "; ", " - ", " – ", ": ", ", ", " "):
        at = cut.rfind(mark)
        if at > LONGEST // 3:
            return cut[:at].rstrip(" -–:,;")
    return cut[:LONGEST]
