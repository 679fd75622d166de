"""The closed lists of the field: kinds of paper, of statement, of block, of format, of trouble."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """The kinds of paper that a board publishes."""

    ANNUAL_REPORT = "annual_report"
    BUSINESS_PLAN = "business_plan"
    AGENDA_PACK = "agenda_pack"
    AGENDA = "agenda"
    MINUTES = "minutes"
    REPORT = "report"
    BRIEFING_NOTE = "briefing_note"
    CASE_REVIEW = "case_review"
    CASE_REVIEW_BRIEFING = "case_review_briefing"
    POLICY = "policy"
    GUIDANCE = "guidance"
    OTHER = "other"


class StatementKind(StrEnum):
    """What a statement does: it recommends, acts, decides or finds."""

    RECOMMENDATION = "recommendation"
    ACTION = "action"
    DECISION = "decision"
    FINDING = "finding"


class BlockKind(StrEnum):
    """What a block of lines is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"
    """Running heads and feet, page numbers, stamps: evidence for labels, not text to search."""


class MediaType(StrEnum):
    """The formats that are told apart by content."""

    PDF = "pdf"
    WORD = "word"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


class PageBasis(StrEnum):
    """What proves a page number."""

    FILE = "file"
    STAMP = "stamp"
    CONTENTS = "contents"
    AGENDA = "agenda"


class UnreadCode(StrEnum):
    """Why a file, or one page of it, could not be read."""

    EMPTY = "empty"
    NOT_A_DOCUMENT = "not_a_document"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NEEDS_OCR = "needs_ocr"
    TOO_LARGE = "too_large"
    TIMED_OUT = "timed_out"
    UNREADABLE = "unreadable"
    WITHDRAWN = "withdrawn"
    """It could be read, and may not be: the board office withdrew it."""
