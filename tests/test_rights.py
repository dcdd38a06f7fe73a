"""Every role does what is its own, and nothing else."""

from datetime import datetime

import pytest
from sqlmodel import Session, select

from db.engine import reading, writing
from db.tables import Clerk, JournalEntry, Role
from hall import rights
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.accounts import NotAllowed
from hall.hall_rules import HallRules
from hall.notices import notices
from hall.open_hall import OpenHall
from hall.printing import reprints
from hall.right_words import RIGHT_WORDS
from hall.rights import AT_THE_COUNTER, RIGHTS, Right, check
from hall.tickets import tickets
from hall.wording import Wording

pytestmark = pytest.mark.each_engine


@pytest.fixture
def supervisor(session: Session) -> Clerk:
    """1003, who looks over the others' shoulders."""
    clerk = session.get_one(Clerk, 3)
    clerk.role = Role.SUPERVISION
    return clerk


def test_every_role_has_its_rights_and_every_right_its_role_and_words() -> None:
    assert set(RIGHTS) == set(Role)
    assert frozenset().union(*RIGHTS.values()) == set(Right) == set(RIGHT_WORDS)


@pytest.mark.parametrize("role", [Role.DESK, Role.CLERK, Role.LEAD, Role.DUTY_MANAGER])
def test_who_works_at_a_counter_does_all_that_is_done_there(role: Role) -> None:
    assert RIGHTS[role] >= AT_THE_COUNTER


@pytest.mark.parametrize("role", [Role.SUPERVISION, Role.ADMINISTRATOR])
def test_who_watches_and_who_gives_out_passwords_serves_nobody(role: Role) -> None:
    assert not RIGHTS[role] & AT_THE_COUNTER


def test_only_the_administrator_manages_users() -> None:
    assert [role for role in Role if rights.may(role, Right.MANAGE_USERS)] == [Role.ADMINISTRATOR]


def test_a_role_nobody_knows_has_no_rights() -> None:
    assert not any(rights.may("emperor", right) for right in Right)


def test_a_refusal_names_the_clerk_and_the_right_in_words(supervisor: Clerk) -> None:
    with pytest.raises(NotAllowed) as refusal:
        check(supervisor, Right.SERVE)
    told = Wording("en").refusal(refusal.value)
    assert told == "Clerk 1003 does not have the right: serve at a counter."


def test_a_counter_is_opened_and_paused_by_who_may(
    session: Session, rules: HallRules, supervisor: Clerk, nine: datetime
) -> None:
    with pytest.raises(NotAllowed):
        counters.open_counter(session, rules, 3, "1003", nine)
    counters.open_counter(session, rules, 1, "1001", nine)
    session.get_one(Clerk, 1).role = Role.ADMINISTRATOR  # meanwhile
    with pytest.raises(NotAllowed):
        counters.pause(session, rules, 1, "用餐", nine)


def test_a_notice_is_drafted_and_issued_by_who_may(
    session: Session, rules: HallRules, supervisor: Clerk, nine: datetime
) -> None:
    service, _ = catalogue.service(session, rules, "T201")
    for operation in (notices.draft, notices.issue):
        with pytest.raises(NotAllowed):
            operation(session, rules, service, supervisor, {1}, {}, nine)


def test_a_slip_is_printed_again_for_who_may_and_for_a_script(
    session: Session, rules: HallRules, supervisor: Clerk, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    issued = tickets.issue(session, rules, service, group, nine)
    subject = f"ticket/{issued.ticket_id}"
    with pytest.raises(NotAllowed):
        reprints.ask(session, rules, subject, "lost", nine, printer="desk", who="1003")
    for print_job in reprints.prints_of(session, rules.hall_id, subject):
        print_job.state = "printed"
    reprints.ask(session, rules, subject, "lost", nine, printer="desk")


def test_what_is_refused_for_want_of_a_right_is_journalled_and_nothing_else_is(
    open_hall: OpenHall, nine: datetime
) -> None:
    with writing(open_hall.engine) as session:
        session.get_one(Clerk, 3).role = Role.SUPERVISION
    with (
        pytest.raises(NotAllowed),
        rights.refusals_told(open_hall, "counter 3"),
        writing(open_hall.engine) as session,
    ):
        counters.open_counter(session, open_hall.rules, 1, "1001", nine)
        counters.open_counter(session, open_hall.rules, 3, "1003", nine)
    with reading(open_hall.engine) as session:
        (entry,) = session.exec(select(JournalEntry)).all()
    assert (entry.what, entry.who, entry.place, entry.why) == (
        "account.not_allowed", "1003", "counter 3", "serve",
    )  # fmt: skip
