"""jiaohao printer test: what the printer supports, and what only the installer's eyes can see."""

import argparse
import sys
from dataclasses import asdict
from typing import Any

from commands.context import REFUSED, answer, hall_of, refuse, wording_of, write
from commands.printer import unfit
from db import journal
from db.engine import writing
from db.tables import PrinterState
from hall.marked import _
from hall.open_hall import OpenHall
from hall.wording import Wording

LOOKED_AT = (
    (
        "width",
        _("Are both ends of the black bar on the paper?"),
        _("Set printer.width_dots: 384 for 58 mm paper, 576 for 80 mm."),
    ),
    (
        "letters",
        _("Is every line of letters legible, none a code in brackets?"),
        _("jiaohao doctor says which fonts are missing."),
    ),
    (
        "black",
        _("Is the large number whole and evenly black?"),
        _("Clean the print head, or ask for a denser print in the printer's own settings."),
    ),
    (
        "code",
        _("Does a telephone read the code?"),
        _("Clean the print head; a code that is not read is of no use to a citizen."),
    ),
    (
        "cut",
        _("Is the page cut off, or does it tear off, below its last line?"),
        _("Set printer.profile to the printer's model, so that it is cut as that model cuts."),
    ),
)
"""What only eyes can see, and what to do if not."""

YES = ("y", "yes", "j", "是", "好", "对")
NO = ("n", "no", "否", "不", "不是")


def test(arguments: argparse.Namespace) -> int:
    from devices.printing.sample_page import print_sample_page
    from devices.printing.transports.transport import Interrupted, NotOut, PrinterDown

    hall, wording = hall_of(arguments), wording_of(arguments)
    try:
        tested = print_sample_page(hall)
    except PrinterDown as down:
        return unfit(arguments, wording, down.state, down.detail)
    except (Interrupted, NotOut) as interrupted:
        return unfit(arguments, wording, PrinterState.ERROR, str(interrupted))
    facts: dict[str, Any] = {
        "state": tested.state.value,
        "acknowledged_by": tested.acknowledged_by,
        "seconds": round(tested.seconds, 2),
        "supports": asdict(tested.supports) if tested.supports else None,
    }
    sentence = wording.say(
        "Test page printed in {seconds:.1f} s, acknowledged by {by}.",
        seconds=tested.seconds,
        by=tested.acknowledged_by,
    )
    if tested.supports:
        sentence += "\n" + supported(wording, facts["supports"])
    attended = sys.stdin is not None and sys.stdin.isatty()
    if arguments.json or arguments.unattended or not attended:
        tell(hall, facts)
        return answer(arguments, facts, sentence)

    write(sentence)
    seen = look(wording)
    tell(hall, facts | {"seen": seen})
    amiss = [advice for what, _question, advice in LOOKED_AT if seen.get(what) is False]
    if amiss:
        message = "\n".join(wording.say(advice) for advice in amiss)
        return refuse(arguments, "printer_not_fit", message, REFUSED)
    return answer(arguments, facts, wording.say("The printer is fit; what you saw is kept."))


def supported(wording: Wording, supports: dict[str, Any]) -> str:
    yes, no = wording.say("yes"), wording.say("no")
    rows = [
        (_("Model"), supports["model"] or wording.say("not told")),
        (_("Says when paper is out or the cover open"), yes if supports["status"] else no),
        (_("Says that a slip is out (GS ( H)"), yes if supports["process_id"] else no),
        (_("Says that it has worked through (GS r)"), yes if supports["paper_status"] else no),
    ]
    return "\n".join(f"  {wording.say(label)}: {value}" for label, value in rows)


def look(wording: Wording) -> dict[str, bool]:
    """What the installer sees; what is not answered is left out."""
    seen: dict[str, bool] = {}
    for what, question, _advice in LOOKED_AT:
        while what not in seen:
            sys.stdout.write(f"{wording.say(question)} [y/n] ")
            sys.stdout.flush()
            typed = sys.stdin.readline()
            if not typed:
                return seen
            word = typed.strip().lower()
            if word in YES or word in NO:
                seen[what] = word in YES
    return seen


def tell(hall: OpenHall, facts: dict[str, Any]) -> None:
    """An installation can be looked up later: which printer, what it could, what was seen."""
    with writing(hall.engine, quietly=True) as session:
        journal.append(
            session,
            hall.rules.hall_id,
            journal.Entry(
                "printer.tested", place=f"printer {hall.settings.printer.name}", after=facts
            ),
            hall.now(),
        )
