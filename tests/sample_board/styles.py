"""Paragraph and table styles of a paper, made from its [page] settings."""

from __future__ import annotations

from typing import Any

from flowables import Styles
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import TableStyle
from source import Page

BOLD = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold"}
ITALIC = {"Helvetica": "Helvetica-Oblique", "Times-Roman": "Times-Italic"}
HEADINGS = {1: 1.55, 2: 1.2, 3: 1.03}


def styles_for(page: Page) -> Styles:
    """The styles by block kind; sizes follow from the body size."""
    body = ParagraphStyle(
        "body",
        fontName=page.font,
        fontSize=page.size,
        leading=page.size * page.spacing,
        spaceAfter=page.size * 0.65,
        alignment=TA_JUSTIFY if page.justified else TA_LEFT,
        embeddedHyphenation=1,
    )
    found = {
        "paragraph": body,
        **_lists(body),
        **_headings(body, page),
        **_small(body, page),
        **_cover(body, page),
    }
    return Styles(found)


def _lists(body: ParagraphStyle) -> dict[str, ParagraphStyle]:
    hanging: dict[str, Any] = {"leftIndent": 20, "bulletIndent": 6, "spaceAfter": body.fontSize * 0.35}
    item = ParagraphStyle("item", body, leftIndent=30, bulletIndent=0, spaceBefore=4, alignment=TA_LEFT)
    marked = ParagraphStyle("marked", body, leftIndent=10, spaceBefore=2)
    return {
        "bullet": ParagraphStyle("bullet", body, **hanging),
        "numbered": ParagraphStyle("numbered", body, **hanging),
        "agenda_item": item,
        "recommendation": marked,
        "learning_point": marked,
    }


def _headings(body: ParagraphStyle, page: Page) -> dict[str, ParagraphStyle]:
    def heading(level: int, scale: float) -> ParagraphStyle:
        return ParagraphStyle(
            f"heading{level}",
            fontName=BOLD[page.font],
            fontSize=page.size * scale,
            leading=page.size * scale * 1.25,
            spaceBefore=page.size * (1.5 if level < 3 else 0.8),
            spaceAfter=page.size * 0.5,
            textColor=colors.HexColor(page.colour) if level < 3 else colors.black,
        )

    return {f"heading{level}": heading(level, scale) for level, scale in HEADINGS.items()}


def _small(body: ParagraphStyle, page: Page) -> dict[str, ParagraphStyle]:
    cell = ParagraphStyle("cell", fontName=page.font, fontSize=page.size - 2, leading=page.size)
    head = ParagraphStyle("cell_head", cell, fontName=BOLD[page.font])
    box = colors.HexColor("#eef2f6")
    return {
        "cell": cell,
        "cell_head": head,
        "table_title": ParagraphStyle(
            "title", head, fontSize=page.size - 1, spaceBefore=6, spaceAfter=4, keepWithNext=1
        ),
        "footnote": ParagraphStyle("note", cell, fontSize=page.size - 2.5, leading=page.size - 0.5),
        "notice": ParagraphStyle(
            "notice",
            cell,
            fontSize=8.5,
            leading=11,
            borderColor=colors.grey,
            borderWidth=0.5,
            borderPadding=5,
        ),
        "key_message": ParagraphStyle(
            "key",
            body,
            leftIndent=12,
            rightIndent=12,
            backColor=box,
            borderPadding=5,
            spaceBefore=8,
            spaceAfter=12,
            fontName=ITALIC[page.font],
        ),
    }


def _cover(body: ParagraphStyle, page: Page) -> dict[str, ParagraphStyle]:
    bold, colour = BOLD[page.font], colors.HexColor(page.colour)
    return {
        "cover_title": ParagraphStyle(
            "cover", fontName=bold, fontSize=26, leading=32, textColor=colour, spaceAfter=18
        ),
        "cover_line": ParagraphStyle("line", body, fontSize=14, leading=19, alignment=TA_LEFT),
        "contents_title": ParagraphStyle(
            "contents", fontName=bold, fontSize=16, leading=22, spaceAfter=12, textColor=colour
        ),
    }


def contents_styles(page: Page) -> list[Any]:
    """The styles of the contents page's lines, one a level."""
    first = ParagraphStyle("toc1", fontName=BOLD[page.font], fontSize=10, leading=13, spaceBefore=2)
    second = ParagraphStyle("toc2", fontName=page.font, fontSize=9.5, leading=11.5, leftIndent=16)
    return [first, second]


def table_style(page: Page) -> TableStyle:
    """Ruled cells, a tinted header row."""
    return TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor("#8a949e")),
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#dde5ec")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, -1), 2.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
