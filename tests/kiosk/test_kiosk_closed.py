"""When the hall gives no numbers, the kiosk says so before anybody has chosen, and why after."""

from datetime import timedelta

from db.engine import writing
from db.tables import Setting
from hall.open_hall import OpenHall
from kiosk.choice_button import ChoiceButton
from kiosk.kiosk_app import KioskApp
from kiosk.number.desk_screen import DeskScreen
from tests.conftest import NINE
from tests.kiosk.conftest import SIZE
from tests.kiosk.visitor import comes, enter_group, open_matter


async def test_after_hours_a_matter_says_when_and_its_press_says_why_and_what_else(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    open_hall.now = lambda: NINE + timedelta(hours=9)
    async with kiosk.run_test(size=SIZE) as pilot:
        await enter_group(pilot, 1)
        choice = pilot.app.screen.query_one("#choice-1", ChoiceButton).choice
        assert choice is not None
        assert choice.warns
        assert choice.detail == "11月24日（星期二）08:00起取号"
        take = (await open_matter(pilot)).query_one("#take-number")
        assert str(take.render()).strip() == "11月24日（星期二）08:00起取号"
        await pilot.click("#take-number")
        await comes(pilot, DeskScreen)
        screen = pilot.app.screen
        assert isinstance(screen, DeskScreen)
        assert "今天已停止取号" in screen.reason
        assert "0883-2120001" in screen.reason


async def test_what_is_left_of_a_quota_is_told_on_the_button(
    kiosk: KioskApp, open_hall: OpenHall
) -> None:
    with writing(open_hall.engine) as session:
        session.add(Setting(hall_id=1, key="quotas", value={"T201": 7}))
    async with kiosk.run_test(size=SIZE) as pilot:
        await enter_group(pilot, 1)
        choice = pilot.app.screen.query_one("#choice-1", ChoiceButton).choice
        assert choice is not None
        assert "剩余 7 个号" in choice.detail
