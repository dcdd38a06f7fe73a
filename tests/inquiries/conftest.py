"""Clerks of the small hall, and a question somebody has asked."""

from datetime import datetime

import pytest
from sqlmodel import Session

from db.tables import Clerk, Inquiry
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from tests.inquiries.asking import MATTER


@pytest.fixture
def li(session: Session) -> Clerk:
    return session.get_one(Clerk, 1)


@pytest.fixture
def zhou(session: Session) -> Clerk:
    return session.get_one(Clerk, 2)


@pytest.fixture
def manager(session: Session) -> Clerk:
    clerk = session.get_one(Clerk, 3)
    clerk.role = "duty_manager"
    session.flush()
    return clerk


@pytest.fixture
def asked(session: Session, rules: HallRules, li: Clerk, nine: datetime) -> Inquiry:
    return inquiries.take(session, rules, li, MATTER, nine, contact="13900001111")
