"""The rows of an import: what is matched, made, changed and withdrawn, table by table."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from sqlmodel import Session, select

from db.tables import (
    Bulletin,
    Clerk,
    Counter,
    CounterGroup,
    Hall,
    Material,
    Post,
    Service,
    ServiceGroup,
)
from hall.workbook.cells import same_name
from hall.workbook.reading import CounterRow, GroupRow, PersonRow, Workbook

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which read as 1 and 0."""


def prefixes() -> Iterator[str]:
    """A, B, C … Z, AA, AB …"""
    yield from LETTERS
    yield from ("".join(pair) for pair in product(LETTERS, LETTERS))


def write_groups(session: Session, hall_id: int, rows: Iterable[GroupRow]) -> dict[str, int]:
    """Each group's id by its code in the workbook. A prefix once given is never given again."""
    known = session.exec(select(ServiceGroup).where(ServiceGroup.hall_id == hall_id)).all()
    by_name = {same_name(group.code): group for group in known}
    given = {group.prefix for group in known}
    free = (prefix for prefix in prefixes() if prefix not in given)
    for group in known:
        group.withdrawn = True
    kept: dict[str, ServiceGroup] = {}
    for position, row in enumerate(rows, start=1):
        group = by_name.get(same_name(row.code)) or ServiceGroup(
            hall_id=hall_id, code=row.code, names={}, prefix=next(free), position=position
        )
        group.names, group.position, group.withdrawn = row.names, position, False
        session.add(group)
        kept[row.code] = group
    session.flush()
    return {code: identity(group) for code, group in kept.items()}


def write_services(session: Session, hall: Hall, book: Workbook, groups: dict[str, int]) -> None:
    assert hall.id is not None
    services: dict[str, Service] = {}
    for position, row in enumerate(book.services, start=1):
        facts = vars(row) | {"group_id": groups[row.group]}
        del facts["group"]
        services[row.code] = Service(
            hall_id=hall.id,
            catalogue_version=hall.catalogue_version,
            position=position,
            **facts,
        )
    session.add_all(services.values())
    session.flush()
    for material in book.materials:
        facts = vars(material) | {"copies": str(material.copies)}
        service = services[facts.pop("service")]
        session.add(Material(service_id=identity(service), **facts))
    session.flush()


def write_clerks(session: Session, hall_id: int, rows: Iterable[PersonRow]) -> dict[str, int]:
    """Each clerk's id by staff number."""
    known = session.exec(select(Clerk).where(Clerk.hall_id == hall_id)).all()
    by_number = {clerk.staff_number: clerk for clerk in known}
    for clerk in known:
        clerk.withdrawn = True
    kept: dict[str, Clerk] = {}
    for row in rows:
        found = by_number.get(row.staff_number)
        clerk = Clerk(hall_id=hall_id, **vars(row)) if found is None else found
        for key, value in vars(row).items():
            setattr(clerk, key, value)
        clerk.withdrawn = False
        session.add(clerk)
        kept[row.staff_number] = clerk
    session.flush()
    return {number: identity(clerk) for number, clerk in kept.items()}


def write_counters(
    session: Session,
    hall_id: int,
    rows: Iterable[CounterRow],
    groups: dict[str, int],
    clerks: dict[str, int],
) -> None:
    """State and clerk of a counter that stays are left alone: it may be at work."""
    known = session.exec(select(Counter).where(Counter.hall_id == hall_id)).all()
    by_number = {counter.number: counter for counter in known}
    served = {
        (row.counter_id, row.group_id): row
        for counter in known
        for row in session.exec(select(CounterGroup).where(CounterGroup.counter_id == counter.id))
    }
    for counter in known:
        counter.withdrawn = True
    wanted: set[tuple[int, int]] = set()
    for row in rows:
        counter = by_number.get(row.number) or Counter(hall_id=hall_id, number=row.number, names={})
        counter.names, counter.sign, counter.withdrawn = row.names, row.sign, False
        session.add(counter)
        session.flush()
        counter_id = identity(counter)
        wanted |= {(counter_id, groups[group]) for group in row.groups}
        post = session.exec(select(Post).where(Post.counter_id == counter_id)).first()
        people = {"primary_id": clerks[row.primary], "standby_id": clerks[row.standby]}
        if post is None:
            session.add(Post(counter_id=counter_id, **people))
        else:
            post.primary_id, post.standby_id = people["primary_id"], people["standby_id"]
    for pair in wanted - served.keys():
        session.add(CounterGroup(counter_id=pair[0], group_id=pair[1]))
    for pair in wanted & served.keys():
        served[pair].lent_by_id = None  # what was lent is its own by now
    for pair in served.keys() - with_lent(wanted, served):
        session.delete(served[pair])
    session.flush()


def with_lent(
    wanted: set[tuple[int, int]], served: Mapping[tuple[int, int], CounterGroup]
) -> set[tuple[int, int]]:
    """Counter and group: also what stands in for a counter that pauses, as long as that one still
    has what it lent."""
    kept = set(wanted)
    while further := {
        pair
        for pair, row in served.items()
        if pair not in kept and row.lent_by_id is not None and (row.lent_by_id, pair[1]) in kept
    }:
        kept |= further
    return kept


def write_bulletins(
    session: Session, hall_id: int, texts: Iterable[str], before: set[int]
) -> list[int]:
    """The ids of the workbook's bulletins; `before` has those of the workbook before it.

    What was put up by hand, or taken down, is left alone.
    """
    known = session.exec(select(Bulletin).where(Bulletin.hall_id == hall_id)).all()
    # What was put up for a while has its end; the workbook's stand until the next one.
    by_text = {row.text.get("zh", ""): row for row in known if row.until is None}
    kept = []
    for text in texts:
        bulletin = by_text.get(text) or Bulletin(hall_id=hall_id, text={"zh": text})
        if bulletin.id not in before:
            bulletin.shown = True
        session.add(bulletin)
        kept.append(bulletin)
    session.flush()
    ids = [identity(bulletin) for bulletin in kept]
    for bulletin in known:
        if bulletin.id in before and bulletin.id not in ids:
            bulletin.shown = False
    session.flush()
    return ids


def identity(row: Any) -> int:
    """Of a row that was flushed."""
    found: int | None = row.id
    assert found is not None
    return found
