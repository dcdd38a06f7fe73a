"""The expected wait: a look ahead, and silence where nobody can say."""

from hypothesis import given
from hypothesis import strategies as st

from hall.tickets.estimate import CounterAhead, look_ahead, told

A, B = 1, 2


def counter(*groups: int, busy: int = 0) -> CounterAhead:
    return CounterAhead(frozenset(groups), busy)


def test_without_an_open_counter_for_it_nobody_can_say() -> None:
    assert look_ahead([(A, 1)], A, []) is None
    assert look_ahead([(A, 1)], A, [counter(B)]) is None


def test_a_free_clerk_is_no_wait() -> None:
    assert look_ahead([], A, [counter(A)]) == (0, 0)
    assert told(0) == (0, 1)


def test_one_waits_for_the_citizen_in_hand_and_all_before() -> None:
    line = [(A, 10), (A, 20)]
    assert look_ahead(line, A, [counter(A, busy=5)]) == (2, 35)


def test_two_counters_share_the_line() -> None:
    line = [(A, 10), (A, 20)]
    assert look_ahead(line, A, [counter(A), counter(A)]) == (2, 10)


def test_a_shared_counter_serves_the_other_group_first() -> None:
    """One counter for both, five of A wait: one of B is sixth."""
    assert look_ahead([(A, 12)] * 5, B, [counter(A, B)]) == (5, 60)


def test_the_others_line_is_none_of_ones_own() -> None:
    line = [(A, 12)] * 5
    assert look_ahead(line, B, [counter(A), counter(B)]) == (0, 0)


@given(
    st.lists(st.tuples(st.sampled_from([A, B]), st.integers(1, 60))),
    st.lists(
        st.builds(
            counter, st.sampled_from([A, B]), st.sampled_from([A, B]), busy=st.integers(0, 30)
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_another_counter_never_means_a_longer_wait_and_nobody_is_counted_twice(
    line: list[tuple[int, int]], counters: list[CounterAhead]
) -> None:
    found = look_ahead(line, A, counters)
    if found is None:
        return
    ahead, wait = found
    assert 0 <= ahead <= len(line)
    low, high = told(wait)
    assert low <= high
    more = look_ahead(line, A, [*counters, counter(A)])
    assert more is not None
    assert more[1] <= wait


def test_a_very_long_line_is_still_told() -> None:
    found = look_ahead([(A, 1)] * 2000, A, [counter(A)])
    assert found == (2000, 2000)
