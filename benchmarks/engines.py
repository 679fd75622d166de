"""Building and searching an engine's index, beside the peers'."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import apart, peak_memory, percentile, ratio, seconds, size_of
from benchmarks.peers import all_peers
from benchmarks.report import Table
from benchmarks.synthetic import make_questions, make_samples

QUESTIONS = 60
_COLUMNS = ("first time, p50", "first time, p95", "again, p50", "again, p95")


@dataclass(frozen=True, slots=True)
class Build:
    """One build."""

    seconds: float
    memory: int
    size: int


def measure_engines(folder: Path, passages: int) -> list[Table]:
    """A table of building and one of searching, for so many made-up passages."""
    builds = {name: apart(_build, name, folder, passages) for name in all_peers()}
    times = apart(_search, folder, passages)
    return [_build_table(builds, passages), _search_table(times, passages)]


def _build(name: str, folder: Path, passages: int) -> Build:
    target = folder / f"{passages} {name}"
    samples = make_samples(passages)
    taken = seconds(lambda: all_peers()[name].build(target, samples))
    return Build(taken, peak_memory(), size_of(target))


def _search(folder: Path, passages: int) -> dict[str, tuple[list[float], list[float]]]:
    """Seconds for each question, asked the first and the second time; engines take turns."""
    peers, questions = all_peers(), make_questions(QUESTIONS)
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in peers}
    for name, peer in peers.items():
        peer.open(folder / f"{passages} {name}")
    for turn in (0, 1):
        for words in questions:
            for name, peer in peers.items():
                times[name][turn].append(seconds(lambda peer=peer, words=words: peer.search(words)))  # type: ignore[misc]
    for peer in peers.values():
        peer.close()
    return times


def _build_table(builds: dict[str, Build], passages: int) -> Table:
    ours = next(iter(builds.values()))
    return Table(
        title=f"Building, {passages:,} made-up passages",
        note="Each in a process of its own; the passages are made meanwhile, for all alike. Ours to theirs: "
        "over 1 is better for us in speed, under 1 in memory and on disk.",
        header=(
            "",
            "passages a second",
            "speed, ours to theirs",
            "memory, MB",
            "peak memory, ours to theirs",
            "on disk, MB",
            "on disk, ours to theirs",
        ),
        rows=tuple(
            (
                name,
                f"{passages / build.seconds:,.0f}",
                ratio(build.seconds, ours.seconds),
                f"{build.memory / 1e6:.0f}",
                ratio(ours.memory, build.memory),
                f"{build.size / 1e6:.1f}",
                ratio(ours.size, build.size),
            )
            for name, build in builds.items()
        ),
        relative=(0, 2, 4, 6),
    )


def _search_table(times: dict[str, tuple[list[float], list[float]]], passages: int) -> Table:
    ours = next(iter(times.values()))

    def row(name: str, turns: tuple[list[float], list[float]]) -> tuple[str, ...]:
        cells = [name]
        for theirs, own in zip(turns, ours, strict=True):
            for share in (0.5, 0.95):
                at = percentile(theirs, share)
                cells += [f"{at * 1000:.2f}", ratio(percentile(own, share), at)]
        return tuple(cells)

    return Table(
        title=f"Searching {passages:,} made-up passages",
        note=f"{QUESTIONS} questions of two to five words, engines taking turns; any word, ten best. Each is "
        "asked for the first time, then once more. Time, ours to theirs: under 1 is better for us.",
        header=("", *(cell for name in _COLUMNS for cell in (f"{name}, ms", name))),
        rows=tuple(row(name, turns) for name, turns in times.items()),
        relative=(0, 2, 4, 6, 8),
    )
