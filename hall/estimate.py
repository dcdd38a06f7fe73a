"""How long one will wait: a range, never a false second."""

from datetime import timedelta

SOONER = 0.6
LATER = 1.5
"""The range around the work ahead; halls vary about so much from person to person."""


def expected_wait(
    work_ahead: timedelta, own: timedelta, open_counters: int, ahead: int
) -> tuple[timedelta, timedelta] | None:
    """From the work that stands before one, shared by the open counters.

    `own` is how long one's own matter takes: somebody like oneself is being served now. None when
    no counter is open: then nobody can say.
    """
    if open_counters == 0:
        return None
    if ahead == 0:
        return timedelta(0), whole_minutes(own / open_counters)
    middle = (work_ahead + own / 2) / open_counters
    return whole_minutes(middle * SOONER), whole_minutes(middle * LATER)


def whole_minutes(length: timedelta) -> timedelta:
    """Rounded up, so that the later end is kept."""
    return timedelta(minutes=-(-length // timedelta(minutes=1)))
