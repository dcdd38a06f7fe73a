"""jiaohao init: the office's spreadsheet becomes a hall, or changes the one there is."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from commands.context import REFUSED, WRONG_USAGE, answer, now, refuse, settings_of
from db import place
from db.sqlite_file import database_file
from hall.catalogue import new_hall
from hall.marked import _
from hall.names import name_in
from hall.wording import Wording
from hall.workbook.errors import WorkbookError, WorkbookNotFound, WorkbookRefused
from hall.workbook.reading import read_workbook

MADE = _("{hall}: {services} services and {counters} counters are in {database}.")
UPDATED = _(
    "{hall}: version {version} is in force, with {services} services and {counters} counters, "
    "in {database}."
)
UNCHANGED = _("{hall}: this workbook is in force already; nothing was changed in {database}.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE.xlsx", type=Path, help="the sheets 大厅, 事项, 材料, 窗口 and 人员"
    )
    parser.add_argument(
        "--update",
        action="store_true",
        help="change the hall there is; tickets already out stay callable",
    )


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    wording = Wording(settings.language)
    url = settings.database_url
    where = place.address_of(url)
    try:
        book = read_workbook(arguments.file)
    except WorkbookNotFound as refused:
        message = refused.errors[0].sentence(wording)
        return refuse(arguments, refused.code, message, WRONG_USAGE)
    except WorkbookRefused as refused:
        return tell_mistakes(arguments, refused, wording)
    for line in sentences(book.warnings, wording):
        sys.stderr.write(line + "\n")

    if arguments.update:
        done = new_hall.update(settings, book, now())
    else:
        done = (
            new_hall.make_on_server(url, book, now())
            if place.is_on_server(url)
            else new_hall.make(database_file(url), book, now())
        )
    facts = {
        "hall": name_in(done.names, settings.language),
        "code": done.code,
        "version": done.version,
        "groups": done.groups,
        "services": done.services,
        "materials": done.materials,
        "counters": done.counters,
        "clerks": done.clerks,
        "database": where,
    }
    words = MADE if not arguments.update else UNCHANGED if done.unchanged else UPDATED
    sentence = wording.say(words, **facts)
    warnings = [told(warning, wording) for warning in book.warnings]
    return answer(arguments, facts | {"unchanged": done.unchanged, "warnings": warnings}, sentence)


def tell_mistakes(arguments: argparse.Namespace, refused: WorkbookRefused, wording: Wording) -> int:
    message = wording.refusal(refused)
    if arguments.json:
        errors = [told(error, wording) for error in refused.errors]
        facts = {"error": refused.code, "message": message, "errors": errors}
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    for line in (*sentences(refused.errors, wording), message):
        sys.stderr.write(line + "\n")
    return REFUSED


def sentences(errors: Iterable[WorkbookError], wording: Wording) -> list[str]:
    return [error.sentence(wording) for error in errors]


def told(error: WorkbookError, wording: Wording) -> dict[str, Any]:
    return {
        "sheet": error.sheet,
        "row": error.row,
        "column": error.column,
        "header": error.header,
        "value": error.value,
        "message": wording.say(error.words, **error.facts),
    }
