"""jiaohao catalogue: what the hall does, and since when."""

import argparse

from sqlmodel import col, select

from commands.context import answer, hall_of, wording_of
from db.engine import reading
from db.tables import CatalogueVersion
from hall.catalogue import catalogue
from hall.names import name_in


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("show", help="groups, services and their materials")
    verbs.add_parser("versions", help="every version that was in force")


def run(arguments: argparse.Namespace) -> int:
    return show(arguments) if arguments.verb == "show" else versions(arguments)


def show(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    found, lines = [], []
    with reading(hall.engine) as session:
        for one in catalogue.groups(session, hall.rules):
            services = []
            lines.append(f"{one.group.prefix}  {name_in(one.group.names, wording.language)}")
            for service in one.services:
                assert service.id is not None
                materials = catalogue.materials(session, service.id)
                services.append(
                    {
                        "code": service.code,
                        "names": service.names,
                        "kind": service.kind,
                        "minutes": service.minutes,
                        "promised_limit": service.promised_limit,
                        "materials": [
                            {"number": m.number, "names": m.names, "required": m.required}
                            for m in materials
                        ],
                    }
                )
                name = name_in(service.names, wording.language)
                lines.append(f"   {service.code:<6} {name} ({len(materials)})")
            found.append(
                {"prefix": one.group.prefix, "names": one.group.names, "services": services}
            )
    facts = {"version": hall.rules.catalogue_version, "groups": found}
    return answer(arguments, facts, "\n".join(lines))


def versions(arguments: argparse.Namespace) -> int:
    hall = hall_of(arguments)
    with reading(hall.engine) as session:
        rows = session.exec(
            select(CatalogueVersion)
            .where(CatalogueVersion.hall_id == hall.rules.hall_id)
            .order_by(col(CatalogueVersion.version))
        ).all()
    found = [
        {
            "version": row.version,
            "imported_at": hall.rules.local(row.imported_at).isoformat(timespec="seconds"),
            "sha256": row.source_sha256,
            "in_force": row.version == hall.rules.catalogue_version,
        }
        for row in rows
    ]
    lines = [
        f"{'*' if one['in_force'] else ' '} {one['version']}  {one['imported_at']}" for one in found
    ]
    return answer(arguments, {"versions": found}, "\n".join(lines))
