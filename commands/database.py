"""jiaohao db: bring the database up to date, check it."""

import argparse

from sqlalchemy import text

from commands.context import ENVIRONMENT_AT_FAULT, answer, hall_of, refuse, settings_of, wording_of
from db.engine import file_of, open_engine, reading
from db.faults import NoDatabase
from db.schema_version import CURRENT, found_version


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("upgrade", help="from an older version of the tables to this one")
    verbs.add_parser("check", help="whether the file is whole")


def run(arguments: argparse.Namespace) -> int:
    return upgrade(arguments) if arguments.verb == "upgrade" else check(arguments)


def upgrade(arguments: argparse.Namespace) -> int:
    from db.upgrade import create_or_upgrade

    wording = wording_of(arguments)
    engine = open_engine(settings_of(arguments).database_url)
    path = file_of(engine)
    if found_version(engine) is None:  # empty, or another program's
        raise NoDatabase(str(path))
    engine.dispose()
    create_or_upgrade(path).dispose()
    facts = {"database": str(path), "version": CURRENT}
    sentence = wording.say("{where} is up to date.", where=path)
    return answer(arguments, facts, sentence)


def check(arguments: argparse.Namespace) -> int:
    """Pages, indexes and foreign keys; the journal has a check of its own."""
    hall, wording = hall_of(arguments), wording_of(arguments)
    where = str(file_of(hall.engine))
    with reading(hall.engine) as session:
        connection = session.connection()
        wrong = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
        wrong = [line for line in wrong if line != "ok"]
        wrong += [
            f"{row[0]} {row[1]} → {row[2]}"
            for row in connection.execute(text("PRAGMA foreign_key_check"))
        ]
    if wrong:
        message = wording.say(
            "{where} is damaged or not a database ({detail}). Restore a backup.",
            where=where,
            detail="; ".join(wrong[:5]),
        )
        return refuse(arguments, "database_damaged", message, ENVIRONMENT_AT_FAULT)
    facts = {"database": where, "version": CURRENT, "whole": True}
    return answer(arguments, facts, wording.say("{where} is whole.", where=where))
