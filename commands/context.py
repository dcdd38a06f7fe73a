"""What every sub-command needs: the options all share, the hall, and how it answers."""

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hall.open_hall import OpenHall, open_hall
from hall.settings import Settings, load
from hall.wording import Wording

DONE, REFUSED, WRONG_USAGE, ENVIRONMENT_AT_FAULT = 0, 1, 2, 3
"""The exit codes scripts rely on."""


def now() -> datetime:
    return datetime.now(UTC)


def settings_of(arguments: argparse.Namespace) -> Settings:
    """Read once a command."""
    if arguments.settings is None:
        file: Path | None = arguments.config
        arguments.settings = load(file, arguments.database)
    found: Settings = arguments.settings
    return found


def hall_of(arguments: argparse.Namespace) -> OpenHall:
    """Raises DatabaseFault."""
    return open_hall(settings_of(arguments), now)


def wording_of(arguments: argparse.Namespace) -> Wording:
    return Wording(settings_of(arguments).language)


def answer(arguments: argparse.Namespace, facts: Mapping[str, Any], sentence: str) -> int:
    """Print one object with --json, else the sentence; the exit code of what is done."""
    line = json.dumps(facts, ensure_ascii=False) if arguments.json else sentence
    write(line)
    return DONE


class AnswerLost(Exception):
    """What was asked is done; the answer could not be written, e.g. to a full disk."""


def write(line: str) -> None:
    """Raises AnswerLost, and BrokenPipeError when whoever read has left."""
    try:
        if sys.stdout is not None:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise AnswerLost(error.strerror or str(error)) from error


def refuse(arguments: argparse.Namespace, code: str, message: str, exit_code: int) -> int:
    """The reason goes to the error output; with --json also as an object."""
    if arguments.json:
        write(json.dumps({"error": code, "message": message}, ensure_ascii=False))
    sys.stderr.write(message + "\n")
    return exit_code
