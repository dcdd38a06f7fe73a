"""`make bench`: every figure beside its limit, measured in this run."""

import argparse
import io
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import (
    boards,
    consoles,
    crowd,
    first_sound,
    lines,
    operations,
    screens,
    slips,
    touch_to_paper,
    waits,
    whole_hall,
)
from bench.figures import MS, Figures

Part = Callable[[Path, Figures], None]
SLIPS = {"ticket": 30, "notice": 120}
"""Kind → how many milliseconds all its copies may take."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--old-tickets", type=int, default=5_000_000, metavar="N")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="a page, a picture, history")
    arguments = parser.parse_args()

    figures = Figures()
    with tempfile.TemporaryDirectory(prefix="jiaohao-bench-") as name:
        measure(Path(name), arguments.old_tickets, figures)
    waits_table = expected_waits()
    Console().print(figures.as_table())
    Console().print(waits_table)
    if arguments.report is not None:
        text = Console(width=120, file=io.StringIO(), record=True)
        text.print(waits_table)
        waits_text = f"```\n{text.export_text().rstrip()}\n```"
        figures.keep(arguments.report, datetime.now(UTC).date(), waits_text)


def measure(folder: Path, old_tickets: int, figures: Figures) -> None:
    """Part by part; on the terminal's other channel, which one is at work and how long it took."""
    told = Console(stderr=True, highlight=False, markup=False)
    parts: dict[str, Part] = {
        "a deed beside plain sqlite3": deeds,
        "old tickets": partial(history, old_tickets=old_tickets),
        "a long line": long_line,
        "fifty programs on one file": crowds,
        "slips": paper,
        "the board": board,
        "printer and loudspeaker": devices,
        "starts": starts,
        "keys": keys,
        "a whole hall": hall_at_rest,
    }
    for title, part in parts.items():
        begun = time.monotonic()
        part(folder, figures)
        told.print(f"{title}: {time.monotonic() - begun:.0f} s")


def deeds(folder: Path, figures: Figures) -> None:
    for verb, (ours, plain) in operations.against_plain(folder).items():
        figures.ratio(f"{verb}, FULL", ours, plain, "plain sqlite3", 2.5)


def history(folder: Path, figures: Figures, *, old_tickets: int) -> None:
    for verb, (old, young) in operations.against_history(folder, old_tickets).items():
        figures.ratio(f"{verb}, {old_tickets:,} old tickets", old, young, "none", 1.2)


def long_line(folder: Path, figures: Figures) -> None:
    (one, every), short = lines.issuing_into(folder, lines.WAITING), lines.issuing_into(folder)
    figures.time(
        f"issue, {lines.WAITING} waiting before {lines.COUNTERS} counters",
        one,
        beside=f"{short[0] * MS:.2f} ms nobody waiting",
        other=short[0],
    )
    figures.time("the waits of every group at once, there", every)


def paper(_folder: Path, figures: Figures) -> None:
    for kind, limit in SLIPS.items():
        slip, words = slips.drawing(kind)
        beside = f"{words * MS:.1f} ms its bare words"
        figures.time(f"{kind}: draw and encode", slip, limit / MS, beside, other=words)


def board(folder: Path, figures: Figures) -> None:
    middle, late = screens.commit_to_repaint(folder)
    beside = f"{middle * MS:.1f} ms median"
    figures.time("commit → the board's repaint", late, 0.025, beside, what="p95")
    middle, late = boards.beside_others(folder, False)
    beside = f"{middle * MS:.1f} ms median"
    name = f"the same beside {boards.LISTENING - 1} listeners"
    figures.time(name, late, 0.025, beside, what="p95")


def devices(folder: Path, figures: Figures) -> None:
    middle, late = touch_to_paper.touch_to_paper(folder)
    beside = f"{middle * MS:.0f} ms median"
    figures.time("touch → the last byte of the slip", late, beside=beside, what="p95")
    if first_sound.can_be_measured():
        middle, late = first_sound.call_to_sound(folder)
        beside = f"{middle * MS:.0f} ms median"
        figures.time("commit → the first sound of the call", late, 0.3, beside, what="p95")
    else:
        why = "PulseAudio is not installed here"
        figures.words("commit → the first sound of the call", "not measured", why, "300 ms")


def starts(folder: Path, figures: Figures) -> None:
    limits = {"board": 0.2, "kiosk": 0.6, "counter": 0.6}
    for program, (ours, bare) in screens.starts(folder).items():
        beside = f"{bare * MS:.0f} ms bare Textual"
        figures.time(f"{program}: start to first text", ours, limits[program], beside, other=bare)


def keys(folder: Path, figures: Figures) -> None:
    alone, _ = consoles.answers(folder, 1, 60)
    middle, late = consoles.answers(folder, consoles.CONSOLES)
    beside = f"{middle * MS:.0f} ms median, {alone * MS:.0f} ms alone"
    name = f"a key → its answer, {consoles.CONSOLES} counters on one machine"
    figures.time(name, late, 0.1, beside, what="p95")


def hall_at_rest(folder: Path, figures: Figures) -> None:
    share, memory = whole_hall.at_rest(folder)
    name = f"{whole_hall.PROGRAMS} programs of a hall, nothing happens"
    figures.words(name, f"{share:.1%} of a core", f"{share / whole_hall.PROGRAMS:.2%} each")
    for program, resident in memory.items():
        figures.words(f"{program}: memory", f"{resident:.0f} MiB")


def crowds(folder: Path, figures: Figures) -> None:
    middle, late = crowd.in_one_instant(folder)
    beside = f"{middle * MS:.0f} ms median"
    name = f"{crowd.PROGRAMS} kiosks in one instant → the last has its number"
    figures.time(name, late, 0.06, beside, what="p95")
    middle, late, sync = crowd.twice_a_second(folder)
    beside = f"{middle * MS:.1f} ms median, {sync * MS:.2f} ms a sync"
    name = f"{crowd.PROGRAMS} kiosks, each twice a second → a number"
    figures.time(name, late, 0.003 + sync, beside, what="p99")
    middle, late = crowd.to_listeners(folder)
    beside = f"{middle * MS:.1f} ms median"
    figures.time(f"commit → {crowd.PROGRAMS} listeners", late, 0.02, beside, what="p99")


def expected_waits() -> Table:
    """Mean squared errors of what is told in simulated halls, as ratios to those of others.

    No time is measured here, so that every core may play one of them.
    """
    table = Table(
        "hall", "knowing the pace", "limit", "last one's wait", "head of line's", "limit",
        "waits within the range", title="Expected wait: squared error against that of …",
    )  # fmt: skip
    with ProcessPoolExecutor() as pool:
        found = pool.map(waits.compare_named, waits.NAMED)
        for name, comparison in zip(waits.NAMED, found, strict=True):
            add_hall(table, name, comparison, "" if name in waits.MIXED else f"{waits.LIMIT}")
    return table


def add_hall(table: Table, name: str, found: waits.Comparison, limit: str) -> None:
    table.add_row(
        name,
        f"{found.against_knowing:.3f}" if limit else "",
        limit,
        f"{found.against_last:.2f}",
        f"{found.against_head:.2f}",
        "1",
        f"{found.kept:.0%}",
    )


if __name__ == "__main__":
    main()
