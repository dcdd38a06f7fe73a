"""A kiosk in front of the small hall."""

import pytest

from hall.open_hall import OpenHall
from kiosk.kiosk_app import KioskApp

SIZE = (106, 33)


@pytest.fixture
def kiosk(open_hall: OpenHall) -> KioskApp:
    """It takes touches at once: Pilot's hand is quicker than any visitor's."""
    open_hall.settings.kiosk.settle_seconds = 0
    return KioskApp(lambda: open_hall)
