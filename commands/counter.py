"""jiaohao counter: what a clerk does, for scripts and physical buttons."""

import argparse
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from commands import counter_duty
from commands.context import WRONG_USAGE, answer, hall_of, refuse, wording_of
from commands.counter_duty import told
from commands.typed import counter_number
from db.engine import reading, writing
from db.tables import Case, CaseResult, Clerk, Counter, Service, ServiceGroup, Ticket
from hall.cases import case_rows, cases
from hall.catalogue import catalogue
from hall.counters import counters
from hall.hall_rules import HallRules
from hall.names import name_in, tidy_code
from hall.open_hall import OpenHall
from hall.tickets import (
    calling,
    expected_waits,
    holding,
    proofs,
    serving,
    transfers,
    undo,
    walk_ins,
)
from hall.tickets.calling import Called
from hall.wording import Wording
from ui.cells import fit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, help_text: str) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=help_text)
        one.add_argument("counter", type=counter_number, metavar="N")
        return one

    verb("open", "a clerk sits down, or comes back").add_argument(
        "--clerk", required=True, metavar="ID", help="staff number"
    )
    verb("next", "call whoever is next")
    call = verb("call", "call this ticket out of turn")
    call.add_argument("number", metavar="NUMBER")
    call.add_argument("--reason", default="", metavar="R")
    verb("recall", "say it again")
    verb("start", "the citizen has come")
    verb("finish", "the visit is over").add_argument(
        "--case",
        action="append",
        default=[],
        type=matter,
        metavar="SERVICE[:RESULT]",
        dest="cases",
        help="what it was about, as often as needed; without: what the ticket is for",
    )
    case = verb("case", "one more matter of the citizen in hand")
    case.add_argument("service", metavar="SERVICE", help="its code")
    case.add_argument("--result", choices=[one.value for one in CaseResult])
    quick = verb("quick", "快办: serve at once, without a ticket taken before")
    quick.add_argument("--service", required=True, metavar="CODE")
    verb("proof", "what the priority class is shown by").add_argument(
        "state", choices=["seen", "missing"], metavar="seen|missing"
    )
    verb("no-show", "called often enough and nobody came")
    verb("requeue", "an absent citizen has come after all").add_argument("number", metavar="NUMBER")
    hold = verb("hold", "put the citizen in hand aside")
    hold.add_argument("--reason", required=True, metavar="R")
    verb("resume", "take up one that was put aside").add_argument("number", metavar="NUMBER")
    transfer = verb("transfer", "to another matter, counter or clerk")
    target = transfer.add_mutually_exclusive_group(required=True)
    target.add_argument("--to-service", metavar="S", help="its code")
    target.add_argument("--to-counter", type=counter_number, metavar="M")
    target.add_argument("--to-clerk", metavar="ID", help="staff number")
    transfer.add_argument("--note", default="", metavar="TEXT", help="for whoever takes it on")
    transfer.add_argument("--return", dest="and_return", action="store_true", help="and back here")
    verb("undo", "take back this counter's last step")
    pause = verb("pause", "暂停服务")
    pause.add_argument("--reason", required=True, metavar="R")
    pause.add_argument("--until", metavar="HH:MM", help="local time of the hall")
    pause.add_argument("--consent", metavar="ID", help="staff number of who gives leave to it")
    verb("close", "the clerk leaves")
    counter_duty.add_help_arguments(verb("help", "call the duty manager"))
    counter_duty.add_message_arguments(
        verbs.add_parser("message", help="a short word to a counter, or to all at work")
    )
    verbs.add_parser("status", help="every counter")


def matter(text: str) -> str:
    """SERVICE or SERVICE:RESULT, tidied up; argparse tells which results there are."""
    tidy = tidy_code(text)
    result = tidy.rpartition(":")[2].lower()
    if ":" in tidy and result not in {one.value for one in CaseResult}:
        known = ", ".join(one.value for one in CaseResult)
        raise argparse.ArgumentTypeError(f"{result!r} is no result; known: {known}")
    return tidy


def run(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    if arguments.verb == "status":
        return status(arguments, hall, wording)
    if arguments.verb == "pause" and arguments.until:
        try:
            arguments.until = moment_today(arguments.until, hall.rules, hall.now())
        except ValueError:
            message = wording.say("{text} is no time; write HH:MM.", text=arguments.until)
            return refuse(arguments, "wrong_usage", message, WRONG_USAGE)
    with writing(hall.engine) as session:
        facts, sentence = carry_out(arguments, session, hall, wording)
    return answer(arguments, facts, sentence)


def carry_out(
    arguments: argparse.Namespace, session: Session, hall: OpenHall, wording: Wording
) -> tuple[dict[str, Any], str]:
    rules, now, number = hall.rules, hall.now(), arguments.counter
    match arguments.verb:
        case "open":
            return told(
                counters.open_counter(session, rules, number, arguments.clerk, now), wording
            )
        case "pause":
            return counter_duty.pause(arguments, session, hall, wording)
        case "close":
            return counter_duty.close(arguments, session, hall, wording)
        case "help":
            return counter_duty.ask_for_help(arguments, session, hall, wording)
        case "message":
            return counter_duty.send_message(arguments, session, hall, wording)
        case "next":
            called = calling.call_next(session, rules, number, now)
            if called is None:
                return {"number": None}, wording.say("Nobody waits.")
            return told_call(session, called)
        case "call":
            return told_call(
                session,
                calling.call_ticket(
                    session, rules, number, arguments.number, arguments.reason, now
                ),
            )
        case "recall":
            return told_call(session, calling.recall(session, rules, number, now))
        case "start":
            return told_ticket(serving.start(session, rules, number, now), number, wording)
        case "finish":
            return finish(arguments, session, rules, now, wording)
        case "case":
            return record(arguments, session, rules, now, wording)
        case "quick":
            service, group = catalogue.service(session, rules, arguments.service)
            ticket = walk_ins.begin(session, rules, number, service, group, now)
        case "proof":
            shown = arguments.state == "seen"
            ticket = proofs.look(session, rules, number, now, is_shown=shown)
            facts, sentence = told_ticket(ticket, number, wording)
            return facts | {"proof": str(ticket.proof)}, sentence
        case "no-show":
            return told_ticket(serving.no_show(session, rules, number, now), number, wording)
        case "requeue":
            ticket = serving.requeue(session, rules, number, arguments.number, now)
        case "hold":
            ticket = holding.hold(session, rules, number, arguments.reason, now)
        case "resume":
            ticket = holding.resume(session, rules, number, arguments.number, now)
        case "transfer":
            ticket = transfer(arguments, session, rules, now)
        case _:
            ticket, step = undo.undo(session, rules, number, now)
            facts, sentence = told_ticket(ticket, number, wording)
            return facts | {"undone": step.value}, sentence
    return told_ticket(ticket, number, wording)


def finish(
    arguments: argparse.Namespace,
    session: Session,
    rules: HallRules,
    now: datetime,
    wording: Wording,
) -> tuple[dict[str, Any], str]:
    """Tells of every matter of the visit, also of those recorded before or elsewhere."""
    typed = [one.partition(":") for one in arguments.cases]
    given = [as_given(session, rules, code, result.lower()) for code, _, result in typed]
    ticket = serving.finish(session, rules, arguments.counter, now, cases=given)
    facts, sentence = told_ticket(ticket, arguments.counter, wording)
    found = [told_case(session, case) for case in cases.of_ticket(session, ticket.id)]
    told = ", ".join(f"{one['service']} {wording.say(one['result'])}" for one in found)
    return facts | {"cases": found}, f"{sentence}  {told}"


def record(
    arguments: argparse.Namespace,
    session: Session,
    rules: HallRules,
    now: datetime,
    wording: Wording,
) -> tuple[dict[str, Any], str]:
    service, result = as_given(session, rules, arguments.service, arguments.result)
    case = cases.record(session, rules, arguments.counter, service, result, now)
    number = session.get_one(Ticket, case.ticket_id).name
    facts = {"number": number, "counter": arguments.counter} | told_case(session, case)
    return facts, f"{number}: {service.code} {wording.say(case.result)}"


def as_given(
    session: Session, rules: HallRules, code: str, result: str | None
) -> tuple[Service, CaseResult]:
    """Without a result it is that of most matters of its kind. Raises UnknownService."""
    service, _ = catalogue.service(session, rules, code)
    return service, CaseResult(result) if result else case_rows.usual_result(service.kind)


def told_case(session: Session, case: Case) -> dict[str, str]:
    service = session.get_one(Service, case.service_id)
    return {"service": service.code, "result": case.result}


def transfer(
    arguments: argparse.Namespace, session: Session, rules: HallRules, now: datetime
) -> Ticket:
    further = {"note": arguments.note, "and_return": arguments.and_return}
    number = arguments.counter
    if arguments.to_counter is not None:
        return transfers.to_counter(session, rules, number, arguments.to_counter, now, **further)
    if arguments.to_clerk is not None:
        clerk = counters.clerk_by_staff_number(session, rules, arguments.to_clerk)
        return transfers.to_clerk(session, rules, number, clerk, now, **further)
    service, group = catalogue.service(session, rules, arguments.to_service)
    return transfers.to_service(session, rules, number, service, group, now, **further)


def told_call(session: Session, called: Called) -> tuple[dict[str, Any], str]:
    service = session.get(Service, called.service_id)
    assert service is not None
    facts = {
        "number": called.number,
        "service": service.code,
        "class": called.priority_class,
        "counter": called.counter,
        "called_at": called.called_at.isoformat(),
        "waited_s": called.why.waited_s,
        "reason": called.why.told or called.why.rule,
    }
    return facts, f"{called.number} → {called.counter}"


def told_ticket(ticket: Ticket, counter: int, wording: Wording) -> tuple[dict[str, Any], str]:
    facts = {"number": ticket.name, "state": ticket.state, "counter": counter}
    return facts, f"{ticket.name}: {wording.say(ticket.state)}"


def moment_today(text: str, rules: HallRules, now: datetime) -> datetime:
    """HH:MM of the hall's clock, today, also when that is past; raises ValueError."""
    clock = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007  the hall's zone comes next
    return rules.local(now).replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)


def status(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    today = hall.rules.business_day(hall.now())
    with reading(hall.engine) as session:
        rows = session.exec(
            select(Counter, Clerk)
            .join(Clerk, col(Clerk.id) == col(Counter.clerk_id), isouter=True)
            .where(Counter.hall_id == hall.rules.hall_id, col(Counter.withdrawn).is_(False))
            .order_by(col(Counter.number))
        ).all()
        found = []
        for counter, clerk in rows:
            held = counters.in_hand(session, counter.id, today)
            found.append(
                told(counter, wording)[0]
                | {
                    "name": name_in(counter.names, wording.language),
                    "clerk": clerk.staff_number if clerk else None,
                    "ticket": held.name if held else None,
                    "ticket_state": held.state if held else None,
                }
            )
        expected = expected_waits.by_group(session, hall.rules, hall.now())
        waits = {
            session.get_one(ServiceGroup, group).code: {
                "ahead": wait.ahead,
                "wait_low_s": wait.low_s,
                "wait_high_s": wait.high_s,
            }
            for group, wait in expected.items()
        }
    lines = [
        f"{one['counter']:>3}  {fit(wording.say(one['state']), 10)}{one['ticket'] or '-':<6} "
        f"{one['name']}"
        for one in found
    ]
    return answer(arguments, {"counters": found, "waits": waits}, "\n".join(lines))
