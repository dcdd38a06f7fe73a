"""Which calls stand out, and for how long."""

from dataclasses import replace
from datetime import timedelta

from display.standing_calls import LEAST_S, StandingCalls
from hall.board_view import BoardCall
from tests.display.before_the_board import NINE

HIGHLIGHT_S = 12.0
FIRST = BoardCall(1, 11, "A001", 3, NINE, speaking=False)
SECOND = BoardCall(2, 12, "A002", 1, NINE, speaking=False)


class Board:
    """StandingCalls with a clock that is set by hand."""

    def __init__(self) -> None:
        self.moment = 100.0
        self.standing = StandingCalls(HIGHLIGHT_S, lambda: self.moment)

    def look(self, *calls: BoardCall, after: float = 0.0) -> None:
        self.standing.look(calls, NINE + timedelta(seconds=after))

    def numbers(self) -> list[str]:
        return [call.number for call in self.standing.now()]


def test_a_call_stands_out_for_its_time() -> None:
    board = Board()
    board.look(FIRST)
    board.moment += HIGHLIGHT_S - 0.1
    assert board.numbers() == ["A001"]
    board.moment += 0.2
    assert board.numbers() == []


def test_the_newest_comes_first_and_hides_no_other() -> None:
    board = Board()
    board.look(SECOND, FIRST)
    assert board.numbers() == ["A002", "A001"]


def test_an_old_call_does_not_stand_out_when_the_board_starts() -> None:
    board = Board()
    board.look(FIRST, after=HIGHLIGHT_S + 1)
    assert board.numbers() == []


def test_a_call_heard_of_late_is_shown_long_enough_to_be_found() -> None:
    board = Board()
    board.look(FIRST, after=HIGHLIGHT_S - 0.1)
    board.moment += LEAST_S - 0.1
    assert board.numbers() == ["A001"]


def test_a_call_stands_out_as_long_as_it_is_spoken() -> None:
    board = Board()
    board.look(FIRST)
    board.moment += 60
    board.look(SECOND, replace(FIRST, speaking=True), after=60)
    assert board.numbers() == ["A001"]
    board.moment += 20
    assert board.numbers() == ["A001"]
    board.look(SECOND, FIRST, after=80)
    board.moment += LEAST_S
    assert board.numbers() == []


def test_what_begins_to_be_spoken_comes_first() -> None:
    board = Board()
    board.look(SECOND, FIRST)
    board.moment += 3
    board.look(SECOND, replace(FIRST, speaking=True), after=3)
    assert board.numbers() == ["A001", "A002"]


def test_a_call_taken_back_at_once_is_still_seen() -> None:
    board = Board()
    board.look(replace(FIRST, speaking=True))
    board.moment += 0.3
    board.look(after=0.3)
    assert board.numbers() == ["A001"]
    board.moment += LEAST_S
    assert board.numbers() == []


def test_called_again_elsewhere_it_is_shown_there_only() -> None:
    board = Board()
    board.look(FIRST)
    board.moment += 0.3
    board.look(replace(FIRST, id=3, counter=5), after=0.3)
    assert [call.counter for call in board.standing.now()] == [5]


def test_a_clock_set_back_makes_no_old_call_stand_out_again() -> None:
    board = Board()
    board.look(FIRST)
    board.moment += 3600
    board.look(FIRST, after=3600)
    board.look(FIRST, after=0)
    assert board.numbers() == []


def test_a_clock_set_forth_takes_no_call_away() -> None:
    board = Board()
    board.look(FIRST)
    board.moment += 1
    board.look(FIRST, after=3600)
    assert board.numbers() == ["A001"]
