"""The duty manager's and supervision's console in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counter.station.station_app import STYLE, StationApp
from hall.accounts.stations import Station
from hall.marked import _

if TYPE_CHECKING:
    from counter.station.station_screen import StationScreen


class SupervisorApp(StationApp):
    station = Station.SUPERVISOR
    CRASH_FILE = "supervisor-crash.log"
    CSS_PATH = [STYLE, "supervisor.tcss"]

    def make_screen(self) -> StationScreen[Any]:
        from counter.supervisor.supervisor_screen import SupervisorScreen

        return SupervisorScreen()

    def action_help_quit(self) -> None:
        self.station_screen.tell(self.say(_("Ctrl+Q ends the program.")))
