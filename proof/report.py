"""What was proved, where and how: for people as Markdown, for programs as JSON."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from proof.every import Result
from proof.guards import GUARDS

MOST_SAID = 120

METHOD = """## Method

Each proof makes a fresh hall from the workbook that comes with the product and works in it through
the product's own operations, most of them in processes of their own. Nothing is simulated that can
be had: SQLite, the files, the sockets, the signals and the bytes to the printer are real; the
printer is a program on 127.0.0.1 that understands ESC/POS, answers, keeps what it was sent, and has
faults. What loudspeakers would sound is noted by a player with the time.

After each proof the file is checked page by page (`integrity_check`, `foreign_key_check`), the
chain of the journal is verified from its first row, and every number, call and slip somebody
outside was told of is looked for.

A proof that cannot fail proves nothing. So each guard was taken away once, in the same run, and the
proof that should notice did or did not:"""


def write(results: Sequence[Result], short: bool, today: date, folder: Path) -> tuple[Path, Path]:
    """Both files; raises OSError. What was written on the same day before is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    kind = "short" if short else "full"
    readable = folder / f"proof-{today}.md"
    exact = folder / f"proof-{today}.json"
    facts = json.dumps(as_facts(results, kind, today), ensure_ascii=False, indent=1)
    exact.write_text(facts + "\n")
    readable.write_text(as_text(results, kind, today))
    return readable, exact


def as_facts(results: Sequence[Result], kind: str, today: date) -> dict[str, Any]:
    return {
        "date": today.isoformat(),
        "version": version("jiaohao"),
        "size": kind,
        "machine": machine(),
        "kept": all(one.as_it_should_be for one in results),
        "proofs": [
            {
                "name": one.proof.name,
                "without": one.guard,
                "as_it_should_be": one.as_it_should_be,
                "seconds": round(one.seconds, 1),
                "figures": one.found.figures,
                "broken": one.found.broken,
                "not_done": one.found.not_done,
            }
            for one in results
        ],
    }


def as_text(results: Sequence[Result], kind: str, today: date) -> str:
    whole = [one for one in results if not one.guard]
    minutes = sum(one.seconds for one in results) / 60
    parts = [
        f"# Proof of {today}",
        f"Written by `jiaohao prove{' --short' if kind == 'short' else ''}`, version "
        f"{version('jiaohao')}, in {minutes:.0f} minutes on",
        "; ".join(f"{name} {value}" for name, value in machine().items()) + ".",
        table(
            ("proof", "kept", "seconds"),
            [
                (f"[{one.proof.name}](#{anchor(one)})", verdict(one), f"{one.seconds:.0f}")
                for one in whole
            ],
        ),
    ]
    for one in whole:
        parts += [f"## {one.proof.name}", f"**{one.proof.promise}**", one.proof.how]
        if one.found.not_done:
            parts.append(f"Not put to the test here: {one.found.not_done}.")
        if one.found.figures:
            rows = [(name, shown(value)) for name, value in one.found.figures.items()]
            parts.append(table(("", ""), rows))
        if one.found.broken:
            parts.append("\n".join(f"- **broken**: {line}" for line in one.found.broken))
    noticed = [
        (one.guard, GUARDS[one.guard], one.proof.name, said(one)) for one in results if one.guard
    ]
    parts += [METHOD, table(("guard", "what it is", "noticed by", "what that said"), noticed)]
    return "\n\n".join(parts) + "\n"


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def said(one: Result) -> str:
    """What the proof found without its guard."""
    if one.found.broken:
        return one.found.broken[0][:MOST_SAID]
    return one.found.not_done or "**nothing: it did not notice**"


def verdict(one: Result) -> str:
    return "not proved" if one.found.not_done else "yes" if one.kept else "**NO**"


def anchor(one: Result) -> str:
    return one.proof.name.replace(" ", "-")


def shown(value: float | str) -> str:
    return f"{value:,}" if isinstance(value, int | float) else value


def machine() -> dict[str, str]:
    """What the figures depend on; nothing that tells whose it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "processor": f"{processor()}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
    }


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
