"""The learned pace, kept in the hall's memory and read from there."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from db.prepared import Prepared
from db.tables import Counter, GroupPace, PriorityClass, Service, ServicePace, Ticket
from hall.tickets import pace
from hall.tickets.pace import GroupFigures, Paces, ServiceFigures
from hall.tickets.ticket_course import Step

SERVICE_PACE = ServicePace.__table__  # type: ignore[attr-defined]
GROUP_PACE = GroupPace.__table__  # type: ignore[attr-defined]

TELLS = frozenset({Step.FINISHED, Step.NO_SHOW, Step.TRANSFERRED, Step.SENT_BACK})
"""The steps that tell how long a counter was busy; an absent citizen's recalls are time too."""
FREES_HANDS = TELLS | {Step.HELD}

SERVICES = Prepared(
    select(
        SERVICE_PACE.c.service_code,
        SERVICE_PACE.c.day,
        SERVICE_PACE.c.visits,
        SERVICE_PACE.c.minutes,
        SERVICE_PACE.c.squares,
    ).where(SERVICE_PACE.c.hall_id == bindparam("hall"))
)
GROUPS = Prepared(
    select(
        GROUP_PACE.c.group_id,
        GROUP_PACE.c.day,
        GROUP_PACE.c.visits,
        GROUP_PACE.c.ratios,
        GROUP_PACE.c.privileged,
        GROUP_PACE.c.day_visits,
        GROUP_PACE.c.day_minutes,
        GROUP_PACE.c.day_expected,
    ).where(GROUP_PACE.c.hall_id == bindparam("hall"))
)


def read_paces(session: Session, hall_id: int, today: date) -> Paces:
    return Paces(
        {code: ServiceFigures(*rest) for code, *rest in SERVICES.all(session, hall=hall_id)},
        {group: GroupFigures(*rest) for group, *rest in GROUPS.all(session, hall=hall_id)},
        today,
    )


def note(session: Session, ticket: Ticket, step: Step, now: datetime) -> None:
    """Learn from a step, before it is carried out, how long its counter was busy.

    Needs a write transaction, as the step itself.
    """
    if step in FREES_HANDS:
        counter = session.get_one(Counter, ticket.counter_id)
        if step in TELLS:
            learn(session, ticket, counter.hands_free_at, now)
        counter.hands_free_at = now


def forget(session: Session, ticket: Ticket, step: Step, at: datetime) -> None:
    """What was noted of a step then, once it is undone."""
    if step in FREES_HANDS:
        if step in TELLS:
            learn(session, ticket, None, at, sign=-1)
        session.get_one(Counter, ticket.counter_id).hands_free_at = None


def learn(
    session: Session, ticket: Ticket, free_at: datetime | None, now: datetime, *, sign: int = 1
) -> None:
    took = pace.occupied_minutes(ticket, free_at, now)
    if took is None:
        return
    matter = session.get_one(Service, ticket.service_id)
    day = ticket.business_day
    service_key = (ticket.hall_id, matter.code)
    group_key = (ticket.hall_id, ticket.group_id)
    service = session.get(ServicePace, service_key) or ServicePace(
        hall_id=ticket.hall_id, service_code=matter.code, **asdict(ServiceFigures(day))
    )
    group = session.get(GroupPace, group_key) or GroupPace(
        hall_id=ticket.hall_id, group_id=ticket.group_id, **asdict(GroupFigures(day))
    )
    of_service = ServiceFigures(service.day, service.visits, service.minutes, service.squares)
    of_group = GroupFigures(
        group.day,
        group.visits,
        group.ratios,
        group.privileged,
        group.day_visits,
        group.day_minutes,
        group.day_expected,
    )
    privileged = ticket.priority_class != PriorityClass.ORDINARY
    pace.learn(of_service, of_group, matter.minutes, took, privileged, day, sign=sign)
    put(service, asdict(of_service))
    put(group, asdict(of_group))
    session.add(service)
    session.add(group)
    session.flush()


def put(row: ServicePace | GroupPace, figures: Mapping[str, object]) -> None:
    for name, value in figures.items():
        setattr(row, name, value)
