"""jiaohao privacy: tell and erase what is kept of a person, forget what was kept long enough."""

import argparse
from dataclasses import asdict

from commands.context import answer, hall_of, wording_of
from commands.identity import typed_unseen
from db.engine import writing
from hall.keeping import personal_data
from hall.keeping.personal_data import SHORTEST_PHONE, Found, digits_of
from hall.marked import _
from hall.open_hall import OpenHall
from hall.tickets import identity_number, real_names
from hall.tickets.identity_number import IdentityNumber

PROMPT = _("Number of the identity card, or a telephone number (not shown): ")
LONGEST_PHONE = 14


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser(
        "erase",
        help="what is kept of the person whose identity card or telephone number is typed or piped "
        "in; tickets stay valid, and the next day nothing is kept of whose they are",
    )
    verbs.add_parser("export", help="the same, told instead of erased")
    verbs.add_parser("forget", help="what has been kept long enough; the keeper does it every day")


def run(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    if arguments.verb == "forget":
        with writing(hall.engine) as session:
            count = personal_data.forget(session, hall.rules, hall.settings.privacy, hall.now())
        sentence = wording.say("Forgotten in {count} places.", count=count)
        return answer(arguments, {"forgotten": count}, sentence)
    whose = read_person(hall, wording.say(PROMPT))
    if arguments.verb == "export":
        found = kept_of(hall, whose)
        facts = [asdict(one) | {"at": one.at.isoformat(timespec="seconds")} for one in found]
        lines = [f"{one.where} {one.name}  {one.at:%Y-%m-%d %H:%M}  {one.kept}" for one in found]
        nothing = wording.say("Nothing is kept of this person.")
        return answer(arguments, {"kept": facts}, "\n".join(lines) or nothing)
    with writing(hall.engine) as session:
        if isinstance(whose, IdentityNumber):
            count = real_names.erase(session, hall.rules, whose, hall.now())
            sentence = wording.say("Erased: {count} tickets belong to nobody now.", count=count)
        else:
            count = personal_data.erase_phone(session, hall.rules, whose, hall.now())
            sentence = wording.say("Erased in {count} places.", count=count)
    return answer(arguments, {"erased": count}, sentence)


def read_person(hall: OpenHall, prompt: str) -> IdentityNumber | str:
    """The digits of a telephone number, else the number of a card; raises Refused: what is wrong
    with that."""
    typed = typed_unseen(prompt)
    digits = digits_of(typed)
    no_letters = not any(sign.isalpha() for sign in typed)
    if no_letters and SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE:
        return digits
    return identity_number.read(typed, hall.rules.business_day(hall.now()))


def kept_of(hall: OpenHall, whose: IdentityNumber | str) -> list[Found]:
    with writing(hall.engine, quietly=True) as session:  # a day without a key gets one
        if isinstance(whose, IdentityNumber):
            return personal_data.of_identity(session, hall.rules, whose, hall.now())
        return personal_data.of_phone(session, hall.rules, whose)
