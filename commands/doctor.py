"""jiaohao doctor: what works on this machine and what does not."""

import argparse
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from commands.context import DONE, ENVIRONMENT_AT_FAULT, answer, now, settings_of, wording_of
from db import place
from db.faults import DatabaseFault
from hall.errors import SettingsWrong
from hall.hours import holiday_calendar
from hall.open_hall import OpenHall, open_hall
from hall.overview import hall_copies
from hall.settings import Settings
from hall.wording import Wording

LEAST_FREE_MB = 200
DECEMBER = 12


@dataclass(frozen=True)
class Finding:
    what: str
    works: bool
    detail: str
    needed: bool = True
    """Without it the hall does not run; otherwise it runs, with less."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(arguments: argparse.Namespace) -> int:
    settings, wording = settings_of(arguments), wording_of(arguments)
    found = list(findings(settings, wording))
    marks = {(True, True): "✓", (True, False): "✓", (False, True): "✗", (False, False): "!"}
    lines = [f"{marks[one.works, one.needed]} {one.what}: {one.detail}" for one in found]
    fit = all(one.works or not one.needed for one in found)
    answer(arguments, {"fit": fit, "findings": [asdict(one) for one in found]}, "\n".join(lines))
    return DONE if fit else ENVIRONMENT_AT_FAULT


def findings(settings: Settings, wording: Wording) -> Iterator[Finding]:
    say = wording.say
    python = f"jiaohao {version('jiaohao')}, Python {platform.python_version()}"
    yield Finding(say("Program"), sys.version_info >= (3, 11), python)
    yield from about_the_disk(settings, say)
    try:
        hall = open_hall(settings, now)
    except DatabaseFault as fault:
        yield Finding(say("Database"), False, wording.fault(fault))
    else:
        try:
            yield from about_the_hall(hall, wording)
        except DatabaseFault as fault:
            yield Finding(say("Database"), False, wording.fault(fault))
        yield about_the_calendar(hall.rules.business_day(hall.now()), say)
        yield about_the_printer(hall, say)
        yield about_copies(hall, wording)
    yield from about_fonts(say)
    yield from about_sound(settings, say)


def about_the_hall(hall: OpenHall, wording: Wording) -> Iterator[Finding]:
    from sqlalchemy import text

    from db import journal
    from db.engine import reading
    from hall.accounts import accounts

    say, where = wording.say, place.address(hall.engine)
    asked = "SHOW server_version" if place.on_server(hall.engine) else "PRAGMA quick_check(1)"
    with reading(hall.engine) as session:
        (state,) = session.connection().execute(text(asked)).one()
        last_at = journal.last_at(session, hall.rules.hall_id)
        in_force = accounts.in_force(session, hall.rules.hall_id)
    well = state == "ok" or place.on_server(hall.engine)
    yield Finding(say("Database"), well, f"{where} ({state})")
    ahead = last_at is not None and last_at > hall.now()
    told = hall.rules.local(hall.now()).isoformat(timespec="seconds")
    if ahead and last_at is not None:
        last = hall.rules.local(last_at).isoformat(timespec="seconds")
        told = say("it is {now}, but something happened at {last} already", now=told, last=last)
    yield Finding(say("Clock"), not ahead, told)
    told = say("in force: who works here signs in")
    if not in_force:
        told = say(
            "nobody has a password; counters open without one. "
            "Begin with: jiaohao user password STAFF_NUMBER"
        )
    yield Finding(say("Accounts"), in_force, told, needed=False)


def about_the_calendar(today: date, say: Callable[..., str]) -> Finding:
    """The days off of a year are announced in the November before."""
    years = [today.year] + [today.year + 1] * (today.month == DECEMBER)
    unknown = [year for year in years if not holiday_calendar.is_known(year)]
    if not unknown:
        return Finding(say("Calendar"), True, ", ".join(map(str, years)), needed=False)
    told = say(
        "not known for {year}: Monday to Friday count; update chinesecalendar", year=unknown[0]
    )
    return Finding(say("Calendar"), False, told, needed=False)


def about_copies(hall: OpenHall, wording: Wording) -> Finding:
    from hall.keeping import backups

    say = wording.say
    try:
        copies = backups.kept(hall)
    except DatabaseFault as fault:
        return Finding(say("Copies"), False, wording.fault(fault))
    if not copies:
        folder = backups.folder_of(hall)
        told = say("none in {folder}; jiaohao run keeper makes them", folder=folder)
        return Finding(say("Copies"), False, told, needed=False)
    newest = copies[-1]
    told = say("{count}, the last of {at:%Y-%m-%d %H:%M}", count=len(copies), at=newest.at)
    old = hall.now() - newest.at > hall_copies.LONG
    return Finding(say("Copies"), not old, told, needed=False)


def about_the_disk(settings: Settings, say: Callable[..., str]) -> Iterator[Finding]:
    """Also where there is no hall yet, or none that can be opened."""
    from db import space

    try:
        free = space.free_for(place.folder_for(settings.database_url)) // 2**20
    except (DatabaseFault, OSError) as error:
        yield Finding(say("Disk"), False, str(error))
    else:
        yield Finding(say("Disk"), free >= LEAST_FREE_MB, say("{free} MB free", free=free))


def about_the_printer(hall: OpenHall, say: Callable[..., str]) -> Finding:
    from commands.printer import ask
    from devices.printing.spooler import slips_folder
    from hall.printing.printers import PRINTS

    try:
        state, detail = ask(hall)
    except SettingsWrong as wrong:
        return Finding(say("Printer"), False, wrong.detail)
    if not hall.settings.printer.address:
        folder = slips_folder(hall)
        detail = say("No printer is set up: slips go to {folder} as pictures.", folder=folder)
    works = state in PRINTS and bool(hall.settings.printer.address)
    needed = bool(hall.settings.printer.address) or state not in PRINTS
    return Finding(say("Printer"), works, f"{state.value} {detail}".strip(), needed)


def about_fonts(say: Callable[..., str]) -> Iterator[Finding]:
    from devices.printing.drawing import fonts

    try:
        face = fonts.cjk_face()
        yield Finding(say("Chinese font"), True, Path(face.path).name)
    except fonts.NoFont as error:
        yield Finding(say("Chinese font"), False, str(error))
    there = fonts.installed_fonts()
    missing = [
        str(script["name"])
        for script in fonts.scripts()
        if not any(name in there for name in script["fonts"])
    ]
    yield Finding(
        say("Minority scripts"),
        not missing,
        say("no font for {scripts}", scripts=", ".join(missing)) if missing else "✓",
        needed=False,
    )


def about_sound(settings: Settings, say: Callable[..., str]) -> Iterator[Finding]:
    from devices.speech import loudspeakers
    from devices.speech.espeak import Espeak
    from devices.speech.nobody_heard import NO_LOUDSPEAKER, NobodyHeard

    with tempfile.TemporaryDirectory() as folder:
        voice = Espeak(settings.voice.rate)
        try:
            voice.make("请 A 0 0 1 号", "zh", Path(folder, "try.wav"))
            yield Finding(say("Voice"), True, "eSpeak NG", needed=False)
        except NobodyHeard as error:
            yield Finding(say("Voice"), False, say(error.reason), needed=False)
        finally:
            voice.close()
    try:
        found = loudspeakers.listed()
        told = ", ".join(found) or say(NO_LOUDSPEAKER)
        if found and settings.voice.device:
            told = f"{settings.voice.device}: {told}"
    except NobodyHeard as error:
        found, told = [], say(error.reason)
    yield Finding(say("Loudspeaker"), bool(found), told, needed=False)
