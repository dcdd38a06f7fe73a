"""A kiosk in front of the small hall."""

import pytest
from sqlalchemy import Engine

from hall.open_hall import OpenHall
from kiosk.kiosk_app import KioskApp
from tests.kiosk.large_hall import fill_large

SIZE = (106, 33)


@pytest.fixture
def kiosk(open_hall: OpenHall) -> KioskApp:
    """It takes touches at once: Pilot's hand is quicker than any visitor's."""
    open_hall.settings.kiosk.settle_seconds = 0
    return KioskApp(lambda: open_hall)


@pytest.fixture
def large_hall(engine: Engine) -> None:
    """Twelve groups, the first with 51 services; names of 300 characters, with markup in them."""
    fill_large(engine)
