"""A matter as the catalogue in force has it, and the list of what is missing; in worker threads."""

from sqlmodel import Session, col, select

from db.engine import reading, writing
from db.tables import Counter, CounterGroup, CounterState, Material, PrintJobKind
from hall.catalogue import catalogue
from hall.names import plain
from hall.notices import self_checks
from hall.open_hall import OpenHall
from kiosk.hall_reader import slip_in
from kiosk.matter.matter import Matter, Paper, PrintedList
from kiosk.offer import SlipNews


def read_matter(hall: OpenHall, code: str) -> Matter:
    """Raises DatabaseFault, UnknownService."""
    with reading(hall.engine) as session:
        service, group = catalogue.service(session, hall.rules, code)
        assert service.id is not None and group.id is not None
        return Matter(
            code=service.code,
            names=dict(service.names),
            conditions=catalogue.texts_of(service, "conditions"),
            limit=catalogue.limit_of(service),
            fee=catalogue.texts_of(service, "fee"),
            minutes=service.minutes,
            counters=counters_of(session, hall, group.id),
            papers=tuple(map(paper_of, catalogue.materials(session, service.id))),
        )


def counters_of(session: Session, hall: OpenHall, group_id: int) -> tuple[int, ...]:
    rows = session.exec(
        select(Counter.number, Counter.state)
        .join(CounterGroup, col(CounterGroup.counter_id) == col(Counter.id))
        .where(
            CounterGroup.group_id == group_id,
            Counter.hall_id == hall.rules.hall_id,
            col(Counter.withdrawn).is_(False),
        )
    ).all()
    in_order = sorted(rows, key=lambda row: (row[1] != CounterState.OPEN, row[0]))
    return tuple(number for number, _state in in_order)


def paper_of(material: Material) -> Paper:
    return Paper(
        material.number,
        dict(material.names),
        form=catalogue.texts_of(material, "form"),
        copies=plain(material.copies),
        how_to_fill=catalogue.texts_of(material, "how_to_fill"),
        source=catalogue.texts_of(material, "source"),
        required=material.required,
    )


def print_list(hall: OpenHall, code: str, missing: frozenset[int], language: str) -> PrintedList:
    """What is returned is committed. Raises DatabaseFault, Refused."""
    with writing(hall.engine) as session:
        service, _group = catalogue.service(session, hall.rules, code)
        check = self_checks.make(
            session,
            hall.rules,
            service,
            missing,
            hall.now(),
            language=language,
            place=hall.settings.kiosk.place,
            printer=hall.settings.printer.name,
            large_print=hall.settings.printer.large_print,
        )
        assert check.id is not None
        return PrintedList(
            check_id=check.id,
            serial=check.serial,
            service=dict(service.names),
            missing=len(check.missing),
            slip=slip_in(session, hall, self_checks.subject_of(check)),
        )


def slip_of_list(hall: OpenHall, check_id: int) -> SlipNews:
    """Raises DatabaseFault."""
    with reading(hall.engine) as session:
        return slip_in(session, hall, f"{PrintJobKind.SELF_CHECK.value}/{check_id}")
