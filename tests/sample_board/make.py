"""Makes the sample board: renders every source into the corpus and writes what is true of each page.

Run as: python tests/sample_board/make.py [--corpus FOLDER] [--truth FILE]
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from render_pack import lay_out_pack
from render_pdf import lay_out
from render_text import write_markdown, write_text
from render_web import write_page
from render_word import write_word
from reportlab import rl_config
from source import Source, read_source, typeset
from truth_data import find_phrase, pack_truth, pdf_truth, plain_truth

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "corpus"


class QuestionError(ValueError):
    """A question whose answering phrase stands nowhere in its document; mend questions.toml or the source."""


def main() -> None:
    """Read the arguments, make the board, say what was made."""
    parser = argparse.ArgumentParser(description="Make the sample board's papers and the truth about them.")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="where the papers go")
    parser.add_argument("--truth", type=Path, default=HERE / "truth.json", help="where the truth goes")
    chosen = parser.parse_args()
    truth = make(chosen.corpus, chosen.truth)
    pages = sum(document["pages"] or 0 for document in truth["documents"])
    print(f"{len(truth['documents'])} documents, {pages} PDF pages, {len(truth['questions'])} questions")


def make(corpus: Path, truth_file: Path) -> dict[str, Any]:
    """Render every source that names a file into the corpus; write and return the truth."""
    rl_config.useA85 = 0  # plain binary streams: smaller files
    sources = {path.stem: read_source(path) for path in sorted((HERE / "sources").glob("*.md"))}
    made = [_made(source, sources, corpus) for source in sources.values() if source.file]
    documents = sorted(made, key=lambda document: document["file"])
    questions = _questions(documents)
    truth = {"documents": documents, "copies": _copies(documents, sources), "questions": questions}
    truth_file.write_text(json.dumps(truth, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return truth


def _made(source: Source, sources: dict[str, Source], corpus: Path) -> dict[str, Any]:
    target = corpus / source.file
    target.parent.mkdir(parents=True, exist_ok=True)
    suffix = target.suffix
    if suffix == ".pdf":
        return _made_pdf(source, sources, target)
    if suffix == ".docx":
        data, traces, tables = write_word(source)
        target.write_bytes(data)
        return plain_truth(source, traces, tables, lines=False)
    if suffix == ".html":
        text, traces, tables = write_page(source)
        target.write_text(text, encoding="utf-8")
        return plain_truth(source, traces, tables, lines=False)
    text, lined = (write_markdown if suffix == ".md" else write_text)(source)
    target.write_text(text, encoding="utf-8")
    return plain_truth(source, lined.traces, lined.tables, lines=True)


def _made_pdf(source: Source, sources: dict[str, Source], target: Path) -> dict[str, Any]:
    if source.items:
        pack = lay_out_pack(source, sources)
        target.write_bytes(pack.pdf)
        return pack_truth(source, pack, pack.front)
    laid = lay_out(source)
    target.write_bytes(laid.pdf)
    return pdf_truth(source, laid)


def _copies(documents: list[dict[str, Any]], sources: dict[str, Source]) -> list[dict[str, Any]]:
    """Papers that stand in more than one place, with each place's pages."""
    places: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for document in documents:
        for part in document["parts"]:
            places[part["source"]].append(
                {"file": document["file"], "item": part["item"], "pages": part["pages"]}
            )
    for name, found in places.items():
        if sources[name].file:
            alone = next(document for document in documents if document["file"] == sources[name].file)
            found.insert(0, {"file": alone["file"], "item": None, "pages": [1, alone["pages"]]})
    return [{"source": name, "places": found} for name, found in sorted(places.items()) if len(found) > 1]


def _questions(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_file = {document["file"]: document for document in documents}
    asked = tomllib.loads((HERE / "questions.toml").read_text(encoding="utf-8"))["question"]
    return [
        {"question": entry["q"], "answers": [_answer(by_file, a) for a in entry["answers"]]}
        for entry in asked
    ]


def _answer(by_file: dict[str, dict[str, Any]], answer: dict[str, str]) -> dict[str, Any]:
    answer = {**answer, "phrase": typeset(answer["phrase"])}
    found = find_phrase(by_file.get(answer["file"], {"blocks": [], "tables": []}), answer["phrase"])
    if not found:
        raise QuestionError(
            f"{answer['file']}: no sentence holds {answer['phrase']!r}; mend questions.toml or the source"
        )
    pages = sorted({page for entry in found for page in entry.get("pages", [])})
    lines = [entry["lines"] for entry in found if entry.get("lines")]
    return {**answer, "pages": pages, "lines": lines, "sentences": [entry["text"] for entry in found]}


if __name__ == "__main__":
    main()
