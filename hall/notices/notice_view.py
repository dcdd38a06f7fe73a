"""What a clerk chooses from when writing a notice: the services, and the papers one takes."""

from dataclasses import dataclass

from sqlmodel import Session

from db.tables import Service
from hall.catalogue import catalogue
from hall.errors.catalogue import UnknownService
from hall.hall_rules import HallRules
from hall.names import Names, plain, plain_names


@dataclass(frozen=True)
class ServiceChoice:
    service_id: int
    code: str
    names: Names
    group: Names


@dataclass(frozen=True)
class Paper:
    number: int
    names: Names
    form: str
    copies: str
    how_to_fill: str
    source: str
    required: bool


@dataclass(frozen=True)
class Papers:
    service_id: int
    code: str
    names: Names
    papers: tuple[Paper, ...]


def read_services(session: Session, rules: HallRules) -> tuple[ServiceChoice, ...]:
    """Every service of the catalogue in force: a clerk may be asked about any."""
    return tuple(
        ServiceChoice(
            service.id,
            plain(service.code),
            plain_names(service.names),
            plain_names(entry.group.names),
        )
        for entry in catalogue.groups(session, rules)
        for service in entry.services
        if service.id is not None
    )


def read_papers(session: Session, service_id: int) -> Papers:
    """Of the very version the ticket was issued under; raises UnknownService."""
    service = session.get(Service, service_id)
    if service is None:
        raise UnknownService(service=service_id)
    return Papers(
        service_id,
        plain(service.code),
        plain_names(service.names),
        tuple(
            Paper(
                material.number,
                plain_names(material.names),
                plain(material.form),
                plain(material.copies),
                plain(material.how_to_fill),
                plain(material.source),
                material.required,
            )
            for material in catalogue.materials(session, service_id)
        ),
    )
