"""告知责任 in figures: which papers people come without, and whose notices had to be corrected.

A notice that was corrected is left out of the papers: its correction tells of the same visit.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from db.tables import (
    Clerk,
    Material,
    MaterialFinding,
    Notice,
    NoticeFault,
    NoticeMaterial,
    Service,
)
from hall.hall_rules import HallRules
from hall.names import Names, name_in, plain, plain_names


@dataclass(frozen=True)
class MissedMaterial:
    service_code: str
    service: Names
    material: Names
    special: bool
    """Asked for by hand; no catalogue lists it."""
    missing: int
    wrong: int


@dataclass(frozen=True)
class Corrected:
    staff_number: str
    """Of the clerk who is answerable."""
    clerk: str
    fault: NoticeFault
    notices: int


@dataclass(frozen=True)
class NoticeFigures:
    first_day: date
    last_day: date
    notices: int
    """Issued, corrections among them."""
    materials: tuple[MissedMaterial, ...]
    """The most missed first."""
    corrections: tuple[Corrected, ...]
    """The most first."""


def read_figures(
    session: Session, rules: HallRules, first_day: date, last_day: date
) -> NoticeFigures:
    """Of the notices issued from the one day to the other, both included."""
    start = datetime.combine(first_day, time(), rules.zone)
    end = datetime.combine(last_day + timedelta(days=1), time(), rules.zone)
    issued = [
        col(Notice.hall_id) == rules.hall_id,
        col(Notice.issued_at) >= start,
        col(Notice.issued_at) < end,
    ]
    count = session.scalar(select(func.count()).select_from(Notice).where(*issued))
    return NoticeFigures(
        first_day,
        last_day,
        count or 0,
        read_materials(session, issued),
        read_corrections(session, issued),
    )


def read_materials(
    session: Session, issued: list[ColumnElement[bool]]
) -> tuple[MissedMaterial, ...]:
    """One row for a material, whatever version of the catalogue it was asked for by."""
    later = aliased(Notice)
    rows = session.execute(
        select(
            col(Service.code),
            col(Service.names),
            col(Material.names),
            col(NoticeMaterial.name),
            col(NoticeMaterial.finding),
            func.count(),
        )
        .select_from(Notice)
        .join(NoticeMaterial, col(NoticeMaterial.notice_id) == col(Notice.id))
        .join(Service, col(Service.id) == col(Notice.service_id))
        .outerjoin(
            Material,
            (col(Material.service_id) == col(Notice.service_id))
            & (col(Material.number) == col(NoticeMaterial.number))
            & (col(NoticeMaterial.name) == ""),
        )
        .where(
            *issued,
            ~select(col(later.id)).where(col(later.corrects_id) == col(Notice.id)).exists(),
        )
        .group_by(
            col(Service.id),
            col(Material.id),
            col(NoticeMaterial.name),
            col(NoticeMaterial.finding),
        )
        .order_by(col(Service.id), col(NoticeMaterial.name))
    )
    found: dict[tuple[str, str, bool], MissedMaterial] = {}
    for code, service, listed, by_hand, finding, count in rows:
        names = {"zh": by_hand} if by_hand else listed or {}
        missing = count if finding == MaterialFinding.MISSING else 0
        key = (code, name_in(names, "zh"), bool(by_hand))
        before = found.get(key)
        found[key] = MissedMaterial(
            plain(code),
            plain_names(service),
            plain_names(names),
            bool(by_hand),
            missing + (before.missing if before else 0),
            count - missing + (before.wrong if before else 0),
        )
    return tuple(
        sorted(found.values(), key=lambda one: (-one.missing - one.wrong, one.service_code))
    )


def read_corrections(session: Session, issued: list[ColumnElement[bool]]) -> tuple[Corrected, ...]:
    rows = session.execute(
        select(col(Clerk.staff_number), col(Clerk.name), col(Notice.fault), func.count())
        .select_from(Notice)
        .join(Clerk, col(Clerk.id) == col(Notice.answerable_id))
        .where(*issued, col(Notice.corrects_id).is_not(None))
        .group_by(col(Clerk.id), col(Notice.fault))
    )
    found = [
        Corrected(number, plain(name), NoticeFault(fault), count)
        for number, name, fault, count in rows
    ]
    return tuple(sorted(found, key=lambda one: (-one.notices, one.staff_number, one.fault)))
