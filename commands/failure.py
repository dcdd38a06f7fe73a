"""What went wrong, in the reader's language, and the exit code scripts rely on."""

import argparse
import errno
import os
import re

from commands.context import ENVIRONMENT_AT_FAULT, REFUSED, refuse
from db.faults import DatabaseFault, DiskFull
from hall.errors import Refused
from hall.wording import Wording


def answer_failure(arguments: argparse.Namespace, error: Exception) -> int:
    """The exit code; an error that is neither a refusal nor the environment's is raised again."""
    wording = Wording(os.environ.get("JIAOHAO_LANGUAGE", "zh"))
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        error = DiskFull(str(error.filename or ""))
    if isinstance(error, Refused):
        return refuse(arguments, error.code, wording.refusal(error), REFUSED)
    if isinstance(error, DatabaseFault):
        code = re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
        return refuse(arguments, code, wording.fault(error), ENVIRONMENT_AT_FAULT)
    raise error
