"""What the hall does, as the version in force says."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables import Material, Service, ServiceGroup
from hall.errors.catalogue import UnknownService
from hall.hall_rules import HallRules
from hall.names import Names, plain_names, tidy_code


@dataclass(frozen=True)
class GroupOfServices:
    group: ServiceGroup
    services: list[Service]


def groups(session: Session, rules: HallRules) -> list[GroupOfServices]:
    """Every group that has services, in the order of the office's workbook."""
    rows = session.exec(
        select(ServiceGroup, Service)
        .join(Service, col(Service.group_id) == col(ServiceGroup.id))
        .where(
            ServiceGroup.hall_id == rules.hall_id,
            Service.hall_id == rules.hall_id,
            Service.catalogue_version == rules.catalogue_version,
        )
        .order_by(col(ServiceGroup.position), col(Service.position))
    ).all()
    found: dict[int | None, GroupOfServices] = {}
    for group, service in rows:
        found.setdefault(group.id, GroupOfServices(group, [])).services.append(service)
    return list(found.values())


def service(session: Session, rules: HallRules, code: str) -> tuple[Service, ServiceGroup]:
    """The service of that code in the version in force; raises UnknownService."""
    row = session.exec(
        select(Service, ServiceGroup)
        .join(ServiceGroup, col(Service.group_id) == col(ServiceGroup.id))
        .where(
            Service.hall_id == rules.hall_id,
            Service.catalogue_version == rules.catalogue_version,
            Service.code == tidy_code(code),
        )
    ).first()
    if row is None:
        raise UnknownService(service=code)
    return row


def materials(session: Session, service_id: int) -> list[Material]:
    return list(
        session.exec(
            select(Material).where(Material.service_id == service_id).order_by(col(Material.number))
        ).all()
    )


def texts_of(row: Service | Material, field: str) -> Names:
    """A field of the catalogue by language: Chinese, and those its workbook has beside it."""
    return plain_names({"zh": getattr(row, field), **row.translations.get(field, {})})


def limit_of(service: Service) -> Names:
    """What is promised, else what the law allows."""
    return texts_of(service, "promised_limit") or texts_of(service, "statutory_limit")
