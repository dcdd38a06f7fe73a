"""The information desk in the terminal (咨询台)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counter.station.station_app import STYLE, StationApp
from hall.accounts.stations import Station
from hall.marked import _

if TYPE_CHECKING:
    from counter.station.station_screen import StationScreen


class DeskApp(StationApp):
    station = Station.DESK
    CRASH_FILE = "desk-crash.log"
    CSS_PATH = [STYLE, "desk.tcss"]

    def make_screen(self) -> StationScreen[Any]:
        from counter.desk.desk_screen import DeskScreen

        return DeskScreen()

    def action_help_quit(self) -> None:
        self.station_screen.tell(self.say(_("Ctrl+Q ends the program.")))
