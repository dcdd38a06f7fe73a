"""Two pages of the kiosk as they are laid out."""
# ruff: noqa: E501

from hall.open_hall import OpenHall
from kiosk.kiosk_app import KioskApp
from tests.kiosk.visitor import enter_group, groups_come
from tests.screen_text import screen_text

FIRST_PAGE = """

  Lincang Service Hall                               Large type +     More time     Assistant     中文 *


  Welcome. What is your matter about?




           A  Withdrawals
     1     提取

           0 waiting  No counter open





           B  Loans
     2     贷款

           0 waiting  No counter open









  Guide 0
"""
SERVICES_PAGE = """

  Lincang Service Hall                               Large type +     More time     Assistant     中文 *


  Loans: please choose your matter                                                    Priority service




           Housing loan application
     1     个人住房贷款申请

           about 35 min  Limit: 1 working day


















   Back 0
"""


async def test_the_layout_of_the_pages(open_hall: OpenHall) -> None:
    open_hall.settings.kiosk.settle_seconds = 0
    app = KioskApp(lambda: open_hall, "en")
    async with app.run_test(size=(106, 33)) as pilot:
        await groups_come(pilot)
        assert screen_text(app).rstrip() == FIRST_PAGE[1:].rstrip()
        await enter_group(pilot, 2)
        assert screen_text(app).rstrip() == SERVICES_PAGE[1:].rstrip()
