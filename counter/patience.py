"""A locked database has done nothing: the same is asked again, until it is done or given up."""

from collections.abc import Callable
from typing import TypeVar

from db.faults import DatabaseBusy

Answer = TypeVar("Answer")


def patiently(
    operation: Callable[[], Answer], is_over: Callable[[], bool], tell: Callable[[], object]
) -> Answer:
    """Each try waits as long as a program waits for the lock; `tell` is called after each.

    Raises DatabaseBusy once `is_over`, and whatever else the operation raises.
    """
    while True:
        try:
            return operation()
        except DatabaseBusy:
            if is_over():
                raise
            tell()
