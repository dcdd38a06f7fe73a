"""What is kept of a crash: where in the program it was, and nothing of what it was about.

The text of an error and the values of its variables can hold what a citizen typed or scanned, so
only the kinds of error and the lines of code are written.
"""

import contextlib
import logging
import sys
import traceback
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST_BYTES = 200_000
"""Then it is moved aside; one earlier file is kept. A loop of crashes must not fill the disk."""


def write_crash(file: Path, error: BaseException) -> None:
    """Never raises: the machine that crashed may well have no room on its disk."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            file, maxBytes=LARGEST_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        # A full disk must not be told on the terminal the public looks at.
        handler.handleError = lambda record: None  # type: ignore[method-assign]
        record = logging.LogRecord(
            "kiosk", logging.ERROR, __file__, 0, "\n".join(told(error)), None, None
        )
        handler.handle(record)
        handler.close()


def told(error: BaseException) -> Iterator[str]:
    yield f"{kind(error)} (Python {sys.version.split()[0]})"
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        if cause is not error:
            yield f"  from {kind(cause)}"
        for frame in traceback.extract_tb(cause.__traceback__, limit=-30):
            yield f"    {frame.filename}:{frame.lineno} {frame.name}"
        cause = cause.__cause__ or cause.__context__


def kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"
