"""jiaohao db: bring the database up to date, check it, copy it, put a copy in its place."""

import argparse
from pathlib import Path

from commands.context import (
    ENVIRONMENT_AT_FAULT,
    REFUSED,
    answer,
    hall_of,
    now,
    refuse,
    settings_of,
    wording_of,
)
from db.engine import faults_named, file_of, open_engine
from db.faults import NoDatabase
from db.schema_version import CURRENT, found_version


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("upgrade", help="from an older version of the tables to this one")
    verbs.add_parser("check", help="whether the file is whole")
    backup = verbs.add_parser("backup", help="a copy, checked; the hall may work meanwhile")
    backup.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        nargs="?",
        help="must not be there yet; none: into the folder of copies, and the oldest go",
    )
    restore = verbs.add_parser(
        "restore", help="a copy in the hall's place; what stands there is kept"
    )
    restore.add_argument("file", metavar="FILE", type=Path)


def run(arguments: argparse.Namespace) -> int:
    verbs = {"upgrade": upgrade, "check": check, "backup": backup, "restore": restore}
    return verbs[arguments.verb](arguments)


def backup(arguments: argparse.Namespace) -> int:
    from db import backup as copies
    from hall.keeping import backups

    hall, wording = hall_of(arguments), wording_of(arguments)
    try:
        if arguments.file is None:
            copy = backups.make(hall).copy
        else:
            copy = copies.make(hall.engine, arguments.file)
    except FileExistsError:
        message = wording.say(
            "{where} is there already; nothing was written.", where=arguments.file
        )
        return refuse(arguments, "file_exists", message, REFUSED)
    facts = {"file": str(copy.path), "version": copy.version, "bytes": copy.size}
    sentence = wording.say(
        "{where} is a whole copy of the hall, {size} MB.",
        where=copy.path,
        size=f"{copy.size / 1_000_000:.1f}",
    )
    return answer(arguments, facts, sentence)


def restore(arguments: argparse.Namespace) -> int:
    from db import backup as copies

    wording = wording_of(arguments)
    restored = copies.restore(arguments.file, settings_of(arguments).database_url, now())
    facts = {
        "database": str(restored.path),
        "version": restored.version,
        "kept": str(restored.kept) if restored.kept is not None else None,
    }
    sentence = wording.say("{where} is the copy now.", where=restored.path)
    if restored.kept is not None:
        told = wording.say("What stood there lies at {kept}.", kept=restored.kept)
        sentence = wording.say("{sentence} {next}", sentence=sentence, next=told)
    return answer(arguments, facts, sentence)


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
    from db.backup import damage

    hall, wording = hall_of(arguments), wording_of(arguments)
    where = file_of(hall.engine)
    with faults_named(hall.engine):
        wrong = damage(where)
    if wrong:
        message = wording.say(
            "{where} is damaged or not a database ({detail}). Restore a backup.",
            where=where,
            detail="; ".join(wrong[:5]),
        )
        return refuse(arguments, "database_damaged", message, ENVIRONMENT_AT_FAULT)
    facts = {"database": str(where), "version": CURRENT, "whole": True}
    return answer(arguments, facts, wording.say("{where} is whole.", where=where))
