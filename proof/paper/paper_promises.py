"""What must be true of the paper and of the records, whatever happened to printer and program."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, takewhile
from operator import eq

from sqlmodel import select

from db.engine import reading
from db.tables import AttemptOutcome, PrintAttempt, PrintJob, PrintJobState
from devices.printing.transports.escpos_bytes import STRIP_ROWS
from hall.open_hall import OpenHall
from proof.paper.records import attempts, drawn, jobs
from proof.paper.virtual_printer import VirtualPrinter

VOID, HALF, ODD = "void mark", "half", "something else is on the same paper as a slip"
AT_REST = {PrintJobState.PRINTED, PrintJobState.UNKNOWN, PrintJobState.EXPIRED}


def name_of(dots: bytes, width: int, names: Mapping[bytes, str]) -> str:
    """Which slip this piece of paper is; VOID for whatever ends with the mark that says so, HALF
    for beginnings of slips, ODD for anything else."""
    if dots in names:
        return names[dots]
    void = next(picture for picture, name in names.items() if name == VOID)
    if dots.endswith(void):
        return VOID
    strip = width // 8 * STRIP_ROWS
    return HALF if are_beginnings(dots, strip, names) else ODD


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
    return on_paper(drawn(hall), *printers)


def on_paper(names: Mapping[bytes, str], *printers: VirtualPrinter) -> list[str]:
    return [name_of(slip.tobytes(), slip.width, names) for one in printers for slip in one.slips]


def whole(pieces: Iterable[str]) -> list[str]:
    """Without the halves and the marks that make them void."""
    return [piece for piece in pieces if piece not in (VOID, HALF)]


def at_rest(hall: OpenHall) -> bool:
    """Nothing is on its way any more."""
    return all(job.state in AT_REST for job in jobs(hall).values())


def broken_promises(
    hall: OpenHall, *printers: VirtualPrinter, may_expire: bool = False
) -> list[str]:
    """No ticket without a slip, none with two unmarked ones, no notice copy doubled, all told.

    `may_expire`: a citizen may have been served before the slip came; then it must be told that it
    was given up.
    """
    names = drawn(hall)
    out = whole(on_paper(names, *printers))
    every = jobs(hall)
    subjects = dict.fromkeys(job.subject for job in every.values())
    broken = [ODD] * out.count(ODD)
    for subject in subjects:
        prints = [job for job in every.values() if job.subject == subject]
        sent = attempts(hall, subject)
        if may_expire and prints[-1].state == PrintJobState.EXPIRED:
            # The last one was given up; that this was told is a question to the journal.
            unmarked = sum(Counter(out)[job.key] for job in prints if not job.reprint)
            if unmarked > 1:
                broken.append(f"{subject}: {unmarked} slips without a mark")
            continue
        broken += broken_of(subject, prints, sent, Counter(out))
    for printer in printers:
        broken += [f"the printer did not understand {told}" for told in printer.odd]
        numbers = [
            int(key.split("/")[1])
            for key in whole(on_paper(names, printer))
            if key.startswith("ticket/") and key.endswith("/1")
        ]
        if numbers != sorted(numbers):
            broken.append(f"slips came out of order: {numbers}")
    with reading(hall.engine) as session:
        sent_in_all = len(session.exec(select(PrintAttempt)).all())
    known = list(chain.from_iterable(attempts(hall, subject) for subject in subjects))
    if len(known) != sent_in_all:  # the others' pictures are not the ones the journal tells of
        broken.append(f"{sent_in_all - len(known)} sendings are not as the journal has them")
    broken += [f"a sending of slip {one.job_id} never ended" for one in known if not one.ended_at]
    return broken


def broken_of(
    subject: str, prints: list[PrintJob], sent: list[PrintAttempt], times: Counter[str]
) -> Iterator[str]:
    """`times`: how often each slip came out whole."""
    in_doubt = any(one.outcome == AttemptOutcome.UNKNOWN for one in sent)
    if not subject.startswith("ticket/"):
        (first,) = prints
        copies = [times[f"{first.key} copy {number}"] for number in (1, 2)]
        if first.state == PrintJobState.PRINTED:
            if copies != [1, 1]:
                yield f"{subject}: copies came out {copies} times"
        elif (first.state, in_doubt) != (PrintJobState.UNKNOWN, True):
            yield f"{subject}: {first.state}, and nobody can have doubted it"
        elif max(copies) > 1 or not first.error:
            yield f"{subject}: copies came out {copies} times, {first.error or 'no reason'}"
        return
    unmarked = sum(times[job.key] for job in prints if not job.reprint)
    marked = sum(times[job.key] for job in prints if job.reprint)
    if not (unmarked == 1 or (in_doubt and unmarked == 0 and marked)):
        yield f"{subject}: {unmarked} slips without a mark, {marked} marked as copies"
    if marked and not in_doubt:
        yield f"{subject}: was marked without need"
    if prints[-1].state != PrintJobState.PRINTED:
        yield f"{subject}: {prints[-1].state}"
