"""jiaohao user: who works here, with which role, and their passwords."""

import argparse
import getpass
import warnings
from dataclasses import asdict
from datetime import datetime
from typing import Any

from commands.context import WRONG_USAGE, answer, hall_of, refuse, wording_of
from commands.failure import COMMAND_LINE
from db.engine import reading, writing
from db.tables import Role
from hall.accounts import accounts, authentication
from hall.accounts.accounts import Listed
from hall.counters import counters
from hall.marked import _
from hall.names import plain, tidy_code
from hall.open_hall import OpenHall
from hall.wording import Wording
from ui.cells import fit

ROLES = {
    Role.DESK: _("information desk"),
    Role.CLERK: _("clerk"),
    Role.LEAD: _("lead"),
    Role.DUTY_MANAGER: _("duty manager"),
    Role.SUPERVISION: _("supervision"),
    Role.ADMINISTRATOR: _("administrator"),
}
PASSWORDS = {
    "none": _("no password"),
    "one_time": _("one-time password"),
    "own": _("own password"),
}
LONGEST = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help="everybody, their roles, and whether they can sign in")
    add = verbs.add_parser("add", help="somebody new; then give them a password")
    add.add_argument("staff_number", type=staff_number, metavar="STAFF_NUMBER")
    add.add_argument("name", type=name, metavar="NAME")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    add.add_argument("--department", default="", metavar="D")
    password = verbs.add_parser("password", help="a new one-time password, told once")
    password.add_argument("staff_number", type=staff_number, metavar="STAFF_NUMBER")
    instead = password.add_mutually_exclusive_group()
    instead.add_argument("--unlock", action="store_true", help="only end a lock-out")
    instead.add_argument(
        "--own", action="store_true", help="choose one's own; asked for, never an argument"
    )
    for verb in (add, password):
        verb.add_argument("--by", default="", metavar="ID", help="staff number of who does it")


def staff_number(text: str) -> str:
    tidy = tidy_code(text)
    if not 1 <= len(tidy) <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no staff number")
    return tidy


def name(text: str) -> str:
    tidy = plain(text)
    if not 1 <= len(tidy) <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no name, 1 to {LONGEST} characters")
    return tidy


def run(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    if arguments.verb == "list":
        return list_users(arguments, hall, wording)
    if arguments.verb == "add":
        return add_user(arguments, hall, wording)
    if arguments.own:
        return choose_own(arguments, hall, wording)
    if arguments.unlock:
        return unlock(arguments, hall, wording)
    return give(arguments, hall, wording)


def list_users(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    with reading(hall.engine) as session:
        in_force = accounts.in_force(session, hall.rules.hall_id)
        users = accounts.listed(session, hall.rules, hall.now())
    lines = [line(user, hall, wording) for user in users]
    if not in_force:
        lines.append(wording.say("Nobody has a password yet: counters open without one."))
    facts = {"in_force": in_force, "users": [told(user) for user in users]}
    return answer(arguments, facts, "\n".join(lines))


def told(user: Listed) -> dict[str, Any]:
    return {
        key: fact.isoformat() if isinstance(fact, datetime) else fact
        for key, fact in asdict(user).items()
    }


def line(user: Listed, hall: OpenHall, wording: Wording) -> str:
    say = wording.say
    parts = [
        fit(plain(user.staff_number), 8),
        fit(plain(user.name), 12),
        fit(say(ROLES[Role(user.role)]), 16),
        fit(say(PASSWORDS[user.password]), 18),
        plain(user.department),
    ]
    if user.locked_until is not None:
        until = hall.rules.local(user.locked_until).strftime("%m-%d %H:%M:%S")
        parts.append(say("locked until {until}", until=until))
    if user.since is not None and user.seen_at is not None:
        parts.append(
            say(
                "signed in: {place}, since {since}, last seen {seen}",
                place=user.place,
                since=hall.rules.local(user.since).strftime("%m-%d %H:%M"),
                seen=hall.rules.local(user.seen_at).strftime("%m-%d %H:%M"),
            )
        )
    return "  ".join(part for part in parts if part).rstrip()


def add_user(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    with writing(hall.engine) as session:
        who = authentication.administrator(session, hall, arguments.by)
        clerk = accounts.add_clerk(
            session,
            hall.rules,
            arguments.staff_number,
            arguments.name,
            arguments.role,
            hall.now(),
            department=arguments.department,
            who=who,
            place=COMMAND_LINE,
        )
    facts = {"staff_number": clerk.staff_number, "name": clerk.name, "role": clerk.role}
    sentence = wording.say(
        "{clerk} {name} is added. Next: jiaohao user password {clerk}",
        clerk=clerk.staff_number,
        name=clerk.name,
    )
    return answer(arguments, facts, sentence)


def unlock(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    with writing(hall.engine) as session:
        who = authentication.administrator(session, hall, arguments.by)
        clerk = counters.clerk_by_staff_number(session, hall.rules, arguments.staff_number)
        was_locked = accounts.unlock(
            session, hall.rules, clerk, hall.now(), who=who, place=COMMAND_LINE
        )
    facts = {"staff_number": clerk.staff_number, "was_locked": was_locked}
    sentence = wording.say("{clerk} can sign in again.", clerk=clerk.staff_number)
    return answer(arguments, facts, sentence)


def give(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    given = authentication.give_one_time(
        hall, arguments.staff_number, by=arguments.by, place=COMMAND_LINE
    )
    say = wording.say
    lines = [
        say(
            "One-time password of {clerk} {name}: {password}",
            clerk=given.staff_number,
            name=given.name,
            password=given.password,
        ),
        say("It is shown only now, and asks to be changed when it is used."),
    ]
    if given.first:
        lines.append(
            say(
                "From now on every counter asks for a password; {count} others have none yet.",
                count=given.without,
            )
        )
    facts = {
        "staff_number": given.staff_number,
        "one_time_password": given.password,
        "first": given.first,
        "without_password": given.without,
    }
    return answer(arguments, facts, "\n".join(lines))


def choose_own(arguments: argparse.Namespace, hall: OpenHall, wording: Wording) -> int:
    say = wording.say
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would be echoed
            old = getpass.getpass(say("Your password until now: "))
            new = getpass.getpass(say("Your new password: "))
            again = getpass.getpass(say("The new one once more: "))
    except (getpass.GetPassWarning, EOFError):
        message = say("A password is only read from a terminal.")
        return refuse(arguments, "wrong_usage", message, WRONG_USAGE)
    if new != again:
        message = say("The two are not alike; nothing was changed.")
        return refuse(arguments, "passwords_differ", message, WRONG_USAGE)
    authentication.change_own(hall, arguments.staff_number, old, new, COMMAND_LINE)
    facts = {"staff_number": arguments.staff_number, "changed": True}
    return answer(arguments, facts, say("Your password is changed."))
