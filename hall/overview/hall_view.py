"""The whole hall at this moment, as a manager sees it.

Every text in it can reach a terminal as it is.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Notice
from hall import suggestions
from hall.announcing import bulletins
from hall.announcing.bulletins import Shown
from hall.counters import help_requests
from hall.counters.help_requests import Help
from hall.hall_rules import HallRules
from hall.names import Names, plain_names
from hall.overview.closing_time import Closing, read_closing
from hall.overview.day_load import DayNow, read_day
from hall.overview.hall_copies import CopiesNow, read_copies
from hall.overview.hall_counters import CounterNow, read_counters
from hall.overview.hall_lines import LineNow, read_lines
from hall.overview.hall_voices import VoiceNow, read_voices
from hall.printing import printers
from hall.printing.printers import Printer
from hall.settings import HallSettings
from hall.tickets.stuck_tickets import Stuck, read_stuck

NOTICE = Notice.__table__  # type: ignore[attr-defined]
NOTICES = Prepared(
    select(func.count(), func.count(NOTICE.c.corrects_id)).where(
        NOTICE.c.hall_id == bindparam("hall"), NOTICE.c.issued_at >= bindparam("since")
    )
)


@dataclass(frozen=True)
class HallNow:
    hall: Names
    business_day: date
    numbers: HallSettings
    lines: tuple[LineNow, ...]
    counters: tuple[CounterNow, ...]
    stuck: tuple[Stuck, ...]
    help: tuple[Help, ...]
    """Open calls for help, emergencies first."""
    printers: tuple[Printer, ...]
    printer_troubles: tuple[Printer, ...]
    voices: tuple[VoiceNow, ...]
    bulletins: tuple[Shown, ...]
    notices: int
    """Issued today."""
    corrections: int
    suggestions: int
    """Without an answer."""
    day: DayNow
    copies: CopiesNow | None
    """None as long as no copy of the hall was ever tried."""
    closing: Closing | None
    """None while the end of the office hours concerns nobody."""

    @property
    def waiting(self) -> int:
        return sum(line.waiting for line in self.lines)


def read_hall_now(session: Session, rules: HallRules, now: datetime) -> HallNow:
    today = rules.business_day(now)
    counters = read_counters(session, rules, today, now)
    lines = read_lines(session, rules, counters, today, now)
    issued, corrections = read_notices(session, rules, today)
    known = printers.read(session, rules.hall_id, now)
    return HallNow(
        hall=plain_names(rules.names),
        business_day=today,
        numbers=rules.numbers,
        lines=lines,
        counters=counters,
        stuck=read_stuck(session, rules, counters, today, now),
        help=help_requests.open_requests(session, rules, now),
        printers=known,
        printer_troubles=printers.troubles(known, "", now),
        voices=read_voices(session, rules, {one.zone for one in counters}, now),
        bulletins=bulletins.shown(session, rules, now),
        notices=issued,
        corrections=corrections,
        suggestions=suggestions.count_open(session, rules),
        day=read_day(session, rules, today),
        copies=read_copies(session, rules, now),
        closing=read_closing(rules, lines, counters, today, now),
    )


def read_notices(session: Session, rules: HallRules, today: date) -> tuple[int, int]:
    midnight = datetime.combine(today, time(), tzinfo=rules.zone)
    found = NOTICES.one(session, hall=rules.hall_id, since=midnight)
    return (found[0], found[1]) if found is not None else (0, 0)


def waits_long(line: LineNow, numbers: HallSettings, now: datetime) -> bool:
    limit = timedelta(minutes=numbers.long_wait_minutes)
    return line.oldest_at is not None and now - line.oldest_at > limit


def is_long(line: LineNow, numbers: HallSettings) -> bool:
    return line.waiting > numbers.long_line
