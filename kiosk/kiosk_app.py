"""The citizen's face of the hall: all its rooms under one roof."""

from __future__ import annotations

from kiosk.choosing.choosing_routes import ChoosingRoutes
from kiosk.matter.matter_routes import MatterRoutes
from kiosk.number.number_routes import NumberRoutes


class KioskApp(ChoosingRoutes, MatterRoutes, NumberRoutes):
    CSS_PATH = [
        "kiosk.tcss",
        "choosing/choosing.tcss",
        "matter/matter.tcss",
        "number/number.tcss",
    ]
