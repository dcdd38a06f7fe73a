"""jiaohao counter pause, close, help, message: what concerns the others of the hall too."""

import argparse
from typing import Any

from sqlmodel import Session

from commands.typed import counter_number
from db.tables import Clerk, Counter, HelpKind
from hall.counters import counter_messages, counters, help_requests, stand_ins
from hall.names import name_in, tidy_code
from hall.open_hall import OpenHall
from hall.wording import Wording


def add_help_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--emergency", action="store_true", help="everyone on duty sees it")
    parser.add_argument("--words", required=True, metavar="W", help="what it is about")


def add_message_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("counter", type=counter_or_all, metavar="N|all")
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--by", required=True, metavar="ID", help="staff number")


def counter_or_all(text: str) -> int | None:
    """None: every counter somebody sits at."""
    return None if tidy_code(text) == "ALL" else counter_number(text)


def pause(
    arguments: argparse.Namespace, session: Session, hall: OpenHall, wording: Wording
) -> tuple[dict[str, Any], str]:
    rules = hall.rules
    consent = None
    if arguments.consent is not None:
        consent = counters.clerk_by_staff_number(session, rules, arguments.consent)
    counter = counters.pause(
        session,
        rules,
        arguments.counter,
        arguments.reason,
        hall.now(),
        until=arguments.until or None,
        consent=consent,
    )
    facts, sentence = told(counter, wording)
    return facts | {"taken_by": list(stand_ins.read_takers(session, counter))}, sentence


def close(
    arguments: argparse.Namespace, session: Session, hall: OpenHall, wording: Wording
) -> tuple[dict[str, Any], str]:
    """Nobody is kept from leaving, but told who waits for nobody now."""
    rules, now = hall.rules, hall.now()
    counter = counters.by_number(session, rules, arguments.counter)
    unserved = stand_ins.leaves_behind(session, rules, counter, now)
    facts, sentence = told(counters.close(session, rules, counter.number, now), wording)
    left = [
        {"group": name_in(one.group, wording.language), "waiting": one.waiting} for one in unserved
    ]
    if left:
        lines = "  ".join(f"{one['group']} {one['waiting']}" for one in left)
        sentence += "  " + wording.say("People wait whom nobody takes now: {lines}", lines=lines)
    return facts | {"unserved": left}, sentence


def ask_for_help(
    arguments: argparse.Namespace, session: Session, hall: OpenHall, wording: Wording
) -> tuple[dict[str, Any], str]:
    rules, number = hall.rules, arguments.counter
    counter = counters.by_number(session, rules, number)
    clerk = session.get(Clerk, counter.clerk_id) if counter.clerk_id is not None else None
    kind = HelpKind.EMERGENCY if arguments.emergency else HelpKind.DUTY_MANAGER
    place = f"counter {number}"
    asked = help_requests.ask(
        session, rules, kind, place, counter, clerk, arguments.words, hall.now()
    )
    facts = {
        "counter": number,
        "help": asked.id,
        "kind": asked.kind,
        "asked_at": asked.asked_at.isoformat(),
    }
    if kind is HelpKind.EMERGENCY:
        return facts, wording.say("Everyone on duty is told of the emergency.")
    return facts, wording.say("The duty manager is called.")


def send_message(
    arguments: argparse.Namespace, session: Session, hall: OpenHall, wording: Wording
) -> tuple[dict[str, Any], str]:
    rules, number = hall.rules, arguments.counter
    sender = counters.clerk_by_staff_number(session, rules, arguments.by)
    told_to = counter_messages.send(
        session,
        rules,
        None if number is None else [number],
        arguments.text,
        sender,
        hall.now(),
    )
    sentence = wording.say("Told: counter {counters}", counters=", ".join(map(str, told_to)))
    return {"counters": list(told_to)}, sentence


def told(counter: Counter, wording: Wording) -> tuple[dict[str, Any], str]:
    facts = {
        "counter": counter.number,
        "state": counter.state,
        "reason": counter.pause_reason,
        "until": counter.pause_until.isoformat() if counter.pause_until else None,
    }
    return facts, wording.say(
        "Counter {counter}: {state}", counter=counter.number, state=wording.say(counter.state)
    )
