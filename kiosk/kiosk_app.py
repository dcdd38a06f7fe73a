"""The citizen's face of the hall: all its rooms under one roof."""

from __future__ import annotations

from kiosk.choosing.choosing_routes import ChoosingRoutes
from kiosk.coming_back.coming_back_routes import ComingBackRoutes
from kiosk.matter.matter_routes import MatterRoutes


class KioskApp(ChoosingRoutes, MatterRoutes, ComingBackRoutes):
    CSS_PATH = [
        "kiosk.tcss",
        "choosing/choosing.tcss",
        "matter/matter.tcss",
        "number/number.tcss",
        "real_name/real_name.tcss",
        "coming_back/coming_back.tcss",
    ]
