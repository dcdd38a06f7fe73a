"""Somebody who manages the hall, and somebody who looks after it."""

import pytest

from db.engine import writing
from db.tables import (
    Clerk,
)
from hall.open_hall import OpenHall


@pytest.fixture(autouse=True)
def manager(hall: OpenHall) -> None:
    """1003 is the duty manager, 1002 of supervision."""
    with writing(hall.engine) as session:
        session.get_one(Clerk, 3).role = "duty_manager"
        session.get_one(Clerk, 2).role = "supervision"
