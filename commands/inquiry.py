"""jiaohao inquiry: questions to the hall, who answers for them, what came of them (首问责任)."""

import argparse
from typing import Any

from sqlmodel import Session

from commands.context import answer, hall_of, wording_of
from commands.failure import COMMAND_LINE
from commands.notice import asking_clerk
from db.engine import reading, writing
from db.tables import Clerk, Inquiry, InquiryChannel, InquiryState, PriorityClass, Ticket
from hall.catalogue import catalogue
from hall.counters import counters
from hall.inquiries import inquiries, inquiry_deadline, inquiry_steps
from hall.inquiries.inquiry_numbers import name_of
from hall.inquiries.inquiry_words import STATES
from hall.marked import _
from hall.names import plain
from hall.open_hall import OpenHall
from hall.printing import reprints
from hall.tickets import tickets
from hall.wording import Wording
from ui.cells import fit

ROW_CELLS = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, help_text: str) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=help_text)
        one.add_argument("number", metavar="NUMBER", help="咨2026-0007, or 7 for this year's")
        return one

    def by(one: argparse.ArgumentParser) -> argparse.ArgumentParser:
        one.add_argument("--by", required=True, metavar="ID", help="staff number of who does it")
        return one

    take = by(verbs.add_parser("take", help="somebody asks; whoever is asked answers for it"))
    take.add_argument("matter", metavar="MATTER", help="what is asked, naming nobody")
    take.add_argument("--phone", action="store_true", help="asked by telephone")
    take.add_argument("--ticket", metavar="NUMBER", help="the citizen's, of today")
    take.add_argument("--contact", default="", metavar="TEXT", help="erased with the result")
    take.add_argument("--result", metavar="TEXT", help="answered at once")
    by(verb("answer", "what the citizen was told")).add_argument(
        "--result", required=True, metavar="TEXT"
    )
    lead = by(verb("lead", "to a counter, with a ticket"))
    lead.add_argument("--service", required=True, metavar="S", help="its code")
    lead.add_argument(
        "--class",
        dest="priority_class",
        choices=[value.value for value in PriorityClass],
        default=PriorityClass.ORDINARY.value,
    )
    lead.add_argument("--no-print", action="store_true", help="without a slip")
    lead.add_argument("--large", action="store_true", help="in letters for older eyes")
    by(verb("direct", "not this centre's: told where to go")).add_argument(
        "--where", required=True, metavar="TEXT"
    )
    hand_over = by(verb("hand-over", "somebody else answers for it from now on"))
    hand_over.add_argument("--to", required=True, metavar="ID", help="staff number")
    hand_over.add_argument("--words", default="", metavar="TEXT", help="for that person")
    hand_over.add_argument("--no-print", action="store_true", help="without a slip")
    slip = by(verb("slip", "the slip with who answers for it"))
    slip.add_argument("--reason", default="lost", metavar="R", help="when printed already")
    listing = verbs.add_parser("list", help="those without a result, the oldest first")
    listing.add_argument("--all", action="store_true", help="every one of this year")
    listing.add_argument("--of", default="", metavar="ID", help="only what this clerk has")
    verb("show", "one inquiry and its chain")


def run(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    match arguments.verb:
        case "list":
            return list_them(arguments, hall, wording)
        case "show":
            return show(arguments, hall, wording)
    with writing(hall.engine) as session:
        facts, sentence = carry_out(arguments, session, hall, wording)
    return answer(arguments, facts, sentence)


def carry_out(
    arguments: argparse.Namespace, session: Session, hall: OpenHall, wording: Wording
) -> tuple[dict[str, Any], str]:
    rules, now, printer = hall.rules, hall.now(), hall.settings.printer.name
    clerk = counters.clerk_by_staff_number(session, rules, arguments.by)
    if arguments.verb == "take":
        inquiry = take(arguments, session, hall, clerk)
        words = _("{number} is taken; {name} answers for it.")
    else:
        inquiry = inquiries.by_number(session, rules, arguments.number, now)
    match arguments.verb:
        case "answer":
            inquiries.answer(
                session, rules, inquiry, clerk, arguments.result, now, place=COMMAND_LINE
            )
            words = _("{number} is answered.")
        case "direct":
            inquiries.direct(
                session, rules, inquiry, clerk, arguments.where, now, place=COMMAND_LINE
            )
            words = _("{number}: the citizen was told where to go.")
        case "lead":
            service, group = catalogue.service(session, rules, arguments.service)
            inquiries.lead_to(
                session,
                rules,
                inquiry,
                clerk,
                service,
                group,
                now,
                priority_class=PriorityClass(arguments.priority_class),
                place=COMMAND_LINE,
                print_slip=not arguments.no_print,
                printer=printer,
                large_print=arguments.large or hall.settings.printer.large_print,
            )
            words = _("{number} goes on as {ticket}.")
        case "hand-over":
            to = counters.clerk_by_staff_number(session, rules, arguments.to)
            inquiries.hand_over(
                session,
                rules,
                inquiry,
                clerk,
                to,
                arguments.words,
                now,
                place=COMMAND_LINE,
                printer=printer,
                with_slip=not arguments.no_print,
                large_print=hall.settings.printer.large_print,
            )
            words = _("{number} is with {name} now, telephone {phone}.")
        case "slip":
            inquiry_slip(arguments, session, hall, inquiry)
            words = _("The slip of {number} is being printed.")
    facts = facts_of(session, hall, inquiry)
    told = {key: facts[key] for key in ("number", "name", "phone", "ticket")}
    return facts, wording.say(words, **told)


def take(arguments: argparse.Namespace, session: Session, hall: OpenHall, clerk: Clerk) -> Inquiry:
    rules, now = hall.rules, hall.now()
    ticket = None
    if arguments.ticket:
        ticket = tickets.by_number(session, rules, arguments.ticket, now)
    inquiry = inquiries.take(
        session,
        rules,
        clerk,
        arguments.matter,
        now,
        channel=InquiryChannel.PHONE if arguments.phone else InquiryChannel.IN_PERSON,
        ticket=ticket,
        contact=arguments.contact,
        place=COMMAND_LINE,
    )
    if arguments.result is not None:
        inquiries.answer(session, rules, inquiry, clerk, arguments.result, now, place=COMMAND_LINE)
    return inquiry


def inquiry_slip(
    arguments: argparse.Namespace, session: Session, hall: OpenHall, inquiry: Inquiry
) -> None:
    rules, now, printer = hall.rules, hall.now(), hall.settings.printer.name
    subject = inquiries.slip_of(session, inquiry)
    if reprints.prints_of(session, rules.hall_id, subject):
        who = asking_clerk(session, rules, arguments.by)
        reprints.ask(session, rules, subject, arguments.reason, now, printer=printer, who=who)
    else:
        large = hall.settings.printer.large_print
        inquiries.print_slip(session, rules, inquiry, now, printer=printer, large_print=large)


def list_them(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    rules, now = hall.rules, hall.now()
    with reading(hall.engine) as session:
        if arguments.all:
            found = inquiries.of_year(session, rules, rules.business_day(now).year)
        else:
            found = inquiries.open_inquiries(session, rules)
        if arguments.of:
            clerk = counters.clerk_by_staff_number(session, rules, arguments.of)
            found = [one for one in found if one.responsible_id == clerk.id]
        listed = [facts_of(session, hall, one) for one in found]
    lines = [
        f"{one['number']}  {fit(wording.say(STATES[one['state']]), 16)}  {fit(one['name'], 8)}  "
        f"{fit(one['matter'], ROW_CELLS)}  {wording.say('overdue') if one['overdue'] else ''}"
        for one in listed
    ]
    lines.append(wording.say("{count} inquiries.", count=len(listed)))
    facts = {"inquiries": listed, "count": len(listed)}
    return answer(arguments, facts, "\n".join(line.rstrip() for line in lines))


def show(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    with reading(hall.engine) as session:
        inquiry = inquiries.by_number(session, hall.rules, arguments.number, hall.now())
        facts = facts_of(session, hall, inquiry)
        links: list[dict[str, Any]] = []
        for step in inquiry_steps.chain(session, inquiry):
            to = session.get_one(Clerk, step.to_id) if step.to_id is not None else None
            links.append(
                {
                    "at": hall.rules.local(step.at).isoformat(timespec="seconds"),
                    "by": session.get_one(Clerk, step.by_id).staff_number,
                    "to": to.staff_number if to is not None else None,
                    "words": plain(step.words),
                }
            )
    state = wording.say(STATES[facts["state"]])
    lines = [f"{facts['number']}  {state}  {facts['matter']}"]
    for link in links:
        went, words = (link["to"], link["words"]) if link["to"] else (state, facts["result"])
        lines.append(f"{link['at'][:16]}  {link['by']} → {went}  {words}".rstrip())
    return answer(arguments, facts | {"chain": links}, "\n".join(lines))


def facts_of(session: Session, hall: OpenHall, inquiry: Inquiry) -> dict[str, Any]:
    rules = hall.rules
    has_it = session.get_one(Clerk, inquiry.responsible_id)
    ticket = session.get(Ticket, inquiry.ticket_id) if inquiry.ticket_id is not None else None
    is_open = inquiry.state == InquiryState.OPEN
    return {
        "number": name_of(inquiry),
        "state": str(inquiry.state),
        "channel": str(inquiry.channel),
        "matter": plain(inquiry.matter),
        "contact": plain(inquiry.contact),
        "ticket": ticket.name if ticket is not None else None,
        "asked_at": rules.local(inquiry.asked_at).isoformat(timespec="seconds"),
        "first_asked": session.get_one(Clerk, inquiry.first_asked_id).staff_number,
        "responsible": has_it.staff_number,
        "name": plain(has_it.name),
        "phone": plain(has_it.phone),
        "overdue": is_open and inquiry_deadline.is_overdue(rules, inquiry.asked_at, hall.now()),
        "result": plain(inquiry.result),
        "ended_at": rules.local(inquiry.ended_at).isoformat(timespec="seconds")
        if inquiry.ended_at is not None
        else None,
    }
