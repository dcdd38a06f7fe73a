"""jiaohao slip: see any slip before it is printed, show what was printed, prove it unchanged."""

import argparse
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from commands.context import REFUSED, answer, hall_of, refuse, settings_of, wording_of
from db.engine import reading
from db.tables import PrintJobKind
from hall.notices import notices
from hall.open_hall import OpenHall
from hall.printing import slip_archive
from hall.printing.slip_archive import Archived
from hall.tickets import tickets
from hall.wording import Wording

if TYPE_CHECKING:
    from PIL.Image import Image

OTHER_WIDTH = 576
"""Of prints made before their width was kept."""
DOTS_PER_COLUMN = 12
"""Of a slip told in text: as many as a printer would write on that paper."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    preview = verbs.add_parser("preview", help="an example of a kind of slip, in blocks or as PNG")
    preview.add_argument("kind", choices=[kind.value for kind in PrintJobKind])
    preview.add_argument(
        "--width", type=int, choices=range(384, 840, 8), metavar="DOTS", help="384 is 58 mm"
    )
    preview.add_argument("--large", action="store_true", help="in letters for older eyes")
    show = verbs.add_parser("show", help="every print of a slip that was made")
    show.add_argument("slip", metavar="SLIP", help="A012, a notice's serial, or e.g. ticket/17")
    for verb in (preview, show):
        verb.add_argument("--png", type=Path, metavar="FOLDER", help="write the pictures there")
        verb.add_argument(
            "--dots", action="store_true", help="every dot, in blocks; wants a wide terminal"
        )
    verbs.add_parser("verify", help="whether what is kept is what was printed")


def run(arguments: argparse.Namespace) -> int:
    match arguments.verb:
        case "preview":
            return preview(arguments)
        case "show":
            return show(arguments)
        case _:
            return verify(arguments)


@dataclass(frozen=True)
class Shown:
    """One slip, all its copies."""

    name: str
    heading: str
    kind: str
    content: dict[str, Any]
    reprint: bool
    pictures: "list[Image]"


def preview(arguments: argparse.Namespace) -> int:
    from devices.printing.pictures import pictures_of
    from devices.printing.slips.samples import SAMPLES

    kind = arguments.kind
    content = SAMPLES[kind] | {"large_print": arguments.large}
    width = arguments.width or settings_of(arguments).printer.width_dots
    drawn = pictures_of(kind, content, width)
    return give(arguments, [Shown(kind, "", kind, content, False, drawn)], {"kind": kind})


def show(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    with reading(hall.engine) as session:
        subject = subject_of(session, hall, arguments.slip)
        found = slip_archive.archived(session, hall.rules.hall_id, subject)
    if not found:
        message = wording.say("No slip of {slip} was ever sent.", slip=arguments.slip)
        return refuse(arguments, "never_printed", message, REFUSED)
    shown = []
    for one in found:
        name = f"{one.job.key}/{one.attempt.number}".replace("/", "-")
        heading = heading_of(hall, wording, one)
        job = one.job
        shown.append(Shown(name, heading, job.kind, job.content, job.reprint, pictures(one)))
    facts = {"subject": subject, "prints": [facts_of(hall, one) for one in found]}
    return give(arguments, shown, facts)


def give(arguments: argparse.Namespace, slips: list[Shown], facts: dict[str, Any]) -> int:
    """The pictures as files, or every dot in blocks, or what the slips say."""
    from devices.printing.drawing.preview import preview as blocks
    from devices.printing.slip_text import texts_of

    lines: list[str] = []
    files: list[str] = []
    for slip in slips:
        lines += [slip.heading] * bool(slip.heading)
        width = slip.pictures[0].width
        if arguments.png is not None:
            arguments.png.mkdir(parents=True, exist_ok=True)
            for number, picture in enumerate(slip.pictures, start=1):
                file = arguments.png / f"{slip.name}-{number}.png"
                picture.save(file)
                files.append(str(file))
        elif arguments.dots:
            columns = min(shutil.get_terminal_size().columns, width // 2)
            lines += [line for picture in slip.pictures for line in blocks(picture, columns)]
        else:
            columns = width // DOTS_PER_COLUMN
            for told in texts_of(slip.kind, slip.content, columns, slip.reprint, drawn=True):
                lines += [*told, ""]
    return answer(arguments, facts | {"files": files}, "\n".join([*lines, *files]))


def heading_of(hall: OpenHall, wording: Wording, one: Archived) -> str:
    told = facts_of(hall, one)
    kept = wording.say("unchanged")
    if one.damage:
        kept = wording.say("CHANGED: {what}", what=", ".join(told["damage"]))
    parts = (told["key"], told["sent_at"], told["printer"], wording.say(told["outcome"]), kept)
    return "  ".join(parts)


def subject_of(session: Session, hall: OpenHall, text: str) -> str:
    """Of a number of today, a serial, or itself. Raises UnknownTicket, UnknownNotice."""
    if "/" in text:
        return text
    if "-" in text:
        return f"notice/{notices.by_serial(session, hall.rules, text).id}"
    return f"ticket/{tickets.by_number(session, hall.rules, text, hall.now()).id}"


def facts_of(hall: OpenHall, one: Archived) -> dict[str, Any]:
    return {
        "key": one.job.key,
        "attempt": one.attempt.number,
        "printer": one.attempt.printer,
        "sent_at": hall.rules.local(one.attempt.started_at).isoformat(timespec="seconds"),
        "outcome": one.attempt.outcome,
        "acknowledged_by": one.attempt.acknowledged_by,
        "reprint": one.job.reprint,
        "reason": one.job.reason,
        "asked_by": one.job.asked_by,
        "layout_version": one.attempt.layout_version,
        "picture_sha256": one.attempt.picture_sha256,
        "damage": sorted(one.damage),
    }


def pictures(one: Archived) -> "list[Image]":
    """The very pictures of a document; a ticket drawn again from its content."""
    from PIL import Image

    from devices.printing.pictures import pictures_of

    if one.pieces:
        return [
            Image.frombytes("1", (piece.width, piece.height), piece.dots) for piece in one.pieces
        ]
    width = one.attempt.width_dots or OTHER_WIDTH
    return pictures_of(one.job.kind, one.job.content, width, one.job.reprint)


def verify(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    checked, changed = 0, []
    for one in every_print(hall):
        checked += 1
        if one.damage:
            changed.append(f"{one.job.key} ({', '.join(sorted(one.damage))})")
    if changed:
        message = wording.say(
            "{count} prints are not what was sent: {keys}.",
            count=len(changed),
            keys=", ".join(changed[:20]),
        )
        return refuse(arguments, "archive_changed", message, REFUSED)
    facts = {"intact": True, "prints": checked}
    sentence = wording.say("The archive is intact: {count} prints.", count=checked)
    return answer(arguments, facts, sentence)


def every_print(hall: OpenHall) -> Iterator[Archived]:
    """Some at a time, so that a hall of ten years fits into memory."""
    last = 0
    while True:
        with reading(hall.engine) as session:
            firsts = slip_archive.subjects(session, hall.rules.hall_id, last)
            for first in firsts:
                yield from slip_archive.archived(session, hall.rules.hall_id, first.subject)
        if not firsts:
            return
        last = firsts[-1].id or 0
