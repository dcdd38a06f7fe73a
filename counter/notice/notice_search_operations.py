"""What finding a notice again asks of the database, run in a thread, as `counter.operations`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from hall.notices.notice_search import FoundNotice, NoticeDetails
    from hall.open_hall import OpenHall


@dataclass(frozen=True)
class Found:
    notices: tuple[FoundNotice, ...]
    """The newest first."""
    more: bool
    """There are older ones that are not listed."""
    reasons: Mapping[str, str]
    """Why one may be printed again: code → words."""


def find(hall: OpenHall, words: str) -> Found:
    from hall.notices.notice_search import MOST, search_words
    from hall.printing import reprints

    with hall.reading() as session:
        found = search_words(session, hall.rules, words, hall.now(), MOST + 1)
    return Found(found[:MOST], len(found) > MOST, dict(reprints.REASONS))


def details(hall: OpenHall, serial: str) -> NoticeDetails:
    from hall.notices.notice_search import read_details

    with hall.reading() as session:
        return read_details(session, hall.rules, serial)


def come_back(hall: OpenHall, counter: int, serial: str) -> Told:
    """A number for whoever brings the papers, taken by the clerk at that counter."""
    from hall.counters import counters
    from hall.errors.counters import CounterNotOpen
    from hall.tickets import returning

    own = hall.settings.printer
    with hall.writing() as session:
        here = counters.by_number(session, hall.rules, counter)
        if here.clerk_id is None:
            raise CounterNotOpen(counter=counter)
        issued = returning.come_back(
            session,
            hall.rules,
            serial,
            hall.now(),
            who=counters.clerk_of(session, here).staff_number,
            place=f"counter {counter}",
            printer=own.name,
            large_print=own.large_print,
        )
    facts = {"number": issued.number, "counter": issued.counters[0]}
    if len(issued.counters) == 1:
        return Told(_("{number} waits for counter {counter}, ahead of new ones."), facts)
    words = _("{number} waits for whoever is free first: who issued the notice is not here.")
    return Told(words, facts)
