"""The information desk in the terminal (咨询台)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from counter.station_app import StationApp
from hall.marked import _
from hall.stations import Station

if TYPE_CHECKING:
    from counter.station_screen import StationScreen


class DeskApp(StationApp):
    station = Station.DESK
    CRASH_FILE = "desk-crash.log"
    CSS_PATH = [StationApp.CSS_PATH, "desk.tcss"]  # type: ignore[assignment]  # one more

    def make_screen(self) -> StationScreen[Any]:
        from counter.desk_screen import DeskScreen

        return DeskScreen()

    def action_help_quit(self) -> None:
        self.station_screen.tell(self.say(_("Ctrl+Q ends the program.")))
