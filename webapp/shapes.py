"""The shapes of the API's answers, as JSON Schema: exactly these properties and no others."""

from __future__ import annotations

from typing import Any

from indexer.model import DocumentKind, PageBasis, StatementKind, UnreadCode
from indexer.search.results import FACETS

Json = dict[str, Any]


def schemas() -> Json:
    """Every shape by name."""
    return {
        **result_schemas(),
        **coverage_schemas(),
        **onward_schemas(),
        **source_schemas(),
        **document_schemas(),
        "Error": record(error=record(code=text(), message=text(), hint=text())),
        "Health": record(status={"const": "ok"}),
        "Ready": record(status={"const": "ready"}, engine=text(), documents=whole(), passages=whole()),
        "OpenApi": {"type": "object", "required": ["openapi", "info", "paths"]},
    }


def understood() -> Json:
    """How a question was understood."""
    return {
        "expansions": array(ref("Expansion")),
        "missing": array(text()),
        "notes": array(text()),
        "suggestion": nullable("string"),
        "corrected": {"type": "boolean"},
        "wishes": array(text()),
        "wishes_followed": {"type": "boolean"},
    }


def result_schemas() -> Json:
    """A page of hits and an answer."""
    facets = record(**{facet: array(ref("Facet")) for facet in FACETS})
    return {
        "Results": record(
            query=text(),
            total=whole(),
            total_is_exact={"type": "boolean"},
            took_ms={"type": "number", "minimum": 0},
            engine=text(),
            related=array(text()),
            searched=ref("Coverage"),
            hits=array(ref("Hit")),
            facets=facets,
            **understood(),
        ),
        "Answer": record(
            query=text(),
            sentences=array(ref("Sentence")),
            figures=array(ref("Figure")),
            passages=whole(),
            searched=ref("Coverage"),
            **understood(),
        ),
        "Expansion": record(
            typed=text(),
            added=array(text()),
            broader=array(text()),
            called=array(
                record(**{"name": text(), "from": nullable("integer"), "until": nullable("integer")})
            ),
        ),
    }


def coverage_schemas() -> Json:
    """What was searched, and how many there are of what."""
    return {
        "Facet": record(value=text(), count=whole()),
        "Coverage": record(
            documents=whole(),
            passages=whole(),
            first_year=nullable("string"),
            last_year=nullable("string"),
            unread_files=whole(),
            unread_pages=whole(),
            gaps=array(text()),
            bodies=array(text()),
        ),
    }


def onward_schemas() -> Json:
    """What leads on from a passage, and cases."""
    return {
        "Like": record(passage=record(**copy_place()), hits=array(ref("Hit"))),
        "Since": record(
            passage=record(**copy_place()),
            about=text(),
            owner=nullable("string"),
            date=nullable("string"),
            latest=nullable("string"),
            hits=array(ref("Hit")),
        ),
        "Case": record(name=text(), aliases=array(text()), bodies=array(text()), papers=whole()),
        "Cases": array(ref("Case")),
        "CaseHistory": record(case=ref("Case"), total=whole(), hits=array(ref("Hit"))),
    }


def copy_place() -> Json:
    """Where a passage stands, in short."""
    return {
        "id": text(),
        "file": text(),
        "lines": {"anyOf": [ref("Pair"), {"type": "null"}]},
        "pages": array(ref("Page")),
        "document": record(**brief_document()),
        "citation": text(),
        "url": text(),
    }


def source_schemas() -> Json:
    """A hit, a sentence of an answer, and where each stands."""
    place = copy_place()
    marks = array(ref("Pair"))
    source = place | {
        "part": optional(record(item=nullable("string"), title=text(), kind=kind())),
        "section": optional(record(id=text(), title=text(), path=array(text()))),
        "subgroups": array(text()),
        "themes": array(text()),
        "cases": array(text()),
        "statement": {"enum": [*map(str, StatementKind), None]},
        "ocr_quality": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        "context": text(),
    }
    return {
        "Hit": record(
            **source,
            rank={"type": "integer", "minimum": 1},
            score={"type": "number"},
            text=text(),
            highlights=marks,
            snippet=ref("Pair"),
            spans=array(ref("Span")),
            also_in=array(record(**place)),
        ),
        "Sentence": record(**source, text=text(), span=ref("Pair"), highlights=marks),
        "Figure": record(**source, when=text(), value=text(), of=text(), span=ref("Pair")),
        **small_schemas(),
    }


def small_schemas() -> Json:
    """What places are made of."""
    return {
        "Page": record(number=whole(), label=text(), basis={"enum": list(map(str, PageBasis))}),
        "Pair": {"type": "array", "items": whole(), "minItems": 2, "maxItems": 2},
        "Span": record(page=nullable("integer"), boxes=array(ref("Box"))),
        "Box": {
            "type": "array",
            "description": "Left, top, right and bottom, in fractions of the page.",
            "items": {"type": "number"},
            "minItems": 4,
            "maxItems": 4,
        },
    }


def document_schemas() -> Json:
    """A paper, alone and with all that it holds."""
    place = {"lines": {"anyOf": [ref("Pair"), {"type": "null"}]}, "pages": array(whole())}
    places = {"lines": {"anyOf": [array(ref("Pair")), {"type": "null"}]}, "pages": array(whole())}
    named = record(name=text(), aliases=array(text()), **places)
    value = {"anyOf": [text(), array(text()), {"type": "null"}]}
    document = brief_document() | {"file": text(), "page_count": whole(), "url": text()}
    part = {name: schema for name, schema in brief_document().items() if name != "id"}
    return {
        "Document": record(**document),
        "Documents": array(ref("Document")),
        "DocumentDetail": record(
            document=ref("Document"),
            scan=optional(
                record(pages=array(whole()), quality={"type": "number", "minimum": 0, "maximum": 1})
            ),
            parts=array(record(item=nullable("string"), **part, **place)),
            sections=array(record(id=text(), title=text(), level=whole(), **place)),
            statements=array(
                record(
                    kind={"enum": list(map(str, StatementKind))},
                    text=text(),
                    number=nullable("string"),
                    **place,
                )
            ),
            subgroups=array(named),
            cases=array(named),
            acronyms=array(record(short=text(), long=text(), **place)),
            tables=array(record(title=text(), **place)),
            unread_pages=array(
                record(
                    file=text(),
                    page=nullable("integer"),
                    code={"enum": list(map(str, UnreadCode))},
                    reason=text(),
                )
            ),
            corrections=array(record(item=nullable("string"), field=text(), was=value, now=value)),
        ),
    }


def brief_document() -> Json:
    """What names a paper."""
    return {
        "id": text(),
        "title": text(),
        "kind": kind(),
        "body": text(),
        "date": nullable("string"),
        "years": array(text()),
    }


# ---------------------------------------------------------------- the words of JSON Schema


def record(**properties: Json) -> Json:
    """An object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def array(items: Json) -> Json:
    """Any number of one thing."""
    return {"type": "array", "items": items}


def text() -> Json:
    """A string."""
    return {"type": "string"}


def whole() -> Json:
    """A count or a number from 0."""
    return {"type": "integer", "minimum": 0}


def kind() -> Json:
    """A kind of paper."""
    return {"enum": list(map(str, DocumentKind))}


def nullable(name: str) -> Json:
    """One of a type, or null."""
    return {"type": [name, "null"]}


def optional(schema: Json) -> Json:
    """What ``schema`` says, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def ref(name: str) -> Json:
    """A shape by name."""
    return {"$ref": f"#/components/schemas/{name}"}
