"""jiaohao voice: the clips of the calls, a hall's own recordings of them, and the loudspeaker."""

import argparse
from pathlib import Path

from commands.context import ENVIRONMENT_AT_FAULT, REFUSED, answer, refuse, settings_of, wording_of
from hall.marked import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help="every clip, and whose it is")
    verbs.add_parser("check", help="what of the hall's own recordings is not fit to be heard")
    take = verbs.add_parser("import", help="a recording of yours, instead of the product's")
    take.add_argument("file", metavar="FILE", type=Path, help="WAV, Ogg, FLAC or MP3")
    verbs.add_parser("devices", help="the loudspeakers of this machine, by name")
    tone = verbs.add_parser("test", help="a tone as loud as a call, beside the queue")
    tone.add_argument("--seconds", type=seconds, default=2.0, metavar="S")
    record = verbs.add_parser("record", help="the same from the microphone, at once")
    record.add_argument("--seconds", type=seconds, default=2.0, metavar="S")
    for verb in (take, record):
        verb.add_argument("name", metavar="NAME", help="as listed: A, 7, counter-3")
        verb.add_argument("--language", default="zh", choices=["zh", "en"])


def seconds(text: str) -> float:
    """Long enough for a word and the silence around it. Raises ValueError."""
    wanted = float(text)
    if not 0.5 <= wanted <= 10:
        raise argparse.ArgumentTypeError("from 0.5 to 10")
    return wanted


def run(arguments: argparse.Namespace) -> int:
    from devices.speech import recordings
    from devices.speech.recordings import RecordingUnfit

    if arguments.verb in ("list", "check"):
        return show(arguments)
    if arguments.verb in ("devices", "test"):
        return try_loudspeaker(arguments)
    settings, wording = settings_of(arguments), wording_of(arguments)
    try:
        if arguments.verb == "import":
            samples = recordings.read(arguments.file)
        else:
            samples = recordings.record(arguments.seconds)
        folder = settings.voice.recordings_folder
        path = recordings.lay_over(samples, arguments.name, arguments.language, folder)
    except RecordingUnfit as unfit:
        return refuse(arguments, "recording_unfit", wording.say(unfit.reason), REFUSED)
    except OSError as error:
        return refuse(arguments, "not_written", str(error), ENVIRONMENT_AT_FAULT)
    words = _("Calls have it from the next on: {file}")
    return answer(arguments, {"file": str(path)}, wording.say(words, file=path))


def try_loudspeaker(arguments: argparse.Namespace) -> int:
    from devices.speech import loudspeakers
    from devices.speech.nobody_heard import NobodyHeard

    wording, voice = wording_of(arguments), settings_of(arguments).voice
    try:
        if arguments.verb == "devices":
            found = loudspeakers.listed()
            words = _("{count} loudspeakers; name one in `voice.device`, empty is the usual one")
            told = "\n".join([*found, wording.say(words, count=len(found))])
            return answer(arguments, {"devices": found, "device": voice.device}, told)
        loudspeakers.try_out(arguments.seconds, voice)
    except NobodyHeard as unheard:
        why = wording.say(unheard.reason)
        message = wording.say(_("Nobody heard it: {why}"), why=why)
        if unheard.detail:
            message = f"{message} ({unheard.detail})"
        return refuse(arguments, "nobody_heard", message, ENVIRONMENT_AT_FAULT)
    device = voice.device or wording.say(_("the usual loudspeaker"))
    facts = {"device": voice.device, "seconds": arguments.seconds}
    words = _("The tone was played on: {device}")
    return answer(arguments, facts, wording.say(words, device=device))


def show(arguments: argparse.Namespace) -> int:
    """`check` shows the hall's own only, and ends with an error where one is not fit."""
    from devices.speech import recordings
    from devices.speech.pronunciation import LANGUAGES

    wording, folder = wording_of(arguments), settings_of(arguments).voice.recordings_folder
    found = recordings.survey(folder, LANGUAGES)
    own = [clip for clip in found if clip.own]
    lines = []
    for clip in own if arguments.verb == "check" else found:
        whose = wording.say(_("the hall's")) if clip.own else wording.say(_("the product's"))
        line = f"{clip.language}/{clip.name:<11} {clip.seconds:4.1f} s  {whose}"
        lines.append(f"{line}  {wording.say(clip.wrong)}" if clip.wrong else line)
    wrong = [clip for clip in own if clip.wrong]
    words = _("{own} clips are the hall's own, {wrong} of them are not fit; folder {folder}")
    lines.append(wording.say(words, own=len(own), wrong=len(wrong), folder=folder))
    facts = {"clips": [vars(clip) for clip in found], "folder": str(folder)}
    answer(arguments, facts, "\n".join(lines))
    return REFUSED if wrong and arguments.verb == "check" else 0
