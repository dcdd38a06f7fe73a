"""jiaohao db: bring the database up to date, check it, copy it, put a copy in its place."""

import argparse
from pathlib import Path

from sqlalchemy import Engine

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
from db import place
from db.engine import faults_named, open_engine
from db.faults import NoDatabase
from db.hall_file import faults_of
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
    copy = verbs.add_parser("copy", help="the hall into another database, and on with it there")
    copy.add_argument("source", metavar="SOURCE_URL")
    copy.add_argument("target", metavar="TARGET_URL", help="with no hall in it yet")
    copy.add_argument(
        "--keep", action="store_true", help="a copy only: the hall goes on where it is"
    )


def run(arguments: argparse.Namespace) -> int:
    verbs = {"upgrade": upgrade, "check": check, "backup": backup, "restore": restore, "copy": move}
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
    from db.restore import restore as put_in_place

    wording = wording_of(arguments)
    restored = put_in_place(arguments.file, settings_of(arguments).database_url, now())
    facts = {
        "database": restored.where,
        "version": restored.version,
        "kept": restored.kept,
    }
    sentence = wording.say("{where} is the copy now.", where=restored.where)
    if restored.kept is not None:
        told = wording.say("What stood there lies at {kept}.", kept=restored.kept)
        sentence = wording.say("{sentence} {next}", sentence=sentence, next=told)
    return answer(arguments, facts, sentence)


def move(arguments: argparse.Namespace) -> int:
    from db.copy_hall import NotEmpty
    from db.move_hall import move as move_hall

    wording = wording_of(arguments)
    try:
        moved = move_hall(arguments.source, arguments.target, now(), keep=arguments.keep)
    except NotEmpty as full:
        message = wording.say("{where} is there already; nothing was written.", where=full)
        return refuse(arguments, "not_empty", message, REFUSED)
    facts = {
        "source": moved.source,
        "target": moved.target,
        "rows": moved.copied.rows,
        "journal": moved.copied.journal,
        "kept": str(moved.kept) if moved.kept is not None else None,
    }
    sentence = wording.say(
        "{where} holds the hall: {rows} rows, the journal up to row {journal}.",
        where=moved.target,
        rows=moved.copied.rows,
        journal=moved.copied.journal,
    )
    if moved.kept is not None:
        told = wording.say(
            "The file lies at {kept} now. Start every program with the new database.",
            kept=moved.kept,
        )
        sentence = wording.say("{sentence} {next}", sentence=sentence, next=told)
    return answer(arguments, facts, sentence)


def upgrade(arguments: argparse.Namespace) -> int:
    from db.upgrade import create_or_upgrade
    from db.upgrade import upgrade as bring_up_to_date

    wording = wording_of(arguments)
    engine = open_engine(settings_of(arguments).database_url)
    where = place.address(engine)
    found = found_version(engine)
    if found is None:  # empty, or another program's
        raise NoDatabase(where)
    copy = None if found == CURRENT else copy_before(engine, found)
    engine.dispose()
    if place.on_server(engine):
        bring_up_to_date(engine)
    else:  # which also makes it a file that many may use at once
        create_or_upgrade(place.file_of(engine)).dispose()
    facts = {"database": where, "version": CURRENT, "copy": str(copy) if copy else None}
    sentence = wording.say("{where} is up to date.", where=where)
    if copy is not None:
        told = wording.say(
            "The way back is version {version} of the tables in {copy}.", version=found, copy=copy
        )
        sentence = wording.say("{sentence} {next}", sentence=sentence, next=told)
    return answer(arguments, facts, sentence)


def copy_before(engine: Engine, version: str) -> Path:
    """As it is before an upgrade: beside the file, or of a hall on a server in the folder that
    this machine keeps for it. Raises DatabaseFault."""
    from db import backup as copies

    file = place.folder_of(engine) / "hall.db" if place.on_server(engine) else place.file_of(engine)
    with faults_of(file):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{file.stem}-before-{version}-{now():%Y%m%d-%H%M%S}{file.suffix}"
    return copies.make(engine, file.with_name(name)).path


def check(arguments: argparse.Namespace) -> int:
    """Pages, indexes and foreign keys; the journal has a check of its own."""
    from db.damage import damage_of

    hall, wording = hall_of(arguments), wording_of(arguments)
    where = place.address(hall.engine)
    with faults_named(hall.engine):
        wrong = damage_of(hall.engine)
    if wrong:
        message = wording.say(
            "{where} is damaged or not a database ({detail}). Restore a backup.",
            where=where,
            detail="; ".join(wrong[:5]),
        )
        return refuse(arguments, "database_damaged", message, ENVIRONMENT_AT_FAULT)
    facts = {"database": where, "version": CURRENT, "whole": True}
    return answer(arguments, facts, wording.say("{where} is whole.", where=where))
