"""jiaohao say: speak a text in the hall, to hear whether the voice works."""

import argparse

from commands.context import ENVIRONMENT_AT_FAULT, answer, refuse, settings_of, wording_of
from hall.names import plain


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--language", default="zh", metavar="L")


def run(arguments: argparse.Namespace) -> int:
    from devices.speech.nobody_heard import NobodyHeard
    from devices.speech.say import say

    wording = wording_of(arguments)
    try:
        caption = say(plain(arguments.text), arguments.language, settings_of(arguments))
    except NobodyHeard as error:
        message = wording.say("Nobody heard it: {why}", why=wording.say(error.reason))
        return refuse(arguments, "nobody_heard", message, ENVIRONMENT_AT_FAULT)
    return answer(arguments, {"spoken": caption}, caption)
