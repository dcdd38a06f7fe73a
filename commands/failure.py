"""What went wrong, in the reader's language, and the exit code scripts rely on."""

import argparse
import contextlib
import errno
import os
import re
import sys
import traceback

from commands.context import ENVIRONMENT_AT_FAULT, REFUSED, AnswerLost, hall_of, refuse
from commands.first_language import first_language
from db.faults import DatabaseFault, DatabaseUnreadable, DiskFull
from hall.errors import Refused
from hall.wording import Wording

ANSWER_LOST = 74
"""EX_IOERR: done all the same, so that nothing is asked for twice."""

COMMAND_LINE = "command line"
"""Where it happened, as the journal names it."""

MISTAKE_IN_THE_PROGRAM = 70
"""EX_SOFTWARE of sysexits.h; not 1, which says that a rule refused."""


def answer_failure(arguments: argparse.Namespace, error: Exception) -> int:
    """The exit code; what is neither a refusal nor the environment's is shown with its trace."""
    wording = Wording(first_language(arguments))
    if isinstance(error, AnswerLost):
        told = wording.say("It is done, but the answer could not be written: {why}", why=error)
        sys.stderr.write(told + "\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nor must closing it fail once more
        return ANSWER_LOST
    if isinstance(error, OSError):
        where = str(error.filename or "")
        if error.errno == errno.ENOSPC:
            error = DiskFull(where)
        else:
            error = DatabaseUnreadable(where, error.strerror or str(error))
    if isinstance(error, Refused):
        journal_refusal(arguments, error)
        return refuse(arguments, error.code, wording.refusal(error), REFUSED)
    if isinstance(error, DatabaseFault):
        code = re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
        return refuse(arguments, code, wording.fault(error), ENVIRONMENT_AT_FAULT)
    traceback.print_exception(error)
    return refuse(arguments, "mistake_in_the_program", repr(error), MISTAKE_IN_THE_PROGRAM)


def journal_refusal(arguments: argparse.Namespace, error: Refused) -> None:
    """Its transaction was undone; that somebody asked for what is not theirs is kept."""
    from hall import rights

    if not isinstance(error, tuple(rights.JOURNALLED)):
        return
    with contextlib.suppress(DatabaseFault):
        rights.tell(hall_of(arguments), error, COMMAND_LINE)
