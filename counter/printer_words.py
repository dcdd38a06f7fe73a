"""What is the matter with the printers, in one row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from counter.phrases import Say
from hall.marked import _
from ui.cells import shortened

if TYPE_CHECKING:
    from hall.printing.printers import Printer

TROUBLES = {
    "paper_out": _("out of paper"),
    "cover_open": _("cover open"),
    "offline": _("offline"),
    "error": _("at fault"),
    "unreachable": _("not reachable"),
}
"""By the state that was known last."""

SILENT = _("its program does not run")

LEAST_PLACE = 6
"""In fewer cells the beginning of a place tells nothing."""


def trouble_words(say: Say, troubles: Sequence[Printer], width: int) -> str:
    """Of the first, which is the worst, and how many others; empty when all is well.

    Only its place is shortened to the width.
    """
    if not troubles:
        return ""
    worst = troubles[0]
    more = ""
    if len(troubles) > 1:
        more = "  " + say(_("and {count} more"), count=len(troubles) - 1)
    without = sentence(say, worst, worst.name) + more
    room = width - cell_len(without) - cell_len(say(NAME_AND_PLACE, name="", place=""))
    if not worst.place or room < LEAST_PLACE:
        return without
    place = shortened(worst.place, room)
    return sentence(say, worst, say(NAME_AND_PLACE, name=worst.name, place=place)) + more


NAME_AND_PLACE = _("{name} ({place})")


def sentence(say: Say, printer: Printer, called: str) -> str:
    if printer.prints:
        return say(_("Printer {printer}: paper nearly at its end"), printer=called)
    trouble = say(SILENT if printer.silent else TROUBLES[printer.state.value])
    if not printer.waiting:
        return say(_("Printer {printer}: {trouble}"), printer=called, trouble=trouble)
    return say(
        _("Printer {printer}: {trouble}, slips waiting: {count}"),
        printer=called,
        trouble=trouble,
        count=printer.waiting,
    )
