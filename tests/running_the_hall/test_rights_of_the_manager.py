"""Who has not the right does nothing."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session

from db.tables import (
    Clerk,
)
from hall.announcing import bulletins
from hall.counters import counter_groups
from hall.errors.accounts import NotAllowed
from hall.hall_rules import HallRules
from hall.tickets import releasing
from tests.running_the_hall.before_the_manager import (
    in_hand,
)

pytestmark = pytest.mark.each_engine


Act = Callable[[Session, HallRules, Clerk, datetime], object]

ACTS: dict[str, Act] = {
    "groups": lambda s, r, c, n: counter_groups.set_groups(s, r, 1, ["A"], c, n),
    "all": lambda s, r, c, n: counter_groups.take_all(s, r, 1, c, n),
    "workbook": lambda s, r, c, n: counter_groups.as_in_the_workbook(s, r, 1, c, n),
    "release": lambda s, r, c, n: releasing.release_ticket(s, r, "A001", c, "x", n),
    "put up": lambda s, r, c, n: bulletins.put_up(s, r, {"zh": "x"}, None, c, n),
    "take down": lambda s, r, c, n: bulletins.take_down(s, r, 1, c, n),
    "speak": lambda s, r, c, n: bulletins.speak_to_all(s, r, {"zh": "x"}, c, n),
}


@pytest.mark.parametrize("role", ["clerk", "desk", "supervision", "administrator"])
@pytest.mark.parametrize("act", list(ACTS))
def test_who_has_not_the_right_does_nothing(
    session: Session, rules: HallRules, nine: datetime, act: str, role: str
) -> None:
    clerk = session.get_one(Clerk, 1)
    clerk.role = role
    with pytest.raises(NotAllowed):
        ACTS[act](session, rules, clerk, nine)


def test_a_lead_releases_tickets_and_runs_nothing(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    number = in_hand(session, rules, nine)
    lead = session.get_one(Clerk, 2)
    lead.role = "lead"
    assert releasing.release_ticket(session, rules, number, lead, "x", nine).state == "waiting"
    with pytest.raises(NotAllowed):
        counter_groups.take_all(session, rules, 1, lead, nine)
