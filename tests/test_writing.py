"""Papers that come one by one leave the same index as papers that come all at once."""

from __future__ import annotations

from pathlib import Path

from indexer.build import Options, build
from indexer.catalogue import Catalogue
from indexer.generations import current
from indexer.search.related import Related, read
from indexer.settings import Settings

COPIED = "The board agreed that every agency should bring its own findings to the next meeting in the spring."


def names(*numbers: int) -> list[str]:
    """A made-up word for each number, none of them like another."""
    return ["".join("bdfgklmnprst"[int(digit)] + "aeiou"[n % 5] for digit in str(n)) for n in numbers]


def paper(number: int) -> str:
    """Minutes with an item that all papers have, two on a sofa and smoking, and thirty on something else."""
    words = [names(*range(9000 * number + 100 * n, 9000 * number + 100 * n + 30)) for n in range(1, 33)]
    items = [" ".join(["sofa, smoking,", *some, "smoking, sofa."]) for some in words[:2]]
    items += [" ".join(some) + "." for some in words[2:]]
    return f"Minutes {number}\n" + "".join(
        f"\n{n}. Item on {names(n)[0]}\n\n{item}\n" for n, item in enumerate([COPIED, *items], 1)
    )


def told(settings: Settings) -> tuple[dict[str, int], list[tuple[str, bool]], Related]:
    """The words of an index, the texts and which are copies of another, and its related terms."""
    generation = current(settings.index)
    with Catalogue.open(generation.catalogue_path) as catalogue:
        records = list(catalogue.all_records())
        copies = [(r.passage.text, r.group != r.ordinal) for r in records]
        return dict(catalogue.words()), sorted(copies), read(generation.path)


def test_papers_taken_in_one_by_one_tell_the_same_as_all_at_once(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    grown = Settings(corpus=corpus, index=tmp_path / "grown", engine="memory")
    for number in range(4):
        (corpus / f"{number}.txt").write_text(paper(number))
        build(grown, Options(jobs=0))
    at_once = Settings(corpus=corpus, index=tmp_path / "whole", engine="memory")
    build(at_once, Options(jobs=0))
    assert told(grown) == told(at_once)
    words, copies, related = told(at_once)
    assert words["sofa"] == 8
    assert sum(is_copy for _, is_copy in copies) == 3
    assert "smoking" in related.to("sofa")
