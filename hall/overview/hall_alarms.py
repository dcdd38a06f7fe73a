"""What needs somebody now, the most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hall.announcing.bulletins import Shown
from hall.counters.help_requests import Help
from hall.overview.closing_time import Closing
from hall.overview.hall_copies import CopiesNow
from hall.overview.hall_counters import CounterNow
from hall.overview.hall_lines import LineNow
from hall.overview.hall_view import HallNow, is_long, waits_long
from hall.overview.hall_voices import VoiceNow
from hall.printing.printers import Printer
from hall.tickets.stuck_tickets import Stuck, Why


class Kind(StrEnum):
    """In the order in which one goes there."""

    STANDS = "stands"
    """An emergency of the whole hall; it must not be forgotten."""
    EMERGENCY = "emergency"
    """A counter called for help."""
    DUTY_MANAGER = "duty_manager"
    ASSISTANT = "assistant"
    PAUSE = "pause"
    NOBODY_TAKES = "nobody_takes"
    CLOSING = "closing"
    LONG_WAIT = "long_wait"
    LONG_LINE = "long_line"
    NOT_SEEN = "not_seen"
    STUCK = "stuck"
    PAUSE_OVERDUE = "pause_overdue"
    PRINTER = "printer"
    VOICE = "voice"
    COPIES = "copies"


@dataclass(frozen=True)
class Alarm:
    kind: Kind
    key: str
    """Of the same matter at every look: "help/7", "line/提取"."""
    about: Help | LineNow | CounterNow | Stuck | Printer | VoiceNow | Closing | Shown | CopiesNow

    @property
    def counter(self) -> int | None:
        """The counter it is about; None: about none."""
        match self.about:
            case Help() | Stuck():
                return self.about.counter
            case CounterNow():
                return self.about.number
            case _:
                return None


def alarms(hall: HallNow, now: datetime) -> tuple[Alarm, ...]:
    order = list(Kind)
    return tuple(sorted(found(hall, now), key=lambda alarm: order.index(alarm.kind)))


def found(hall: HallNow, now: datetime) -> Iterator[Alarm]:
    for shown in hall.bulletins:
        if shown.emergency:
            yield Alarm(Kind.STANDS, f"bulletin/{shown.id}", shown)
    for asked in hall.help:
        yield Alarm(Kind(asked.kind), f"help/{asked.id}", asked)
    for line in hall.lines:
        kind = alarm_of_line(hall, line, now)
        if kind is not None:
            yield Alarm(kind, f"line/{line.code}", line)
    if hall.closing is not None:
        yield Alarm(Kind.CLOSING, "closing", hall.closing)
    for counter in hall.counters:
        if counter.state != "closed" and not counter.seen and counter.in_hand is None:
            yield Alarm(Kind.NOT_SEEN, f"not-seen/{counter.number}", counter)
        if counter.pause_overdue:
            yield Alarm(Kind.PAUSE_OVERDUE, f"pause-overdue/{counter.number}", counter)
    for stuck in hall.stuck:
        kind = Kind.NOT_SEEN if stuck.why is Why.PROGRAM_GONE else Kind.STUCK
        yield Alarm(kind, f"ticket/{stuck.number}", stuck)
    for printer in hall.printer_troubles:
        yield Alarm(Kind.PRINTER, f"printer/{printer.name}", printer)
    for voice in hall.voices:
        if voice.needs_somebody:
            yield Alarm(Kind.VOICE, f"voice/{voice.zone}", voice)
    if hall.copies is not None and hall.copies.needs_somebody:
        yield Alarm(Kind.COPIES, "copies", hall.copies)


def alarm_of_line(hall: HallNow, line: LineNow, now: datetime) -> Kind | None:
    """The worst of one line; the others follow from it."""
    if line.nobody_takes_it:
        return Kind.NOBODY_TAKES
    if waits_long(line, hall.numbers, now):
        return Kind.LONG_WAIT
    if is_long(line, hall.numbers):
        return Kind.LONG_LINE
    return None
