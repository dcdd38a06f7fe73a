"""The expected wait: a range, and silence where nobody can say."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from hall.estimate import expected_wait

MINUTE = timedelta(minutes=1)
minutes = st.integers(1, 120).map(lambda number: number * MINUTE)


def test_without_an_open_counter_nobody_can_say() -> None:
    assert expected_wait(30 * MINUTE, 10 * MINUTE, 3, open_counters=0, free_counters=0) is None


def test_a_free_clerk_is_no_wait() -> None:
    wait = expected_wait(timedelta(0), 25 * MINUTE, 0, open_counters=1, free_counters=1)
    assert wait == (timedelta(0), MINUTE)


def test_one_whose_counter_is_busy_is_told_of_a_wait() -> None:
    wait = expected_wait(timedelta(0), 20 * MINUTE, 0, open_counters=1, free_counters=0)
    assert wait == (6 * MINUTE, 15 * MINUTE)


@given(minutes, minutes, st.integers(1, 200), st.integers(1, 20))
def test_the_range_is_a_range_and_more_counters_never_mean_more_wait(
    work: timedelta, own: timedelta, ahead: int, counters: int
) -> None:
    wait = expected_wait(work, own, ahead, counters, free_counters=0)
    more = expected_wait(work, own, ahead, counters + 1, free_counters=0)

    assert wait is not None
    assert more is not None
    assert timedelta(0) <= wait[0] <= wait[1]
    assert more[1] <= wait[1]
