"""What needs somebody, in one row each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from counter.phrases import Say, length_words
from counter.printer_words import sentence
from hall.announcing.prepared_texts import HEADLINES
from hall.marked import _
from hall.names import name_in
from hall.place_words import place_words

if TYPE_CHECKING:
    from hall.counters.help_requests import Help
    from hall.overview.closing_time import Closing
    from hall.overview.hall_alarms import Alarm
    from hall.overview.hall_copies import CopiesNow
    from hall.overview.hall_lines import LineNow
    from hall.overview.hall_view import HallNow
    from hall.overview.hall_voices import VoiceNow
    from hall.tickets.stuck_tickets import Stuck

GRAVE = frozenset({"emergency", "stands"})
MARKS = {
    "stands": _("EMERGENCY"),
    "emergency": _("Emergency"),
    "duty_manager": _("Called for"),
    "assistant": _("Asks for help"),
    "pause": _("Asks leave"),
    "nobody_takes": _("Nobody takes it"),
    "closing": _("Closing time"),
    "long_wait": _("Long wait"),
    "long_line": _("Long line"),
    "not_seen": _("Program gone"),
    "stuck": _("Stuck"),
    "pause_overdue": _("Pause over"),
    "printer": _("Printer"),
    "voice": _("Voice"),
    "copies": _("Copies"),
}
STUCK = {
    "program_gone": _("{number} is in hand at counter {counter}, whose program does not answer"),
    "lasts_long": _("{number} is in hand at counter {counter} for {length}"),
    "held_long": _("{number} is put aside at counter {counter} for {length}"),
    "kept_for_paused": _("{number} waits for counter {counter} alone, which is not at work"),
}
KEPT_FOR_CLERK = _("{number} waits for {clerk} alone, who sits at no counter")


def alarm_row(say: Say, language: str, alarm: Alarm, now: datetime) -> Content:
    mark = f" {say(MARKS[alarm.kind])} "
    style = "bold $text on $error" if alarm.kind in GRAVE else "bold $text on $warning"
    return Content.assemble((mark, style), " ", alarm_words(say, language, alarm, now))


def alarm_words(say: Say, language: str, alarm: Alarm, now: datetime) -> str:
    from hall.announcing.bulletins import Shown
    from hall.counters.help_requests import Help
    from hall.overview.closing_time import Closing
    from hall.overview.hall_copies import CopiesNow
    from hall.overview.hall_counters import CounterNow  # the tables are there by now
    from hall.overview.hall_lines import LineNow
    from hall.overview.hall_voices import VoiceNow
    from hall.tickets.stuck_tickets import Stuck

    match alarm.about:
        case Help() as asked:
            return help_words(say, asked, now)
        case LineNow() as line:
            return line_words(say, language, line, now)
        case CounterNow() as counter if alarm.kind == "pause_overdue":
            until = f"{counter.pause_until:%H:%M}" if counter.pause_until is not None else ""
            words = _("Counter {counter} is still paused; it said until {until}")
            return say(words, counter=counter.number, until=until)
        case CounterNow() as counter:
            words = _("The program of counter {counter} does not answer")
            return say(words, counter=counter.number)
        case Stuck() as stuck:
            return stuck_words(say, stuck, now)
        case VoiceNow() as voice:
            return voice_words(say, voice)
        case CopiesNow() as copies:
            return copies_words(say, copies)
        case Closing() as closing:
            return closing_words(say, closing)
        case Shown() as shown:
            words = name_in(HEADLINES[shown.emergency], language)
            return say(_("{words} (said until it is taken down)"), words=words)
        case printer:
            return sentence(say, printer, printer.place or printer.name)


def help_words(say: Say, asked: Help, now: datetime) -> str:
    words = asked.words
    if asked.kind == "pause":
        until = f"{asked.until:%H:%M}" if asked.until is not None else say(_("they come back"))
        words = say(_("{words}, until {until}"), words=asked.words, until=until)
    place, length = place_words(say, asked.place), length_words(say, now - asked.asked_at)
    return "  ".join(filter(None, (place, asked.name, words, length)))


def line_words(say: Say, language: str, line: LineNow, now: datetime) -> str:
    words = say(
        _("{group}: {waiting} wait, the longest {length}"),
        group=f"{line.prefix} {name_in(line.names, language)}",
        waiting=line.waiting,
        length=length_words(say, now - (line.oldest_at or now)),
    )
    if line.nobody_takes_it and line.could_take:
        could = ", ".join(str(number) for number in line.could_take)
        words += "  " + say(_("(counters {counters} could)"), counters=could)
    return words


def stuck_words(say: Say, stuck: Stuck, now: datetime) -> str:
    return say(
        STUCK[stuck.why] if stuck.counter is not None else KEPT_FOR_CLERK,
        number=stuck.number,
        counter=stuck.counter,
        clerk=stuck.clerk,
        length=length_words(say, now - stuck.since),
    )


def closing_words(say: Say, closing: Closing) -> str:
    words = _("Office hours end at {time}: {waiting} still wait, {in_hand} are at counters")
    if closing.is_over:
        words = _("Office hours ended at {time}: {waiting} still wait, {in_hand} are at counters")
    time = f"{closing.ends_at:%H:%M}"
    return say(words, time=time, waiting=closing.waiting, in_hand=closing.in_hand)


def voice_words(say: Say, voice: VoiceNow) -> str:
    if voice.silent:
        words = _("Zone {zone}: {count} calls wait and no speaker says them")
        return say(words, zone=voice.zone, count=voice.waiting)
    words = _("Zone {zone}: {count} calls were not heard: {why}")
    return say(words, zone=voice.zone, count=voice.failed, why=say(voice.error))


def copies_words(say: Say, copies: CopiesNow) -> str:
    words = _("The hall has not been copied since {time}; jiaohao run keeper does it")
    if copies.failed:
        words = _("The hall could not be copied at {time}; jiaohao db backup tells why")
    return say(words, time=f"{copies.at:%m-%d %H:%M}")


def alarm_rows(
    say: Say, language: str, alarms: tuple[Alarm, ...], now: datetime
) -> list[tuple[str, Content]]:
    return [(alarm.key, alarm_row(say, language, alarm, now)) for alarm in alarms]


def summary_words(say: Say, view: HallNow) -> str:
    wait = view.day.average_wait
    return say(
        _("Waiting {waiting}  Served {served}  Average wait {average}"),
        waiting=view.waiting,
        served=view.day.served,
        average=length_words(say, wait) if wait is not None else "—",
    )
