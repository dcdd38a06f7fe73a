"""优先凭证: asked for with the class, looked at by the clerk, kept and counted."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from db import journal
from db.tables import PriorityClass, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.errors.identity import NoProofAsked
from hall.errors.tickets import NoTicketInHand
from hall.hall_rules import HallRules
from hall.overview.day_load import read_day
from hall.tickets import calling, proofs, tickets, undo

pytestmark = pytest.mark.each_engine


def call(
    session: Session, rules: HallRules, now: datetime, priority_class: PriorityClass
) -> Ticket:
    service, group = catalogue.service(session, rules, "T201")
    tickets.issue(session, rules, service, group, now, priority_class=priority_class)
    counters.open_counter(session, rules, 1, "1001", now)
    called = calling.call_next(session, rules, 1, now)
    assert called is not None
    return session.get_one(Ticket, called.ticket_id)


def test_a_proof_is_seen_and_once_more_it_is_not(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ticket = call(session, rules, nine, PriorityClass.SOLDIER)
    assert ticket.proof == "asked"
    for expected in ("seen", "missing", "seen"):
        assert proofs.look(session, rules, 1, nine).proof == expected
    assert proofs.look(session, rules, 1, nine, is_shown=True).proof == "seen"

    entries = [one for one in journal.entries(session, 1) if one.what == proofs.LOOKED_AT]
    assert [(one.who, (one.after or {})["proof"]) for one in entries] == [
        ("1001", state) for state in ("seen", "missing", "seen", "seen")
    ]


def test_nobody_loses_a_place_without_proof(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    ticket = call(session, rules, nine, PriorityClass.ELDERLY)
    due = ticket.due_at
    proofs.look(session, rules, 1, nine, is_shown=False)
    assert (ticket.priority_class, ticket.due_at) == ("elderly", due)


def test_a_proof_looked_at_does_not_settle_the_call(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    call(session, rules, nine, PriorityClass.ELDERLY)
    proofs.look(session, rules, 1, nine)
    ticket, _step = undo.undo(session, rules, 1, nine + timedelta(seconds=1))
    assert (ticket.state, ticket.proof) == ("waiting", "seen")


def test_an_ordinary_citizen_has_nothing_to_prove(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    with pytest.raises(NoTicketInHand):
        proofs.look(session, rules, 1, nine)
    ticket = call(session, rules, nine, PriorityClass.ORDINARY)
    with pytest.raises(NoProofAsked):
        proofs.look(session, rules, 1, nine)
    assert ticket.proof == ""


def test_the_day_counts_who_was_served_sooner_and_who_could_not_show_why(
    session: Session, rules: HallRules, nine: datetime
) -> None:
    call(session, rules, nine, PriorityClass.ELDERLY)
    proofs.look(session, rules, 1, nine, is_shown=False)
    service, group = catalogue.service(session, rules, "T201")
    for one in (PriorityClass.URGENT, PriorityClass.ORDINARY):
        tickets.issue(session, rules, service, group, nine, priority_class=one)
    day = read_day(session, rules, rules.business_day(nine))
    assert (day.issued, day.sooner, day.unproven) == (3, 2, 1)
