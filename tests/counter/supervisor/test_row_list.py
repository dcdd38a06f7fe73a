"""A key is for the row that was chosen, not for the one that takes its place."""

from textual.app import App, ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static

from counter.supervisor.row_list import RowList
from db.engine import writing
from db.tables import (
    Clerk,
)
from hall.announcing import bulletins
from hall.open_hall import OpenHall
from tests.counter.at_the_counter import OtherProgram, until
from tests.counter.supervisor.at_the_console import console


async def test_the_row_that_takes_the_place_of_the_chosen_one_is_known_to_be_new() -> None:
    rows = RowList()
    async with one_widget(rows).run_test():
        rows.fill([("a", Content("a")), ("b", Content("b"))])
        assert not rows.just_replaced
        rows.fill([("b", Content("b"))])
        assert rows.just_replaced


def one_widget(widget: Widget) -> App[None]:
    class OneWidget(App[None]):
        def compose(self) -> ComposeResult:
            yield widget

    return OneWidget()


async def test_the_row_in_the_place_of_one_that_has_gone_is_chosen(
    hall: OpenHall, other: OtherProgram
) -> None:
    """So that a key pressed again and again goes through the list."""
    async with console(hall) as (pilot, screen):
        listed = screen.query_one("#bulletins", RowList)
        for text in ("一", "二", "三"):
            with writing(hall.engine) as session:
                manager = session.get_one(Clerk, 3)
                bulletins.put_up(session, hall.rules, {"zh": text}, None, manager, hall.now())
        await pilot.press("4")
        await until(pilot, lambda: len(listed.rows) == 3)
        await pilot.press("down", "x")
        await until(pilot, lambda: len(listed.rows) == 2)
        assert listed.chosen == "3"
        assert isinstance(listed, OptionList) and isinstance(screen.query_one("#detail"), Static)
