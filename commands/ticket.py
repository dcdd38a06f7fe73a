"""jiaohao ticket: issue, show, list, rate."""

import argparse
from collections import Counter as Tally
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from commands.context import WRONG_USAGE, answer, hall_of, refuse, wording_of
from commands.identity import PROMPT, read_identity
from commands.notice import add_reprint_options, asking_clerk
from db.engine import reading, writing
from db.tables import Counter, PriorityClass, Service, Ticket, TicketState
from hall.cases import ratings
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.names import name_in
from hall.printing import reprints
from hall.tickets import assistance, expected_waits, returning, tickets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    issue = verbs.add_parser("issue", help="give the next number of a service")
    issue.add_argument("service", metavar="SERVICE", nargs="?", help="its code, e.g. T201")
    issue.add_argument(
        "--notice",
        metavar="CODE_OR_SERIAL",
        help="instead of SERVICE: of the notice whose papers are brought; --notice=CODE where the "
        "code begins with a dash",
    )
    issue.add_argument(
        "--class",
        dest="priority_class",
        choices=[value.value for value in PriorityClass],
        default=PriorityClass.ORDINARY.value,
    )
    issue.add_argument("--language", default="zh", metavar="L", help="of the citizen")
    issue.add_argument("--no-print", action="store_true", help="without a slip")
    issue.add_argument("--large", action="store_true", help="in letters for older eyes")
    issue.add_argument(
        "--real-name",
        action="store_true",
        help="ask for the number of the citizen's identity card, or take it from standard input",
    )
    issue.add_argument("--assisted-by", metavar="ID", help="代办: staff number of whoever helps")
    issue.add_argument("--assistance", default="", metavar="TEXT", help="what help is needed")
    again = verbs.add_parser("reprint", help="its slip once more, marked 补打")
    again.add_argument("number", metavar="NUMBER")
    add_reprint_options(again)
    show = verbs.add_parser("show", help="what became of one of today's tickets")
    show.add_argument("number", metavar="NUMBER")
    rating = verbs.add_parser("rate", help="what its citizen thinks of the visit, once")
    rating.add_argument("number", metavar="NUMBER")
    rating.add_argument("stars", metavar="STARS", type=int, help="5 very satisfied … 1 not at all")
    for dimension in ratings.DIMENSIONS:
        rating.add_argument(f"--{dimension}", metavar="STARS", type=int)
    listing = verbs.add_parser("list", help="today's tickets, in the order of their numbers")
    listing.add_argument("--state", choices=[value.value for value in TicketState])


def run(arguments: argparse.Namespace) -> int:
    match arguments.verb:
        case "issue":
            return issue(arguments)
        case "reprint":
            return reprint(arguments)
        case "show":
            return show(arguments)
        case "rate":
            return rate(arguments)
        case _:
            return list_today(arguments)


def issue(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    if arguments.assistance and not arguments.assisted_by:
        message = wording.say("Say who helps too: --assisted-by ID.")
        return refuse(arguments, "wrong_usage", message, WRONG_USAGE)
    if (arguments.service is None) == (arguments.notice is None):
        message = wording.say("Name a SERVICE or a --notice, one of the two.")
        return refuse(arguments, "wrong_usage", message, WRONG_USAGE)
    if arguments.notice is not None and arguments.assistance:
        message = wording.say("--assistance goes with a SERVICE, not with a --notice.")
        return refuse(arguments, "wrong_usage", message, WRONG_USAGE)
    if arguments.real_name and arguments.assisted_by:
        message = wording.say("Who helps looks at the card: --real-name goes without a helper.")
        return refuse(arguments, "wrong_usage", message, WRONG_USAGE)
    person = read_identity(hall, wording.say(PROMPT)) if arguments.real_name else None
    with writing(hall.engine) as session:
        given: dict[str, Any] = {
            "priority_class": PriorityClass(arguments.priority_class),
            "language": arguments.language,
            "place": "command line",
            "print_slip": not arguments.no_print,
            "printer": hall.settings.printer.name,
            "large_print": arguments.large or hall.settings.printer.large_print,
        }
        if arguments.notice is not None:
            who, code = arguments.assisted_by or "", arguments.notice
            given["person"] = person
            issued = returning.come_back(session, hall.rules, code, hall.now(), who=who, **given)
        elif arguments.assisted_by:
            service, group = catalogue.service(session, hall.rules, arguments.service)
            clerk = counters.clerk_by_staff_number(session, hall.rules, arguments.assisted_by)
            words, now = arguments.assistance, hall.now()
            issued = assistance.take_for(
                session, hall.rules, service, group, clerk, words, now, **given
            )
        else:
            service, group = catalogue.service(session, hall.rules, arguments.service)
            given["circumstances"] = replace(tickets.BY_ONESELF, person=person)
            issued = tickets.issue(session, hall.rules, service, group, hall.now(), **given)
    facts = {
        "number": issued.number,
        "service": issued.service.code,
        "group": issued.group.code,
        "class": issued.priority_class.value,
        "business_day": issued.business_day.isoformat(),
        "issued_at": issued.issued_at.isoformat(),
        "ahead": issued.ahead,
        "wait_low_s": issued.wait_low_s,
        "wait_high_s": issued.wait_high_s,
        "counters": issued.counters,
        "code": issued.code,
    }
    sentence = wording.say(
        "{number} for {service}; {ahead} ahead; counters {counters}.",
        number=issued.number,
        service=name_in(issued.service.names, wording.language),
        ahead=issued.ahead,
        counters=", ".join(map(str, issued.counters)),
    )
    return answer(arguments, facts, sentence)


def reprint(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    with writing(hall.engine) as session:
        ticket = tickets.by_number(session, hall.rules, arguments.number, hall.now())
        asked = reprints.ask(
            session,
            hall.rules,
            f"ticket/{ticket.id}",
            arguments.reason,
            hall.now(),
            printer=hall.settings.printer.name,
            who=asking_clerk(session, hall.rules, arguments.clerk),
        )
    facts = {"number": ticket.name, "reprint": asked.reprint}
    sentence = wording.say("The slip of {number} is being printed again.", number=ticket.name)
    return answer(arguments, facts, sentence)


def show(arguments: argparse.Namespace) -> int:
    hall = hall_of(arguments)
    with reading(hall.engine) as session:
        ticket = tickets.by_number(session, hall.rules, arguments.number, hall.now())
        facts = facts_of(session, hall.rules, ticket)
        if ticket.state == TicketState.WAITING:
            ahead, expected = expected_waits.of_ticket(session, hall.rules, ticket, hall.now())
            facts |= {
                "ahead": ahead,
                "wait_low_s_now": expected.low_s if expected is not None else None,
                "wait_high_s_now": expected.high_s if expected is not None else None,
            }
    lines = [f"{key}: {value}" for key, value in facts.items() if value is not None]
    return answer(arguments, facts, "\n".join(lines))


def rate(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    with writing(hall.engine) as session:
        ticket = tickets.by_number(session, hall.rules, arguments.number, hall.now())
        assert ticket.id is not None
        rating = ratings.rate(
            session, hall.rules, ticket.id, arguments.stars, hall.now(), place="command line"
        )
        asked = {dimension: getattr(arguments, dimension) for dimension in ratings.DIMENSIONS}
        more = {dimension: stars for dimension, stars in asked.items() if stars is not None}
        ratings.add_dimensions(session, ticket.id, more)
        facts = {"number": ticket.name, "stars": rating.stars} | more
    sentence = wording.say("The rating of {number} is kept. Thank you.", number=facts["number"])
    return answer(arguments, facts, sentence)


def list_today(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    with reading(hall.engine) as session:
        statement = (
            select(Ticket)
            .where(
                Ticket.hall_id == hall.rules.hall_id,
                Ticket.business_day == hall.rules.business_day(hall.now()),
            )
            .order_by(col(Ticket.prefix), col(Ticket.number))
        )
        if arguments.state:
            statement = statement.where(Ticket.state == arguments.state)
        found = [facts_of(session, hall.rules, ticket) for ticket in session.exec(statement)]
    tally = Tally(str(one["state"]) for one in found)
    lines = [f"{one['number']}  {one['service']:<6} {wording.say(one['state'])}" for one in found]
    lines.append(wording.say("{count} tickets.", count=len(found)))
    return answer(arguments, {"tickets": found, "count": dict(tally)}, "\n".join(lines))


def facts_of(session: Session, rules: HallRules, ticket: Ticket) -> dict[str, Any]:
    service = session.get(Service, ticket.service_id)
    counter = session.get(Counter, ticket.counter_id) if ticket.counter_id else None
    assert service is not None

    def local(moment: datetime | None) -> str | None:
        return rules.local(moment).isoformat(timespec="seconds") if moment else None

    return {
        "number": ticket.name,
        "service": service.code,
        "class": ticket.priority_class,
        "proof": ticket.proof or None,
        "state": ticket.state,
        "business_day": ticket.business_day.isoformat(),
        "issued_at": local(ticket.issued_at),
        "due_at": local(ticket.due_at),
        "called_at": local(ticket.called_at),
        "started_at": local(ticket.started_at),
        "ended_at": local(ticket.ended_at),
        "calls": ticket.calls,
        "counter": counter.number if counter else None,
        "ahead_when_issued": ticket.ahead,
        "wait_low_s": ticket.wait_low_s,
        "wait_high_s": ticket.wait_high_s,
    }
