"""`make bench`: every figure beside its limit, measured in this run."""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import consoles, first_sound, lines, operations, screens, slips, waits

MS = 1000
SLIPS = {"ticket": 30, "notice": 120}
"""Kind → how many milliseconds all its copies may take."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--old-tickets", type=int, default=1_000_000, metavar="N")
    arguments = parser.parse_args()

    table = Table("figure", "ours", "beside it", "ratio", "limit", title="Jiaohao, medians")
    with tempfile.TemporaryDirectory(prefix="jiaohao-bench-") as name:
        folder = Path(name)
        for verb, (ours, plain) in operations.against_plain(folder).items():
            add(table, f"{verb}, FULL", ours, plain, "plain sqlite3", 2.5)
        old, young = operations.against_history(folder, arguments.old_tickets)
        add(table, f"next, {arguments.old_tickets:,} old tickets", old, young, "none", 1.2)
        (one, every), short = lines.issuing_into(folder, lines.WAITING), lines.issuing_into(folder)
        table.add_row(
            f"issue, {lines.WAITING} waiting before {lines.COUNTERS} counters",
            f"{one * MS:.2f} ms",
            f"{short[0] * MS:.2f} ms nobody waiting",
            f"{one / short[0]:.2f}",
            "",
        )
        table.add_row("the waits of every group at once, there", f"{every * MS:.2f} ms", "", "", "")
        for kind, limit in SLIPS.items():
            slip, words = slips.drawing(kind)
            table.add_row(
                f"{kind}: draw and encode",
                f"{slip * MS:.1f} ms",
                f"{words * MS:.1f} ms its bare words",
                f"{slip / words:.2f}",
                f"{limit} ms",
            )
        middle, late = screens.commit_to_repaint(folder)
        table.add_row(
            "commit → the board's repaint",
            f"{late * MS:.1f} ms p95",
            f"{middle * MS:.1f} ms median",
            "",
            "25 ms p95",
        )
        if first_sound.can_be_measured():
            middle, late = first_sound.call_to_sound(folder)
            heard = f"{late * MS:.0f} ms p95", f"{middle * MS:.0f} ms median"
        else:
            heard = "not measured", "PulseAudio is not installed here"
        table.add_row("commit → the first sound of the call", *heard, "", "300 ms")
        limits = {"board": "0.2 s", "kiosk": "0.6 s", "counter": "0.6 s"}
        for program, (ours, bare) in screens.starts(folder).items():
            table.add_row(
                f"{program}: start to first text",
                f"{ours * MS:.0f} ms",
                f"{bare * MS:.0f} ms bare Textual",
                f"{ours / bare:.2f}",
                limits[program],
            )
        alone, _ = consoles.answers(folder, 1, 60)
        middle, late = consoles.answers(folder, consoles.CONSOLES)
        table.add_row(
            f"a key → its answer, {consoles.CONSOLES} counters on one machine",
            f"{late * MS:.0f} ms p95, {middle * MS:.0f} ms median",
            f"{alone * MS:.0f} ms alone, median",
            f"{middle / alone:.2f}",
            "100 ms p95",
        )
    Console().print(table)
    Console().print(expected_waits())


def expected_waits() -> Table:
    """Mean squared errors of what is told in simulated halls, as ratios to those of others."""
    table = Table(
        "hall", "knowing the pace", "limit", "last one's wait", "head of line's", "limit",
        "waits within the range", title="Expected wait: squared error against that of …",
    )  # fmt: skip
    for (counters, load), plan in waits.MMS.items():
        found = waits.compare(plan)
        add_hall(table, f"M/M/{counters}, load {load}", found, f"{waits.LIMIT}")
    for name, plan in waits.MIXED.items():
        add_hall(table, name, waits.compare(plan), "")
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


def add(table: Table, figure: str, ours: float, other: float, what: str, limit: float) -> None:
    table.add_row(
        figure,
        f"{ours * MS:.3f} ms",
        f"{other * MS:.3f} ms {what}",
        f"{ours / other:.2f}",
        f"{limit} ×",
    )


if __name__ == "__main__":
    main()
