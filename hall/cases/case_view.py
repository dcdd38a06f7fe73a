"""What a clerk chooses from when saying what a visit was about.

Every text in it can reach a terminal as it is.
"""

from dataclasses import dataclass

from sqlmodel import Session, select

from db.tables import Case, Clerk, Counter, CounterGroup, Service, ServiceGroup, Ticket
from hall.cases import case_rows
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names
from hall.notices.notice_view import ServiceChoice


@dataclass(frozen=True)
class Matter:
    service_id: int
    code: str
    names: Names
    group: Names
    result: str
    """How it usually leaves the counter; `db.tables.CaseResult`."""


@dataclass(frozen=True)
class RecordedMatter:
    case_id: int
    matter: Matter
    """With the result it was recorded with."""
    counter: int
    own: bool
    """Recorded at this counter, which may strike it out."""
    first_handler: str
    """A name, where it is not the clerk who has the citizen in hand."""


@dataclass(frozen=True)
class Matters:
    number: str
    recorded: tuple[RecordedMatter, ...]
    by_itself: Matter | None
    """What is recorded when the visit ends and nothing is added; None: nothing then."""
    own: Matter
    """What the ticket is for."""
    of_counter: tuple[Matter, ...]
    """The others of the groups the counter takes."""
    others: tuple[Matter, ...]


def read_matters(session: Session, rules: HallRules, counter: Counter, ticket: Ticket) -> Matters:
    recorded = case_rows.of_ticket(session, ticket.id)
    service, result = case_rows.by_itself(session, ticket, counter.id)
    own = matter_of(session, service, result)
    nothing_yet = all(case.counter_id != counter.id for case in recorded)
    taken = groups_of(session, counter)
    of_counter: list[Matter] = []
    others: list[Matter] = []
    for entry in catalogue.groups(session, rules):
        among = of_counter if entry.group.id in taken else others
        among += [
            as_matter(one, entry.group, case_rows.usual_result(one.kind))
            for one in entry.services
            if one.code != service.code  # the ticket may be of an older catalogue
        ]
    return Matters(
        ticket.name,
        tuple(read_recorded(session, case, counter) for case in recorded),
        own if nothing_yet else None,
        own,
        tuple(of_counter),
        tuple(others),
    )


def read_recorded(session: Session, case: Case, counter: Counter) -> RecordedMatter:
    assert case.id is not None
    handler = session.get_one(Clerk, case.first_handler_id)
    return RecordedMatter(
        case.id,
        matter_of(session, session.get_one(Service, case.service_id), case.result),
        session.get_one(Counter, case.counter_id).number,
        case.counter_id == counter.id,
        plain(handler.name) if handler.id != counter.clerk_id else "",
    )


def matter_of(session: Session, service: Service, result: str) -> Matter:
    return as_matter(service, session.get_one(ServiceGroup, service.group_id), result)


def as_matter(service: Service, group: ServiceGroup, result: str) -> Matter:
    assert service.id is not None
    return Matter(
        service.id,
        plain(service.code),
        plain_names(service.names),
        plain_names(group.names),
        str(result),
    )


def read_quick(session: Session, rules: HallRules, counter: Counter) -> tuple[ServiceChoice, ...]:
    """What the counter may serve at once, in the order of the office's workbook."""
    taken = groups_of(session, counter)
    return tuple(
        ServiceChoice(
            one.id, plain(one.code), plain_names(one.names), plain_names(entry.group.names)
        )
        for entry in catalogue.groups(session, rules)
        if entry.group.id in taken
        for one in entry.services
        if one.id is not None
    )


def groups_of(session: Session, counter: Counter) -> set[int]:
    return set(
        session.exec(select(CounterGroup.group_id).where(CounterGroup.counter_id == counter.id))
    )
