"""The duty manager's and supervision's console in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter.station_app import StationApp
from hall.marked import _
from hall.stations import Station

if TYPE_CHECKING:
    from counter.station_screen import StationScreen


class SupervisorApp(StationApp):
    station = Station.SUPERVISOR
    CRASH_FILE = "supervisor-crash.log"
    CSS_PATH = [  # type: ignore[assignment]  # Textual takes several
        Path(__file__).with_name("counter.tcss"),
        Path(__file__).with_name("supervisor.tcss"),
    ]

    def make_screen(self) -> StationScreen[Any]:
        from counter.supervisor_screen import SupervisorScreen

        return SupervisorScreen()

    def action_help_quit(self) -> None:
        self.station_screen.tell(self.say(_("Ctrl+Q ends the program.")))
