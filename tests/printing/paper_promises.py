"""What must be true of the paper and of the records, whatever happened to printer and program."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, takewhile
from operator import eq

from sqlmodel import select

from db import journal
from db.engine import reading
from db.tables import AttemptOutcome, PrintAttempt, PrintJobState
from devices.printing.transports.escpos_bytes import STRIP_ROWS
from hall.open_hall import OpenHall
from tests.printing.paper_trail import attempts, drawn, jobs
from tests.printing.virtual_printer import VirtualPrinter

VOID, HALF = "void mark", "half"
AT_REST = {PrintJobState.PRINTED, PrintJobState.UNKNOWN, PrintJobState.EXPIRED}


def name_of(dots: bytes, width: int, names: Mapping[bytes, str]) -> str:
    """Which slip this piece of paper is; VOID for whatever ends with the mark that says so, HALF
    for beginnings of slips. Anything else is a failure."""
    if dots in names:
        return names[dots]
    void = next(picture for picture, name in names.items() if name == VOID)
    if dots.endswith(void):
        return VOID
    strip = width // 8 * STRIP_ROWS
    assert are_beginnings(dots, strip, names), "something else is on the same paper as a slip"
    return HALF


def are_beginnings(dots: bytes, strip: int, names: Mapping[bytes, str]) -> bool:
    """Whether nothing is on it but first strips of slips, the last of each perhaps half blank."""
    if not dots:
        return True
    for picture in names:
        alike = sum(1 for _ in takewhile(bool, map(eq, picture, dots)))
        ends = {end for end in range(strip, alike + 1, strip) if end < len(picture)}
        half = (alike // strip + 1) * strip
        if not dots[alike:half].strip(b"\xff"):
            ends.add(min(half, len(dots)))
        if any(are_beginnings(dots[end:], strip, names) for end in ends):
            return True
    return False


def came_out(hall: OpenHall, *printers: VirtualPrinter) -> list[str]:
    """The pieces of paper in order, printer after printer."""
    names = drawn(hall)
    return [name_of(slip.tobytes(), slip.width, names) for one in printers for slip in one.slips]


def whole(pieces: Iterable[str]) -> list[str]:
    """Without the halves and the marks that make them void."""
    return [piece for piece in pieces if piece not in (VOID, HALF)]


def at_rest(hall: OpenHall) -> bool:
    """Nothing is on its way any more."""
    return all(job.state in AT_REST for job in jobs(hall).values())


def check_promises(hall: OpenHall, *printers: VirtualPrinter) -> None:
    """No ticket without a slip, none with two unmarked ones, no notice copy doubled, all told."""
    out = whole(came_out(hall, *printers))
    times = Counter(out)
    every = jobs(hall)
    subjects = dict.fromkeys(job.subject for job in every.values())
    for subject in subjects:
        prints = [job for job in every.values() if job.subject == subject]
        sent = attempts(hall, subject)
        in_doubt = any(one.outcome == AttemptOutcome.UNKNOWN for one in sent)
        if subject.startswith("ticket/"):
            unmarked = sum(times[job.key] for job in prints if not job.reprint)
            marked = sum(times[job.key] for job in prints if job.reprint)
            assert unmarked == 1 or (in_doubt and unmarked == 0 and marked), subject
            assert in_doubt or not marked, f"{subject} was marked without need"
            assert prints[-1].state == PrintJobState.PRINTED, subject
        else:
            (first,) = prints
            copies = [times[f"{first.key} copy {number}"] for number in (1, 2)]
            if first.state == PrintJobState.PRINTED:
                assert copies == [1, 1], subject
            else:
                assert (first.state, in_doubt) == (PrintJobState.UNKNOWN, True), subject
                assert max(copies) <= 1 and first.error, subject
    for printer in printers:
        assert printer.odd == []
        numbers = [
            int(key.split("/")[1])
            for key in whole(came_out(hall, printer))
            if key.startswith("ticket/") and key.endswith("/1")
        ]
        assert numbers == sorted(numbers)
    with reading(hall.engine) as session:
        assert journal.verify(session, hall.rules.hall_id).intact
        sent_in_all = len(session.exec(select(PrintAttempt)).all())
    known = list(chain.from_iterable(attempts(hall, subject) for subject in subjects))
    assert len(known) == sent_in_all  # the others' pictures are not the ones the journal tells of
    assert all(attempt.ended_at for attempt in known)
