"""jiaohao privacy: erase what is kept of a person."""

import argparse

from commands.context import answer, hall_of, wording_of
from commands.identity import read_identity
from db.engine import writing
from hall.marked import _
from hall.tickets import real_names

PROMPT = _("Number of the identity card (not shown): ")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser(
        "erase",
        help="whose tickets are whose, of the person whose identity card number is typed or piped "
        "in; the tickets stay valid, and the next day nothing is kept of anybody",
    )


def run(arguments: argparse.Namespace) -> int:
    hall, wording = hall_of(arguments), wording_of(arguments)
    person = read_identity(hall, wording.say(PROMPT))
    with writing(hall.engine) as session:
        count = real_names.erase(session, hall.rules, person, hall.now())
    sentence = wording.say("Erased: {count} tickets belong to nobody now.", count=count)
    return answer(arguments, {"erased": count}, sentence)
