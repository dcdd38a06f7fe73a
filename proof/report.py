"""What was proved, where and how: for people as Markdown in two languages, for programs as JSON."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hall.marked import _
from hall.wording import Wording
from proof.every import Result
from proof.guards import GUARDS
from proof.proof import Figure

MOST_SAID = 120
LANGUAGES = {"en": "", "zh": ".zh-CN"}
"""Of the report, with what its name has more."""

METHOD = (
    _(
        "Each proof makes a fresh hall from the workbook that comes with the product and works "
        "in it through the product's own operations, most of them in processes of their own. "
        "Nothing is simulated that can be had: SQLite, the files, the sockets, the signals and "
        "the bytes to the printer are real; the printer is a program on 127.0.0.1 that "
        "understands ESC/POS, answers, keeps what it was sent, and has faults. What "
        "loudspeakers would sound is noted by a player with the time."
    ),
    _(
        "After each proof the file is checked page by page (`integrity_check`, "
        "`foreign_key_check`), the chain of the journal is verified from its first row, and "
        "every number, call and slip somebody outside was told of is looked for."
    ),
    _(
        "A proof that cannot fail proves nothing. So each guard was taken away once, in the "
        "same run, and the proof that should notice did or did not:"
    ),
)

Say = Callable[..., str]


def write(
    results: Sequence[Result], short: bool, today: date, folder: Path, language: str = "en"
) -> tuple[Path, Path]:
    """Every file; that in this language and the one for programs are told.

    Raises OSError. What was written on the same day before is replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    exact = folder / f"proof-{today}.json"
    exact.write_text(
        json.dumps(as_facts(results, short, today), ensure_ascii=False, indent=1) + "\n"
    )
    readable = {one: folder / f"proof-{today}{ending}.md" for one, ending in LANGUAGES.items()}
    for one, file in readable.items():
        file.write_text(as_text(Wording(one).say, results, short, today))
    return readable.get(language, readable["en"]), exact


def as_facts(results: Sequence[Result], short: bool, today: date) -> dict[str, Any]:
    return {
        "date": today.isoformat(),
        "version": version("jiaohao"),
        "size": "short" if short else "full",
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


def as_text(say: Say, results: Sequence[Result], short: bool, today: date) -> str:
    whole = [one for one in results if not one.guard]
    written = say(
        _("Written by `{command}`, version {version}, in {minutes} minutes on"),
        command=f"jiaohao prove{' --short' if short else ''}",
        version=version("jiaohao"),
        minutes=round(sum(one.seconds for one in results) / 60),
    )
    rows = [
        (f"[{say(one.proof.name)}](#{anchor(say, one)})", verdict(say, one), f"{one.seconds:.0f}")
        for one in whole
    ]
    parts = [
        f"# {say(_('Proof of {date}'), date=today)}",
        written,
        "; ".join(f"{say(name)} {value}" for name, value in machine().items()),
        table((say(_("proof")), say(_("kept")), say(_("seconds"))), rows),
    ]
    for one in whole:
        parts += about(say, one)
    noticed = [
        (one.guard, say(GUARDS[one.guard]), say(one.proof.name), said(say, one))
        for one in results
        if one.guard
    ]
    names = (_("guard"), _("what it is"), _("noticed by"), _("what that said"))
    parts += [f"## {say(_('Method'))}", *map(say, METHOD), table([*map(say, names)], noticed)]
    return "\n\n".join(parts) + "\n"


def about(say: Say, one: Result) -> list[str]:
    parts = [
        f"## {say(one.proof.name)}",
        f"**{say(one.proof.promise)}**",
        say(one.proof.how, **one.proof.facts),
    ]
    if one.found.not_done:
        parts.append(say(_("Not put to the test here: {why}."), why=one.found.not_done))
    if one.found.figures:
        parts.append(
            table(("", ""), [(say(k), shown(say, v)) for k, v in one.found.figures.items()])
        )
    if one.found.broken:
        word = say(_("broken"))
        parts.append("\n".join(f"- **{word}**: {line}" for line in one.found.broken))
    return parts


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def said(say: Say, one: Result) -> str:
    """What the proof found without its guard."""
    if one.found.broken:
        return one.found.broken[0][:MOST_SAID]
    return one.found.not_done or f"**{say(_('nothing: it did not notice'))}**"


def verdict(say: Say, one: Result) -> str:
    if one.found.not_done:
        return say(_("not proved"))
    return say(_("yes")) if one.kept else f"**{say(_('NO'))}**"


def anchor(say: Say, one: Result) -> str:
    """As the readers of Markdown make one of a heading."""
    return say(one.proof.name).replace(" ", "-")


def shown(say: Say, value: Figure) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{say(name)} {count:,}" for name, count in value.items())
    return f"{value:,}" if isinstance(value, int | float) else value


def machine() -> dict[str, str]:
    """What the figures depend on; nothing that tells whose it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        _("system"): f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        _("processor"): f"{processor()} × {os.cpu_count()}",
        _("memory"): f"{memory:.0f} GiB",
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
