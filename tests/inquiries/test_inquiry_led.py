"""Who is led to a counter has a ticket that is good there."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db import journal
from db.tables import Clerk, Inquiry, InquiryState, PrintJob, Service, Ticket, TicketOrigin
from hall.catalogue import catalogue
from hall.hall_rules import HallRules
from hall.inquiries import inquiries
from hall.tickets import tickets
from tests.inquiries.asking import MATTER

pytestmark = pytest.mark.each_engine


def test_who_is_led_to_a_counter_gets_a_ticket_like_any_other(
    session: Session, rules: HallRules, asked: Inquiry, li: Clerk, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "D301")
    led = inquiries.lead_to(session, rules, asked, li, service, group, nine)

    ticket = session.get_one(Ticket, asked.ticket_id)
    assert led.ticket == ticket.name == "B001"
    assert (ticket.origin, asked.state) == (TicketOrigin.DESK, InquiryState.LED)
    assert asked.result == "B001 个人住房贷款申请"
    assert session.exec(select(PrintJob)).one().content["number"] == "B001"


def test_a_ticket_that_is_good_for_it_is_kept(
    session: Session, rules: HallRules, li: Clerk, nine: datetime
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, nine)
    own = tickets.by_number(session, rules, "A001", nine)
    came_with_it = inquiries.take(session, rules, li, MATTER, nine, ticket=own)

    led = inquiries.lead_to(session, rules, came_with_it, li, service, group, nine)
    assert (led.ticket, led.issued, came_with_it.ticket_id) == ("A001", None, own.id)


@pytest.mark.parametrize("state", ["waiting", "serving"])
def test_a_ticket_that_waits_takes_on_another_matter_of_its_group(
    session: Session, rules: HallRules, li: Clerk, nine: datetime, state: str
) -> None:
    """One that is served for its own matter keeps that, and another is given."""
    service, group = catalogue.service(session, rules, "T201")
    session.add(Service(**service.model_dump(exclude={"id", "code"}), code="T202"))
    session.flush()
    other, _ = catalogue.service(session, rules, "T202")
    tickets.issue(session, rules, service, group, nine)
    own = tickets.by_number(session, rules, "A001", nine)
    if state == "serving":
        own.counter_id, own.state = 1, state
    came_with_it = inquiries.take(session, rules, li, MATTER, nine, ticket=own)

    led = inquiries.lead_to(session, rules, came_with_it, li, other, group, nine)
    assert session.get_one(Ticket, came_with_it.ticket_id).service_id == other.id
    assert led.ticket == ("A001" if state == "waiting" else "A002")
    assert own.service_id == (other.id if state == "waiting" else service.id)
    changed = [one.what for one in journal.entries(session, 1, subject=f"ticket/{own.id}")]
    assert ("ticket.matter_changed" in changed) is (state == "waiting")


@pytest.mark.parametrize("case", ["another matter", "over", "yesterday's"])
def test_a_ticket_that_is_good_for_nothing_there_is_replaced(
    session: Session, rules: HallRules, li: Clerk, nine: datetime, case: str
) -> None:
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, nine)
    own = tickets.by_number(session, rules, "A001", nine)
    came_with_it = inquiries.take(session, rules, li, MATTER, nine, ticket=own)
    if case == "over":
        own.state = "finished"
    if case == "another matter":
        service, group = catalogue.service(session, rules, "D301")
    if case == "yesterday's":
        nine += timedelta(days=1)

    led = inquiries.lead_to(session, rules, came_with_it, li, service, group, nine)
    assert led.issued is not None
    assert came_with_it.ticket_id == led.issued.ticket_id != own.id
