"""The papers inside a document: those of an agenda pack, and a report's appendices.

Signs of several sorts (bookmarks, stamps, covers, blank-page notes) are gathered by ``packs``; none
is required. Signs that stand together are one beginning. Parts cover all blocks, in order.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from indexer.agendas import AgendaItem, agenda_items, enclosures, is_front_sheet
from indexer.bodies import STRONG, body_of_abbreviation, body_of_lines, named_bodies
from indexer.fronts import Front, front_of, is_covering_report
from indexer.kinds import kind_of_title
from indexer.model import Block, BlockKind, DocumentKind, Part, Reading
from indexer.occasions import years_of_front
from indexer.packs import Layout, Sign, SignKind, is_contents, lay_out, page_stamps, signs
from indexer.wording import same_words

_SHORTEST = 12
"""Words that a paper has at least; what is shorter belongs to the paper that follows."""
_COVER = 60
"""Words of a cover at most; more are a paper."""
_FOREWORD = 900
"""Words that a foreword before the contents has at most."""
_STRENGTH = list(SignKind)
_APPENDIX = re.compile(r"(?P<sort>appendi(?:x|ces)|annexe?)\s+(?P<label>\w+)", re.IGNORECASE)
_UNTITLED = re.compile(
    r"(?:foreword|preface|(?:table of )?contents|introduction|blank page|page \d+)\b", re.IGNORECASE
)
_NOT_OWN = re.compile(
    r"\b(?:acronyms?|glossary|abbreviations|members(?:hip)?|attendance|contacts|references)\b", re.IGNORECASE
)
"""Lists of other bodies: what they name says nothing of whose paper they are."""
_OWN_PAPER = (SignKind.STAMP, SignKind.MINUTES)
"""Signs that begin a paper of the meeting itself, not an appendix to one; so does a memo's head, unless
it is below an appendix's name."""


class _Beginning(NamedTuple):
    """Where a part begins, and what its signs say of it."""

    block: int
    signs: tuple[Sign, ...]

    @property
    def item(self) -> str:
        """The agenda item that a stamp or bookmark gives."""
        return next((sign.item for sign in reversed(self.signs) if sign.item), "")

    @property
    def title(self) -> str:
        """The title that the strongest sign gives."""
        ranked = sorted(self.signs, key=lambda sign: -_STRENGTH.index(sign.kind))
        return next((sign.title for sign in ranked if sign.title), "")

    @property
    def own_paper(self) -> bool:
        """Whether a paper of the meeting begins here, with an item of its own."""
        kinds = {sign.kind for sign in self.signs}
        head = SignKind.MEMO in kinds and SignKind.APPENDIX not in kinds
        return head or bool(kinds & set(_OWN_PAPER)) or any(sign.item for sign in self.signs)


def blocks_to_parts(reading: Reading, blocks: tuple[Block, ...]) -> tuple[Part, ...]:
    """The papers of a document, at least one, covering all blocks in order.

    Title, kind, years and body are those of the signs: what hangs on a paper (an appendix, a plan) has
    that paper's body, and its years where it names none; ``metadata.describe_part`` replaces them by
    what each paper says of itself. An empty body means the body of the whole.
    """
    if not blocks:
        return ()
    layout = lay_out(reading, blocks)
    pack = is_front_sheet(layout) or reading.title.startswith("(Public Pack)")
    beginnings = _without_scraps(layout, _merged(layout, signs(layout, pack), pack))
    ends = [*(beginning.block for beginning in beginnings[1:]), len(blocks)]
    items = agenda_items(layout)
    numbers = _numbered(layout, beginnings, items)
    known = named_bodies(layout.text(index) for index in range(len(blocks)))
    papers = _Papers(layout, items, known)
    for beginning, last, number in zip(beginnings, ends, numbers, strict=True):
        papers.add(beginning, last, number)
    return tuple(papers.parts)


def _merged(layout: Layout, found: tuple[Sign, ...], pack: bool) -> tuple[_Beginning, ...]:
    """Beginnings: signs with next to nothing between them are one; the document's start is the first."""
    beginnings = [_Beginning(0, ())]
    for sign in found:
        last = beginnings[-1]
        between = range(last.block, sign.block)
        near = _words(layout, between) < _SHORTEST and _one_page(layout, last.block, sign.block)
        if not between or near or _is_named_on_cover(layout, beginnings, sign, pack):
            beginnings[-1] = last._replace(signs=(*last.signs, sign))
        elif not _continues(layout, last, sign):
            beginnings.append(_Beginning(sign.block, (sign,)))
    return tuple(beginnings)


def _is_named_on_cover(layout: Layout, beginnings: list[_Beginning], sign: Sign, pack: bool) -> bool:
    """Whether a file that is an appendix says so below its cover: it hangs on no paper here."""
    alone = not pack and len(beginnings) == 1 and sign.kind == SignKind.APPENDIX
    cover = range(sign.block) if alone else ()
    spoken = any(layout.text(i).endswith(".") and len(layout.text(i).split()) > _SHORTEST for i in cover)
    return alone and not spoken and _words(layout, range(sign.block)) < _COVER


def _continues(layout: Layout, last: _Beginning, sign: Sign) -> bool:
    """Whether a sign stands inside the paper whose beginning was found above: its contents or cover title,
    a running head that repeats its name, an annex to an appendix."""
    if sign.kind in (SignKind.CONTENTS, SignKind.TITLE):
        return _repeats(layout, last, sign) or _after_foreword(layout, last, sign)
    if sign.kind == SignKind.APPENDIX and _heads_first_page(layout, last, sign):
        return True
    here, above = _APPENDIX.match(sign.title), _APPENDIX.match(last.title)
    if sign.kind == SignKind.BOOKMARK or not above:
        return bool(last.title) and same_words(sign.title) == same_words(last.title) and not sign.item
    if not here:
        return False
    nested = here["sort"][:3].lower() == "ann" and above["sort"][:3].lower() == "app"
    return nested or here["label"].lower() == above["label"].lower()


def _heads_first_page(layout: Layout, last: _Beginning, sign: Sign) -> bool:
    """Whether an appendix's name stands on the first page of the paper above too: its running head."""
    page, name = layout.pages[last.block], same_words(sign.title)
    first = (i for i in range(last.block, sign.block) if page is not None and layout.pages[i] == page)
    return any(same_words(line) == name for i in first for line in (*layout.lines[i], layout.text(i)))


def _after_foreword(layout: Layout, last: _Beginning, sign: Sign) -> bool:
    """Whether a contents list follows the foreword with which the paper above begins."""
    texts = [layout.text(index) for index in range(last.block, min(last.block + 4, sign.block))]
    foreword = any(
        re.match(r"(?:foreword|preface|introduction by|welcome)\b", text, re.IGNORECASE) for text in texts
    )
    return foreword and _words(layout, range(last.block, sign.block)) < _FOREWORD


def _without_scraps(layout: Layout, beginnings: tuple[_Beginning, ...]) -> tuple[_Beginning, ...]:
    """The beginnings without those that only a few words follow: they end the paper before them."""
    kept = [beginnings[0]]
    ends = [*(beginning.block for beginning in beginnings[1:]), len(layout.blocks)]
    for beginning, last in zip(beginnings[1:], ends[1:], strict=True):
        strong = beginning.own_paper or any(sign.kind == SignKind.BOOKMARK for sign in beginning.signs)
        if strong or _words(layout, range(beginning.block, last)) >= _SHORTEST:
            kept.append(beginning)
    return tuple(kept)


def _words(layout: Layout, between: range) -> int:
    """Words in the blocks between, stamps and other furniture not counted."""
    return sum(
        len(layout.text(index).split())
        for index in between
        if layout.blocks[index].kind != BlockKind.FURNITURE
    )


def _one_page(layout: Layout, first: int, second: int) -> bool:
    """Whether two blocks may belong to one paper's start: no more than a page apart."""
    before, after = layout.pages[first], layout.pages[second]
    return before is None or after is None or after - before <= 1


def _repeats(layout: Layout, last: _Beginning, sign: Sign) -> bool:
    """Whether a contents list or cover title belongs to the paper whose beginning was found just above."""
    if sign.kind not in (SignKind.CONTENTS, SignKind.TITLE) or layout.pages[sign.block] is None:
        return False
    return (layout.pages[sign.block] or 0) - (layout.pages[last.block] or 0) <= 1 and any(
        other.kind in (SignKind.APPENDIX, SignKind.BOOKMARK, SignKind.CONTENTS, SignKind.TITLE)
        for other in last.signs
    )


def _numbered(
    layout: Layout, beginnings: tuple[_Beginning, ...], items: tuple[AgendaItem, ...]
) -> list[str | None]:
    """The agenda item of each part: stamped or bookmarked; where a paper of its own has no stamp, by the
    pack's page numbers, else the next that no stamp claims; else that of the part before it."""
    numbers: list[str | None] = []
    current: str | None = None
    stamped = {beginning.item for beginning in beginnings}
    for position, beginning in enumerate(beginnings):
        last = beginnings[position + 1].block if position + 1 < len(beginnings) else len(layout.blocks)
        if position and beginning.item:
            current = beginning.item
        elif position and beginning.own_paper and items:
            found = _item_by_pages(layout, beginning.block, last, items) or _next_item(items, current)
            current = current if found in stamped else found
        numbers.append(current)
    return numbers


def _item_by_pages(layout: Layout, first: int, last: int, items: tuple[AgendaItem, ...]) -> str | None:
    """The item whose pages hold most of the pack's page numbers found from ``first`` to ``last``."""
    found = page_stamps(layout, first, last)
    if not found and layout.pages[first] is not None:
        labels = {page.number: page.label for page in layout.reading.pages}
        label = labels.get(layout.pages[first] or 0, "")
        found = (int(label),) if label.isdigit() and _labels_are_printed(layout) else ()
    if not found:
        return None
    middle = sorted(found)[len(found) // 2]
    inside = (item for item in items if (item.first_page or 0) <= middle <= (item.last_page or -1))
    return next((item.number for item in inside), None)


def _labels_are_printed(layout: Layout) -> bool:
    """Whether page labels differ from page numbers somewhere: then they were read off the pages."""
    return any(page.label != str(page.number) for page in layout.reading.pages)


def _next_item(items: tuple[AgendaItem, ...], current: str | None) -> str | None:
    """The item after ``current``; the first where there is none yet, the same where it is the last."""
    numbers = list(dict.fromkeys(item.number for item in items))
    if current not in numbers:
        return numbers[0] if current is None else current
    return numbers[min(numbers.index(current) + 1, len(numbers) - 1)]


class _Papers:
    """The parts found so far: what hangs on a paper is told from the papers before it."""

    def __init__(self, layout: Layout, items: tuple[AgendaItem, ...], known: Counter[str]) -> None:
        self.parts: list[Part] = []
        self._layout = layout
        self._items = items
        self._known = known
        self._enclosed: list[str] = []
        """Names that the last covering report gives its appendices, those not yet met."""

    def add(self, beginning: _Beginning, last: int, item: str | None) -> None:
        """Add the part from a beginning to the block ``last`` (exclusive)."""
        first = beginning.block
        attached = bool(self.parts) and not beginning.own_paper
        title = self._title(beginning, last, item, attached)
        kind = self._kind(beginning, title, item, attached)
        front = front_of(self._layout, first, last)
        lines = [index for block in self._layout.blocks[first:last] for index in block.lines]
        self.parts.append(
            Part(
                item=item,
                title=title,
                kind=kind,
                body=self._body(front, title, attached),
                date=None,
                years=years_of_front(front, kind, title) or self._inherited_years(kind, attached),
                first_block=first,
                last_block=last,
                place=self._layout.reading.place(lines),
            )
        )
        if not attached:
            self._enclosed = list(enclosures(self._layout, first, last))

    def _title(self, beginning: _Beginning, last: int, item: str | None, attached: bool) -> str:
        """The title of the signs; else the agenda's for a paper of its own; else the name that the
        covering report gives what it encloses; else the first heading."""
        enclosed = self._enclosed.pop(0) if attached and self._enclosed else ""
        agenda = next((entry.title for entry in self._items if entry.number == item), "")
        words = _first_words(self._layout, beginning.block, last)
        untitled = _UNTITLED.match(words)
        if beginning.title and not _UNTITLED.match(beginning.title):
            return beginning.title
        if self.parts and not attached:
            return agenda or words
        return (enclosed or agenda or words) if attached and untitled else words

    def _body(self, front: Front, title: str, attached: bool) -> str:
        """The body that a part names on its own front; else that of the paper it hangs on; empty for the
        meeting's own papers."""
        inherited = self.parts[-1].body if attached else ""
        if _is_written_for_meeting(front):
            author = body_of_lines((front.label("from", "report of", "report by"),), self._known).name
            return "" if "Cabinet" in author or "Council" in author else author
        if not self.parts or _NOT_OWN.search(title):
            return inherited
        claim = body_of_lines(front.head()[: 4 if attached else 20], self._known)
        if claim.weight > STRONG + 5 * attached:
            return claim.name
        return inherited or body_of_abbreviation(title, self._known)

    def _kind(self, beginning: _Beginning, title: str, item: str | None, attached: bool) -> DocumentKind:
        """The kind that the signs tell, else that of the title; else, for a paper of the agenda, that of
        the agenda's note on it, or a report."""
        if any(sign.kind == SignKind.MINUTES for sign in beginning.signs):
            return DocumentKind.MINUTES
        kind = kind_of_title(title)
        if kind != DocumentKind.OTHER or attached or not self.parts:
            return kind
        note = next((entry.note for entry in self._items if entry.number == item), "")
        of_note = kind_of_title(" ".join(note.split()[:3]))
        return of_note if of_note != DocumentKind.OTHER else DocumentKind.REPORT

    def _inherited_years(self, kind: DocumentKind, attached: bool) -> tuple[str, ...]:
        """The years of the paper that a part hangs on: not those of a plan that stands between them. A
        policy, say, has years of its own or none."""
        if kind not in (DocumentKind.OTHER, DocumentKind.BUSINESS_PLAN):
            return ()
        hosts = [part for part in self.parts if part.kind != DocumentKind.BUSINESS_PLAN]
        return hosts[-1].years if attached and hosts else ()


def _is_written_for_meeting(front: Front) -> bool:
    """Whether the front is the head of a covering report or a briefing note."""
    briefing = any(re.match(r"briefing (?:note|paper)\b", line, re.IGNORECASE) for line in front.lines[:8])
    return is_covering_report(front) or briefing


def _first_words(layout: Layout, first: int, last: int) -> str:
    """The first heading of a part, else its first words: what it is called until it says more."""
    content = [
        i
        for i in range(first, last)
        if layout.blocks[i].kind != BlockKind.FURNITURE and same_words(layout.text(i))
    ]
    headings = [
        i for i in content[:10] if layout.blocks[i].kind == BlockKind.HEADING or is_contents(layout.text(i))
    ]
    chosen = headings[:1] or content[:1] or [first]
    return layout.text(chosen[0])[:160]
