"""Lines, counters, devices and bulletins of the whole hall, a row each, for a given width."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from counter.phrases import STATES, Say, length_words
from counter.printer_words import sentence
from counter.supervisor.row_list import Row
from hall.marked import _
from hall.names import name_in
from ui.cells import fit

if TYPE_CHECKING:
    from hall.overview.hall_counters import CounterNow, GroupTaken
    from hall.overview.hall_lines import LineNow
    from hall.overview.hall_view import HallNow
    from hall.overview.hall_voices import VoiceNow

GAP = "  "
COUNT = 5
LENGTH = 12
COUNTERS = 12
STATE, TICKET, LETTERS = 8, 6, 10
CLERK, CLERK_AND_OTHER, ROOMY = 14, 24, 90
LEAST_NAME, MOST_NAME = 8, 40


def columns(cells: Sequence[tuple[str, int, str]]) -> Content:
    """(text, width, style), with a gap between them."""
    parts: list[str | tuple[str, str]] = []
    for text, width, style in cells:
        parts += [(fit(text, width), style), GAP]
    return Content.assemble(*parts[:-1])


def name_width(room: int) -> int:
    """No more than names need: the eye has to find the figures behind them."""
    return min(MOST_NAME, max(LEAST_NAME, room))


# -- lines ---------------------------------------------------------------------------------------


def line_widths(width: int) -> list[int]:
    rest = COUNT * 3 + LENGTH + COUNTERS + len(GAP) * 5
    return [name_width(width - rest), COUNT, LENGTH, COUNT, COUNT, COUNTERS]


def line_head(say: Say, width: int) -> Content:
    words = (_("Matter"), _("Wait"), _("Longest"), _("Late"), _("Aside"), _("Counters"))
    return columns(
        [(say(word), cells, "bold") for word, cells in zip(words, line_widths(width), strict=True)]
    )


def line_rows(say: Say, language: str, view: HallNow, now: datetime, width: int) -> list[Row]:
    from hall.overview.hall_view import is_long, waits_long

    rows: list[Row] = []
    for line in view.lines:
        grave = line.nobody_takes_it
        slow = waits_long(line, view.numbers, now)
        texts = [
            f"{line.prefix} {name_in(line.names, language)}",
            str(line.waiting),
            length_words(say, now - line.oldest_at) if line.oldest_at is not None else "",
            str(line.overdue or ""),
            str(line.held or ""),
            ", ".join(map(str, line.taken_at)) or say(_("nobody")),
        ]
        styles = [
            "bold $error" if grave or slow else "",
            "bold $error" if is_long(line, view.numbers) else "bold" if line.waiting else "",
            "bold $error" if slow else "",
            "$error" if line.overdue else "",
            "",
            "bold $error" if grave else "",
        ]
        widths = line_widths(width)
        rows.append((line.code, columns(list(zip(texts, widths, styles, strict=True)))))
        if len(line.services) > 1:
            rows += service_rows(say, language, line, now, widths)
    return rows


def service_rows(
    say: Say, language: str, line: LineNow, now: datetime, widths: Sequence[int]
) -> list[Row]:
    return [
        (
            f"{line.code}/{one.code}",
            columns(
                [
                    (f"    {name_in(one.names, language)}", widths[0], "$secondary"),
                    (str(one.waiting), COUNT, "$secondary"),
                    (length_words(say, now - one.oldest_at), LENGTH, "$secondary"),
                    (str(one.overdue or ""), COUNT, "$secondary"),
                ]
            ),
        )
        for one in line.services
    ]


def line_detail(say: Say, language: str, line: LineNow, now: datetime) -> str:
    parts = [name_in(line.names, language)]
    if line.due_at is not None:
        late = now - line.due_at
        words = (
            _("the first should have been called {length} ago")
            if late.total_seconds() > 0
            else _("the first should be called within {length}")
        )
        parts.append(say(words, length=length_words(say, abs(late))))
    if line.could_take:
        could = ", ".join(map(str, line.could_take))
        parts.append(say(_("closed or paused, but could take it: {counters}"), counters=could))
    return GAP.join(parts)


# -- counters ------------------------------------------------------------------------------------


def counter_widths(width: int) -> list[int]:
    clerk = CLERK_AND_OTHER if width >= ROOMY else CLERK
    rest = 3 + STATE + clerk + TICKET + LENGTH + LETTERS + len(GAP) * 6
    return [3, name_width(width - rest), STATE, clerk, TICKET, LENGTH, LETTERS]


def counter_head(say: Say, width: int) -> Content:
    words = ("", _("Counter"), _("State"), _("Clerk"), _("Ticket"), _("Since"), _("Takes"))
    widths = counter_widths(width)
    return columns(
        [
            (say(word) if word else "", cells, "bold")
            for word, cells in zip(words, widths, strict=True)
        ]
    )


def counter_rows(say: Say, language: str, view: HallNow, now: datetime, width: int) -> list[Row]:
    rows: list[Row] = []
    for one in view.counters:
        held = one.in_hand
        late = one.pause_overdue or (held is not None and held.lasts_long(now))
        since = length_words(say, now - held.since) if held is not None else pause_words(say, one)
        texts = [
            str(one.number),
            name_in(one.names, language),
            say(STATES[one.state]),
            clerk_words(say, one),
            held.number if held is not None else "",
            since,
            letters(one.groups),
        ]
        styles = [
            "bold",
            "" if one.state != "closed" else "$secondary",
            {"open": "$success", "paused": "bold $warning"}.get(one.state, "$secondary"),
            "" if one.seen else "bold $error",
            "bold",
            "bold $error" if late else "",
            "",
        ]
        cells = list(zip(texts, counter_widths(width), styles, strict=True))
        rows.append((str(one.number), columns(cells)))
    return rows


def pause_words(say: Say, counter: CounterNow) -> str:
    if counter.pause_until is None:
        return ""
    return say(_("to {until}"), until=f"{counter.pause_until:%H:%M}")


def clerk_words(say: Say, counter: CounterNow) -> str:
    if not counter.stands_in_for:
        return counter.clerk
    return say(_("{clerk} for {other}"), clerk=counter.clerk, other=counter.stands_in_for)


def letters(groups: Sequence[GroupTaken]) -> str:
    """The letters of the tickets it takes; those it takes for another counter in brackets."""
    return " ".join(one.prefix if one.lent_for is None else f"({one.prefix})" for one in groups)


def counter_detail(say: Say, language: str, counter: CounterNow) -> str:
    parts = [name_in(counter.names, language)]
    if counter.clerk:
        parts.append(f"{clerk_words(say, counter)} {counter.staff_number}")
    if counter.since is not None:
        parts.append(say(_("signed in since {time}"), time=f"{counter.since:%H:%M}"))
    if not counter.seen:
        parts.append(say(_("its program does not answer")))
    if counter.pause_reason:
        parts.append(counter.pause_reason)
    if counter.in_hand is not None:
        held = counter.in_hand
        parts.append(f"{held.number} {name_in(held.service, language)}")
        parts.append(say(_("usually {minutes} min"), minutes=held.minutes))
    own = "、".join(name_in(one.names, language) for one in counter.groups if one.lent_for is None)
    parts.append(say(_("takes {groups}"), groups=own or say(_("nothing"))))
    for one in counter.groups:
        if one.lent_for is not None:
            words = _("{group} for counter {counter}")
            parts.append(say(words, group=name_in(one.names, language), counter=one.lent_for))
    return GAP.join(parts)


# -- devices and bulletins -----------------------------------------------------------------------


def device_rows(say: Say, view: HallNow) -> list[Row]:
    rows: list[Row] = []
    for printer in view.printers:
        name = f"{printer.name}  {printer.place}".rstrip()
        if printer.needs_somebody and printer.state != "folder":
            words, style = sentence(say, printer, name), "bold $error"
        elif printer.state == "folder":
            words, style = say(_("{printer}: slips go to a folder"), printer=name), ""
        else:
            words = say(
                _("Printer {printer}: ready, slips waiting: {count}"),
                printer=name,
                count=printer.waiting,
            )
            style = ""
        rows.append((f"printer/{printer.name}", Content.styled(words, style)))
    if not view.printers:
        words = say(_("No spooler has run yet: no slip can be printed."))
        rows.append(("printers", Content.styled(words, "bold $error")))
    rows += [voice_row(say, voice) for voice in view.voices]
    kiosk = view.day.kiosk_at
    words = (
        say(_("Kiosk: the last number was taken at {time}"), time=f"{kiosk:%H:%M}")
        if kiosk is not None
        else say(_("Kiosk: no number has been taken today"))
    )
    rows.append(("kiosk", Content(words)))
    return rows


def voice_row(say: Say, voice: VoiceNow) -> Row:
    facts = {"zone": voice.zone, "count": voice.waiting}
    if voice.silent:
        words = _("Voice, zone {zone}: no speaker runs; calls waiting: {count}")
    elif voice.failed:
        words = _("Voice, zone {zone}: not heard: {why}")
        facts["why"] = say(voice.error)
    elif voice.spoken_at is not None:
        words = _("Voice, zone {zone}: last heard at {time}; calls waiting: {count}")
        facts["time"] = f"{voice.spoken_at:%H:%M}"
    elif voice.ever:
        words = _("Voice, zone {zone}: nothing was said lately")
    else:
        words = _("Voice, zone {zone}: no speaker has run yet")
    style = "bold $error" if voice.needs_somebody else ""
    return f"voice/{voice.zone}", Content.styled(say(words, **facts), style)


def bulletin_rows(say: Say, language: str, view: HallNow) -> list[Row]:
    rows: list[Row] = []
    for one in view.bulletins:
        until = f"{one.until:%H:%M}" if one.until is not None else say(_("until taken down"))
        said = say(_("EMERGENCY")) if one.emergency else say(_("Spoken"))
        mark = (f"{said} ", "bold $error") if one.urgent else ""
        text = Content.assemble(
            (f"{one.id:>3}  ", "$secondary"),
            mark,
            name_in(one.text, language),
            (f"  {until}", "$secondary"),
        )
        rows.append((str(one.id), text))
    return rows
