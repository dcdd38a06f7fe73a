"""The expected wait: a look ahead, and silence where nobody can say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.tickets import wait_range
from hall.tickets.estimate import Ahead, CounterAhead, Newcomer, Waiting, look_ahead, overtaken
from hall.tickets.pace import Pace

A, B = 1, 2
LIMIT = 2


def waiting(group: int, takes: float = 10, *, privileged: bool = False) -> Waiting:
    return Waiting(("group", group), takes, privileged)


def counter(
    *groups: int, in_hand: float | None = None, away: float = 0, in_a_row: int = 0, number: int = 0
) -> CounterAhead:
    return CounterAhead(frozenset(groups), in_hand, away, in_a_row, number or None)


def wait(
    line: list[Waiting], counters: list[CounterAhead], group: int = A, *, privileged: bool = False
) -> Ahead | None:
    return look_ahead(line, [Newcomer(("group", group), privileged)], counters, LIMIT)[0]


def minutes(line: list[Waiting], counters: list[CounterAhead], group: int = A) -> float:
    found = wait(line, counters, group)
    assert found is not None
    return found.minutes


def test_without_an_open_counter_for_it_nobody_can_say() -> None:
    assert wait([waiting(A)], []) is None
    assert wait([waiting(A)], [counter(B)]) is None


def test_a_free_clerk_is_no_wait() -> None:
    assert wait([], [counter(A)]) == Ahead(0, 0, 1)


def test_one_waits_for_the_citizen_in_hand_and_all_before() -> None:
    found = wait([waiting(A, 10), waiting(A, 20)], [counter(A, in_hand=5)])
    assert found is not None
    assert (found.minutes, found.people) == pytest.approx((35, 2))


def test_several_counters_become_free_so_much_more_often() -> None:
    assert minutes([waiting(A)] * 7, [counter(A, in_hand=10)] * 4) == pytest.approx(20)
    assert minutes([], [counter(A, in_hand=10)] * 4) == pytest.approx(2.5)


def test_a_free_counter_takes_the_first_of_the_line_at_once() -> None:
    found = wait([waiting(A, 12)], [counter(A)])
    assert found is not None
    assert (found.minutes, found.people, found.frees) == pytest.approx((12, 1, 1))


def test_where_all_matters_take_alike_what_is_in_hand_is_half_done() -> None:
    alike = Newcomer(("group", A), spread=0)
    found = look_ahead([waiting(A, 10)], [alike], [counter(A, in_hand=10)], LIMIT)[0]
    assert found is not None
    assert found.minutes == pytest.approx(15)


def test_a_shared_counter_serves_the_other_group_first() -> None:
    found = wait([waiting(A, 12)] * 5, [counter(A, B)], B)
    assert found is not None
    assert (found.minutes, found.people) == pytest.approx((60, 5))


def test_the_others_line_is_none_of_ones_own() -> None:
    assert minutes([waiting(A)] * 5, [counter(A), counter(B)], B) == 0


def test_who_is_kept_for_another_counter_is_not_ahead() -> None:
    kept = Waiting(("counter", 7), 60)
    line = [kept, kept, waiting(A, 10)]

    assert minutes(line, [counter(A, in_hand=10, number=1)]) == pytest.approx(20)
    assert minutes(line, [counter(A, in_hand=10, number=7)]) == pytest.approx(140)


def test_a_counter_that_pauses_calls_again_when_it_has_said() -> None:
    assert minutes([], [counter(A, away=25)]) == 25
    line = [waiting(A, 10)]
    assert minutes(line, [counter(A, in_hand=30)]) == pytest.approx(40)
    assert minutes(line, [counter(A, in_hand=30), counter(A, away=5)]) < 20


def test_an_ordinary_newcomer_comes_after_so_many_privileged_in_a_row() -> None:
    line = [waiting(A, privileged=True)] * 5

    found = wait(line, [counter(A, in_hand=10)])
    assert found is not None
    assert (found.minutes, found.people) == pytest.approx((30, 2))
    assert minutes(line, [counter(A, in_hand=10, in_a_row=2)]) == pytest.approx(10)
    privileged = wait(line, [counter(A, in_hand=10)], privileged=True)
    assert privileged is not None
    assert privileged.minutes == pytest.approx(60)


def test_one_play_answers_for_every_group_as_a_play_for_each() -> None:
    line = [waiting(A, 10), waiting(B, 7), waiting(A, 4, privileged=True), waiting(B, 20)] * 8
    counters = [counter(A, in_hand=5), counter(A, B, in_hand=9), counter(B, in_hand=3), counter(B)]
    newcomers = [Newcomer(("group", group)) for group in (A, B)]

    together = look_ahead(line, newcomers, counters, LIMIT)
    assert together == [wait(line, counters, group) for group in (A, B)]


@given(
    st.lists(
        st.builds(waiting, st.sampled_from([A, B]), st.integers(1, 60), privileged=st.booleans())
    ),
    st.lists(
        st.builds(
            counter,
            st.sampled_from([A, B]),
            st.sampled_from([A, B]),
            in_hand=st.none() | st.integers(1, 30),
            away=st.sampled_from([0, 0, 0, 10]),
            in_a_row=st.integers(0, 3),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_any_hall_has_an_answer_and_nobody_is_counted_twice(
    line: list[Waiting], counters: list[CounterAhead]
) -> None:
    found = wait(line, counters)

    assert (found is not None) == any(A in one.groups for one in counters)
    if found is not None:
        assert 0 <= found.people <= len(line) + 1e-6
        low, high = wait_range.told(found, Pace(10, 0.7, 0), 80)
        assert 0 <= low <= high
        assert low <= found.minutes <= max(high, 1)


@given(
    st.lists(st.builds(waiting, st.just(A), st.integers(1, 60))),
    st.lists(st.builds(counter, st.just(A), in_hand=st.integers(1, 30)), min_size=1, max_size=6),
)
def test_another_counter_never_means_a_longer_wait(
    line: list[Waiting], counters: list[CounterAhead]
) -> None:
    assert minutes(line, [*counters, counter(A)]) <= minutes(line, counters) + 1e-6


def test_a_very_long_line_is_still_told() -> None:
    found = wait([waiting(A, 1)] * 2000, [counter(A)])
    assert found is not None
    assert found.people == pytest.approx(2000)
    assert found.minutes == pytest.approx(2000)


def test_those_who_come_later_and_go_first_make_it_longer_for_as_long_as_they_can() -> None:
    assert overtaken(Ahead(8, 1, 1), share=0.2, window=15).minutes == pytest.approx(10)
    assert overtaken(Ahead(60, 6, 6), share=0.2, window=15).minutes == pytest.approx(63)
    assert overtaken(Ahead(60, 6, 6), share=0.2, window=0) == Ahead(60, 6, 6)


@pytest.mark.parametrize(
    ("expected", "frees", "unsure", "told"),
    [
        (0, 1, 0, (0, 1)),
        (0.2, 1, 0, (0, 1)),
        (5, 12, 0, (3, 7)),
        (9, 3, 0, (4, 15)),
        (30, 10, 0, (20, 40)),
        (30, 10, 0.25, (10, 55)),  # nobody has seen such a matter here yet
        (90, 30, 0, (70, 110)),
    ],
)
def test_a_range_is_wider_the_less_is_known_and_rounder_the_longer(
    expected: float, frees: float, unsure: float, told: tuple[int, int]
) -> None:
    found = wait_range.told(Ahead(expected, frees - 1, frees), Pace(10, 0.7, unsure), 80)
    assert found == told


def test_a_hall_that_wants_to_keep_more_tells_more() -> None:
    ahead, pace = Ahead(30, 5, 6), Pace(10, 0.7, 0)
    assert wait_range.told(ahead, pace, 95)[1] > wait_range.told(ahead, pace, 80)[1]
