"""What is told to everyone stands on every board, whatever its size, until it is taken down."""

import pytest
from sqlmodel import Session

from db.tables import Bulletin, Clerk
from display.hall_board import HallBoardApp
from hall.announcing import bulletins
from hall.hall_rules import HallRules
from tests.display.before_the_board import OtherProgram, shows, until
from tests.screen_text import screen_text

TEXT = {"zh": "请有序离场", "en": "Please leave calmly"}


@pytest.mark.parametrize("size", [(80, 24), (120, 35), (160, 45)])
async def test_it_stands_instead_of_what_else_is_announced(
    board: HallBoardApp, other: OtherProgram, size: tuple[int, int]
) -> None:
    def speak(session: Session, rules: HallRules, now) -> int:  # type: ignore[no-untyped-def]
        clerk = session.get_one(Clerk, 1)
        clerk.role = "duty_manager"
        bulletin = bulletins.speak_to_all(session, rules, TEXT, clerk, now)
        assert bulletin.id is not None
        return bulletin.id

    def take_down(session: Session, rules: HallRules, spoken: int, now) -> None:  # type: ignore[no-untyped-def]
        bulletins.take_down(session, rules, spoken, session.get_one(Clerk, 1), now)

    other.add(Bulletin(hall_id=1, text={"zh": "请保持安静"}))
    async with board.run_test(size=size) as pilot:
        await shows(pilot, "请保持安静")
        strip = board.screen.query_one("#bulletins")
        quiet = strip.styles.background
        spoken = other.do(speak)
        await shows(pilot, "请有序离场")
        assert "请保持安静" not in screen_text(board)
        assert strip.styles.background != quiet
        await until(pilot, lambda: strip.region.bottom <= size[1] and strip.size.height >= 2)
        assert "Please leave calmly" in screen_text(board)
        other.do(take_down, spoken)
        await shows(pilot, "请保持安静")
        assert strip.styles.background == quiet
