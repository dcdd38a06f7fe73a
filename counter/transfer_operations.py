"""Transfers on the database, run in a thread, as `counter.operations`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from counter.operations import Told
from hall.marked import _

if TYPE_CHECKING:
    from hall.open_hall import OpenHall
    from hall.tickets.transfer_targets import Targets


class Kind(StrEnum):
    MATTER = "matter"
    COUNTER = "counter"
    CLERK = "clerk"


@dataclass(frozen=True)
class Transfer:
    kind: Kind
    key: str
    """A service code, a counter's number, a staff number."""
    name: str
    """As the clerk read it."""
    note: str
    and_return: bool


WORDS = {
    (Kind.MATTER, False): _("{number} waits for another matter now: {target}."),
    (Kind.COUNTER, False): _("{number} waits for counter {target} now."),
    (Kind.CLERK, False): _("{number} waits for {target} now."),
    (Kind.MATTER, True): _("{number} waits for {target} now, and comes back here when done."),
    (Kind.COUNTER, True): _(
        "{number} waits for counter {target} now, and comes back here when done."
    ),
    (Kind.CLERK, True): _("{number} waits for {target} now, and comes back here when done."),
}


def targets(hall: OpenHall, counter: int, service_id: int) -> Targets:
    from hall.tickets.transfer_targets import read_targets

    with hall.reading() as session:
        return read_targets(session, hall.rules, counter, service_id)


def transfer(hall: OpenHall, counter: int, ticket_id: int, chosen: Transfer) -> Told:
    from hall.catalogue import catalogue
    from hall.counters import counter_view, counters
    from hall.tickets import transfers

    rules, now = hall.rules, hall.now()
    with hall.writing() as session:
        counter_view.expect_in_hand(session, rules, counter, ticket_id, now)
        match chosen.kind:
            case Kind.MATTER:
                service, group = catalogue.service(session, rules, chosen.key)
                ticket = transfers.to_service(
                    session,
                    rules,
                    counter,
                    service,
                    group,
                    now,
                    note=chosen.note,
                    and_return=chosen.and_return,
                )
            case Kind.COUNTER:
                ticket = transfers.to_counter(
                    session,
                    rules,
                    counter,
                    int(chosen.key),
                    now,
                    note=chosen.note,
                    and_return=chosen.and_return,
                )
            case Kind.CLERK:
                clerk = counters.clerk_by_staff_number(session, rules, chosen.key)
                ticket = transfers.to_clerk(
                    session,
                    rules,
                    counter,
                    clerk,
                    now,
                    note=chosen.note,
                    and_return=chosen.and_return,
                )
        facts = {"number": ticket.name, "target": chosen.name}
    return Told(WORDS[chosen.kind, chosen.and_return], facts)
