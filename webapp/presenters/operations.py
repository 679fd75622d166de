"""The OpenAPI document as a page shows it: addresses, what each takes, gives and refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]
MOST_VALUES = 12
"""Values that a parameter may have, named one by one."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an address takes."""

    name: str
    required: bool
    words: str
    allowed: str
    """Its values in words: a list, a range, or the kind of value."""


@dataclass(frozen=True, slots=True)
class Operation:
    """An address and what it does."""

    id: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    gives: str
    """The name of the shape of its answer."""
    refuses: tuple[str, ...]
    """Statuses other than 200."""
    example: str
    """An address to try; empty where it takes what only an index knows."""


def operations(document: Json) -> tuple[Operation, ...]:
    """Every address of an OpenAPI document, in its order."""
    return tuple(_operation(path, methods["get"]) for path, methods in document["paths"].items())


def _operation(path: str, get: Json) -> Operation:
    parameters = tuple(map(_parameter, get["parameters"]))
    content = get["responses"]["200"]["content"]["application/json"]["schema"]
    return Operation(
        get["operationId"],
        path,
        get["summary"],
        parameters,
        content["$ref"].rpartition("/")[2],
        tuple(status for status in get["responses"] if status != "200"),
        _example(path, get["parameters"]),
    )


def _parameter(found: Json) -> Parameter:
    required = bool(found.get("required"))
    return Parameter(found["name"], required, found["description"], "; ".join(_allowed(found["schema"])))


def _allowed(schema: Json) -> Iterator[str]:
    if "items" in schema:
        yield from _allowed(schema["items"])
        yield "may be given more than once"
        return
    if "enum" in schema:
        values = schema["enum"]
        more = f" and {len(values) - MOST_VALUES} others" if len(values) > MOST_VALUES else ""
        yield ", ".join(values[:MOST_VALUES]) + more
    elif "minimum" in schema:
        yield f"{schema['minimum']} to {schema['maximum']:,}"
    elif "maxLength" in schema:
        yield f"at most {schema['maxLength']:,} characters"
    if "default" in schema:
        yield f"{schema['default']} where left out"


def _example(path: str, parameters: list[Json]) -> str:
    asked = [(each["name"], each.get("example")) for each in parameters if each.get("required")]
    if "{" in path or any(not example for _, example in asked):
        return ""
    return path + "".join(f"{'&' if i else '?'}{name}={example}" for i, (name, example) in enumerate(asked))
