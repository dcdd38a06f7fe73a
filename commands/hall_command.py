"""jiaohao hall: what the duty manager does, and how the hall stands."""

import argparse
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlmodel import Session

from commands.context import WRONG_USAGE, answer, hall_of, refuse, wording_of
from commands.counter import moment_today
from commands.failure import COMMAND_LINE
from commands.typed import counter_number
from db.engine import reading, writing
from db.tables import Clerk
from hall.announcing import bulletins, emergencies
from hall.announcing.prepared_texts import HEADLINES
from hall.counters import counter_groups, counters
from hall.names import name_in
from hall.open_hall import OpenHall
from hall.overview import hall_alarms, hall_view
from hall.overview.hall_view import HallNow
from hall.tickets import releasing
from hall.wording import Wording
from ui.cells import fit

OVER = "over"
Answer = tuple[dict[str, Any], str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, help_text: str) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=help_text)
        add_by(one)
        return one

    verbs.add_parser("now", help="lines, counters, devices, and what needs somebody")
    takes = verb("counters", "what a counter takes, from its next call on")
    takes.add_argument("counter", type=counter_number, metavar="N")
    what = takes.add_mutually_exclusive_group(required=True)
    what.add_argument("--take", metavar="GROUP,GROUP", help="by name, or the letter of its tickets")
    what.add_argument("--all", action="store_true", help="every matter of the hall")
    what.add_argument("--workbook", action="store_true", help="as the office's workbook says")
    release = verb("release", "a stuck ticket goes back into the line")
    release.add_argument("number", metavar="NUMBER")
    release.add_argument("--reason", required=True, metavar="R")
    bulletin = verbs.add_parser("bulletin", help="what the board tells everyone")
    actions = bulletin.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="those that are shown")
    add = actions.add_parser("add", help="put one up")
    add.add_argument("text", metavar="TEXT")
    add.add_argument("--en", default="", metavar="TEXT")
    add.add_argument("--until", metavar="HH:MM", help="local time of the hall")
    add_by(add)
    remove = actions.add_parser("remove", help="take one down, or an announcement")
    remove.add_argument("bulletin", type=int, metavar="ID")
    add_by(remove)
    announce = verb("announce", "speak to everyone; it also stands on the board")
    announce.add_argument("text", metavar="TEXT")
    announce.add_argument("--en", default="", metavar="TEXT")
    announce.add_argument("--until", metavar="HH:MM", help="how long it stands; else half an hour")

    emergency = verb("emergency", "over everything and again and again, until it is over")
    emergency.add_argument("which", choices=[*HEADLINES, OVER])


def add_by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", required=True, metavar="ID", help="staff number of who does it")


def run(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    if arguments.verb == "now":
        return tell_now(arguments, hall, wording)
    if arguments.verb == "bulletin" and arguments.action == "list":
        return list_bulletins(arguments, hall, wording)
    until = getattr(arguments, "until", None)
    if until:
        try:
            arguments.until = moment_today(until, hall.rules, hall.now())
        except ValueError:
            message = wording.say("{text} is no time; write HH:MM.", text=until)
            return refuse(arguments, "wrong_usage", message, WRONG_USAGE)
    with writing(hall.engine) as session:
        clerk = counters.clerk_by_staff_number(session, hall.rules, arguments.by)
        facts, sentence = carry_out(arguments, session, hall, clerk, wording)
    return answer(arguments, facts, sentence)


def carry_out(
    arguments: argparse.Namespace,
    session: Session,
    hall: OpenHall,
    clerk: Clerk,
    wording: Wording,
) -> Answer:
    rules, now, place = hall.rules, hall.now(), COMMAND_LINE
    match arguments.verb:
        case "counters":
            return set_groups(arguments, session, hall, clerk, wording)
        case "release":
            ticket = releasing.release_ticket(
                session, rules, arguments.number, clerk, arguments.reason, now, place=place
            )
            facts = {"number": ticket.name, "state": ticket.state}
            return facts, f"{ticket.name}: {wording.say(ticket.state)}"
        case "announce":
            spoken = bulletins.speak_to_all(
                session, rules, texts(arguments), clerk, now, until=arguments.until, place=place
            )
            assert spoken.until is not None
            until = rules.local(spoken.until)
            sentence = wording.say(
                "It is spoken next, and stands on the board until {until}.",
                until=f"{until:%H:%M}",
            )
            return {"bulletin": spoken.id, "until": until.isoformat()}, sentence
        case "emergency" if arguments.which == OVER:
            ended = emergencies.end(session, rules, clerk, now, place=place)
            sentence = wording.say("The emergency is over; the screens show the hall again.")
            return {"bulletin": ended.id, "emergency": None}, sentence
        case "emergency":
            stands = emergencies.proclaim(session, rules, arguments.which, clerk, now, place=place)
            sentence = wording.say(
                "It is said again and again, over everything, until: "
                "jiaohao hall emergency over --by {clerk}",
                clerk=clerk.staff_number,
            )
            return {"bulletin": stands.id, "emergency": stands.emergency}, sentence
        case _ if arguments.action == "add":
            put_up = bulletins.put_up(
                session, rules, texts(arguments), arguments.until or None, clerk, now, place=place
            )
            return {"bulletin": put_up.id}, wording.say("The bulletin is on the board.")
        case _:
            bulletins.take_down(session, rules, arguments.bulletin, clerk, now, place=place)
            facts = {"bulletin": arguments.bulletin}
            return facts, wording.say("It is not on the board any more.")


def texts(arguments: argparse.Namespace) -> dict[str, str]:
    return {"zh": arguments.text, "en": arguments.en}


def set_groups(
    arguments: argparse.Namespace,
    session: Session,
    hall: OpenHall,
    clerk: Clerk,
    wording: Wording,
) -> Answer:
    rules, now, number, place = hall.rules, hall.now(), arguments.counter, COMMAND_LINE
    if arguments.all:
        taken = counter_groups.take_all(session, rules, number, clerk, now, place=place)
    elif arguments.workbook:
        taken = counter_groups.as_in_the_workbook(session, rules, number, clerk, now, place=place)
    else:
        codes = [code for code in arguments.take.replace("，", ",").split(",") if code.strip()]
        taken = counter_groups.set_groups(session, rules, number, codes, clerk, now, place=place)
    facts = {"counter": number, "groups": list(taken.codes), "changed": taken.changed}
    words = (
        "Counter {counter} takes from its next call on: {groups}"
        if taken.changed
        else "Counter {counter} takes that already: {groups}"
    )
    return facts, wording.say(words, counter=number, groups="、".join(taken.codes))


def list_bulletins(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    with reading(hall.engine) as session:
        shown = bulletins.shown(session, hall.rules, hall.now())
    lines = [
        f"{one.id:>3}  {'! ' if one.urgent else ''}{name_in(one.text, wording.language)}"
        + (f"  {one.until:%H:%M}" if one.until is not None else "")
        for one in shown
    ]
    if not lines:
        lines = [wording.say("Nothing is announced on the board.")]
    return answer(arguments, {"bulletins": plain_facts(shown)}, "\n".join(lines))


# -- how the hall stands -------------------------------------------------------------------------


def tell_now(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    with reading(hall.engine) as session:
        now = hall.now()
        view = hall_view.read_hall_now(session, hall.rules, now)
    alarms = hall_alarms.alarms(view, now)
    facts = plain_facts(view)
    del facts["numbers"]
    for line, of in zip(view.lines, facts["lines"], strict=True):
        of |= {"waiting": line.waiting, "overdue": line.overdue, "nobody": line.nobody_takes_it}
    facts["alarms"] = [{"kind": one.kind.value, "about": one.key} for one in alarms]
    return answer(arguments, facts, "\n".join(told(view, wording, now)) + alarm_lines(alarms))


def alarm_lines(alarms: tuple[hall_alarms.Alarm, ...]) -> str:
    return "".join(f"\n! {one.kind.value:<14} {one.key}" for one in alarms)


def told(view: HallNow, wording: Wording, now: datetime) -> list[str]:
    language = wording.language
    lines = []
    for line in view.lines:
        minutes = 0
        if line.oldest_at is not None:
            minutes = max(0, int((now - line.oldest_at).total_seconds() // 60))
        taken = ",".join(map(str, line.taken_at)) or "-"
        name = fit(f"{line.prefix} {name_in(line.names, language)}", 24)
        lines.append(f"{name} {line.waiting:>4} {minutes:>4} min  {taken}")
    for one in view.counters:
        ticket = one.in_hand.number if one.in_hand is not None else "-"
        groups = " ".join(group.prefix for group in one.groups)
        state = fit(wording.say(one.state), 8)
        lines.append(f"{one.number:>3}  {state} {ticket:<6} {fit(one.clerk, 12)} {groups}")
    return lines


def plain_facts(found: Any) -> Any:
    """As JSON has it: moments in ISO, lengths in seconds."""
    match found:
        case datetime() | date():
            return found.isoformat()
        case timedelta():
            return round(found.total_seconds())
        case tuple() | list():
            return [plain_facts(one) for one in found]
        case dict():
            return {key: plain_facts(value) for key, value in found.items()}
        case BaseModel():
            return found.model_dump(mode="json")
        case _ if is_dataclass(found) and not isinstance(found, type):
            return plain_facts(asdict(found))
        case _:
            return found
