"""How long one will wait: a range, never a false second."""

from datetime import timedelta

SOONER = 0.6
LATER = 1.5
"""The range around the work ahead; halls vary about so much from person to person."""


SHORTEST = timedelta(minutes=1)
"""To hear the call and walk, even where a clerk is free."""


def expected_wait(
    work_ahead: timedelta, own: timedelta, ahead: int, open_counters: int, free_counters: int
) -> tuple[timedelta, timedelta] | None:
    """From the work that stands before one, shared by the open counters.

    `own` is how long one's own matter takes: somebody like oneself is being served now, and half
    done on average. `free_counters` are open and have nobody in hand. None when no counter is
    open: then nobody can say.
    """
    if open_counters == 0:
        return None
    if ahead < free_counters:
        return timedelta(0), SHORTEST
    middle = (work_ahead + own / 2) / open_counters
    return whole_minutes(middle * SOONER), whole_minutes(middle * LATER)


def whole_minutes(length: timedelta) -> timedelta:
    """Rounded up, so that the later end is kept."""
    return timedelta(minutes=-(-length // timedelta(minutes=1)))
