"""Sentences as slices of text, by NLTK's Punkt with the abbreviations of board papers.

Punkt's trained models are a download; its algorithm (Kiss and Strunk 2006, "Unsupervised Multilingual
Sentence Boundary Detection") needs none when it is told the abbreviations.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from indexer.language import PunktParameters, PunktSentenceTokenizer

_ABBREVIATIONS = frozenset(
    """incl dr mr mrs ms prof rev cllr cllrs hon st jr sr e.g eg i.e ie etc viz vs cf al ed eds no nos p pp
    para paras fig approx dept govt ltd co inc tel ext ref refs sgt insp det supt ch sec s ss reg regs jan feb
    mar apr jun jul aug sept sep oct nov dec a.m p.m""".split()
)
_LINE_START = re.compile(
    r"\n(?=[ \t]*(?:[-–•▪●*\uf0b7\uf0a7]\s|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s))", re.I
)
_INNER_END = re.compile(r"[.?!]\s*\S")
"""What ends a sentence, before anything else: without it there is one sentence."""
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def _tokeniser() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


_PUNKT = _tokeniser()


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) slices of the sentences of ``text``, in order, white space at their ends left out.

    A list item starts a sentence whatever the punctuation before it, and so does a line after a blank
    one; a row of a table, with its cells between tabs, is a sentence of its own.
    """
    found = []
    for start, end in _pieces(text):
        piece = text[start:end]
        # Punkt takes a hundred times as long to find that there is but one sentence.
        for a, b in _PUNKT.span_tokenize(piece) if _INNER_END.search(piece) else [(0, len(piece))]:
            if inner := text[start + a : start + b].strip():
                left = text.index(inner, start + a)
                found.append((left, left + len(inner)))
    return _mended(text, found)


def _pieces(text: str) -> list[tuple[int, int]]:
    cuts = {match.start() for pattern in (_LINE_START, _BLANK_LINE) for match in pattern.finditer(text)}
    cuts.update(_row_ends(text))
    edges = [0, *sorted(cuts), len(text)]
    return list(pairwise(edges))


def _row_ends(text: str) -> list[int]:
    """Line ends before and after the rows of tables."""
    if "\t" not in text:
        return []
    lines = text.split("\n")
    ends = list(accumulate(len(line) + 1 for line in lines))
    return [end - 1 for end, (row, below) in zip(ends, pairwise(lines), strict=False) if "\t" in row + below]


def _mended(text: str, found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Numbers of items ("1.", "a)", "4.2.") put back in front of the sentence that they number."""
    sentences: list[tuple[int, int]] = []
    for start, end in found:
        if sentences:
            before = text[sentences[-1][0] : sentences[-1][1]]
            if re.fullmatch(r"[\s\-–•*(]*(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)]*", before, re.I):
                sentences[-1] = (sentences[-1][0], end)
                continue
        sentences.append((start, end))
    return tuple(sentences)
