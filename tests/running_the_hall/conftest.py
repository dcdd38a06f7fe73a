"""Somebody who manages the hall."""

import pytest
from sqlmodel import Session

from db.tables import (
    Clerk,
)


@pytest.fixture
def manager(session: Session) -> Clerk:
    clerk = Clerk(
        hall_id=1,
        staff_number="1005",
        name="赵文君",
        department="",
        title="",
        role="duty_manager",
        phone="",
    )
    session.add(clerk)
    session.flush()
    return clerk
