"""The load of the day by half-hour, and the figures of the notices, a row each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from counter.phrases import Say, length_words
from counter.supervisor.row_list import Row
from hall.marked import _
from hall.names import name_in
from hall.refusal_words import refusal_words
from ui.cells import fit

if TYPE_CHECKING:
    from hall.notices.notice_figures import NoticeFigures
    from hall.overview.day_load import DayNow
    from hall.overview.hall_view import HallNow
    from hall.overview.refusals import RefusedDeed

FAULTS = {
    "omitted": _("left out"),
    "incomplete": _("incomplete"),
    "mistaken": _("mistaken"),
}
MOST = 10
"""Materials and clerks listed."""
EIGHTHS = " ▏▎▍▌▋▊▉█"


def bar(count: int, most: int, width: int) -> str:
    """So long as `count` is of `most`, to an eighth of a cell; never empty for one."""
    if count <= 0 or most <= 0 or width <= 0:
        return ""
    eighths = max(1, round(count * width * 8 / most))
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()


def figure_rows(
    say: Say,
    language: str,
    view: HallNow,
    figures: NoticeFigures | None,
    refusals: tuple[RefusedDeed, ...] | None,
    width: int,
) -> list[Row]:
    rows = [*day_rows(say, view), *load_rows(say, view.day, width)]
    if refusals is not None:
        rows += refusal_rows(say, refusals)
    if figures is not None:
        rows += notice_rows(say, language, figures)
    return rows


def day_rows(say: Say, view: HallNow) -> list[Row]:
    day = view.day
    lengths = {
        "wait": length_words(say, day.average_wait) if day.average_wait is not None else "—",
        "service": length_words(say, day.average_service)
        if day.average_service is not None
        else "—",
    }
    late = say(_("Served after office hours: {count}"), count=day.served_late)
    box = say(_("Suggestions without an answer: {count}"), count=view.suggestions)
    proof = _("Served sooner: {sooner}, of them without proof {unproven}")
    sooner = say(proof, sooner=day.sooner, unproven=day.unproven)
    return [
        *([("late", Content(late))] if day.served_late else []),
        *([("sooner", Content(sooner))] if day.sooner else []),
        *([("suggestions", Content(box))] if view.suggestions else []),
        (
            "day",
            Content(
                say(
                    _("Today: {issued} numbers, {served} served, {absent} absent"),
                    issued=day.issued,
                    served=day.served,
                    absent=day.absent,
                )
            ),
        ),
        ("averages", Content(say(_("On average: wait {wait}, service {service}"), **lengths))),
        (
            "notices",
            Content(
                say(
                    _("Notices: {notices}, of them corrections {corrections}"),
                    notices=view.notices,
                    corrections=view.corrections,
                )
            ),
        ),
    ]


def load_rows(say: Say, day: DayNow, width: int) -> list[Row]:
    most = max((max(one.issued, one.called) for one in day.load), default=0)
    half = max(4, (width - 5 - 2 - 2 * 5) // 2)
    title = Content.assemble(
        ("\n" + fit("", 7), ""),
        (fit(say(_("Numbers taken")), half + 5), "bold $primary"),
        (say(_("Called")), "bold $success"),
    )
    rows = [("load", title)]
    for one in day.load:
        rows.append(
            (
                f"load/{one.start}",
                Content.assemble(
                    f"{one.start}  ",
                    (
                        fit(f"{bar(one.issued, most, half)} {one.issued or ''}", half + 5),
                        "$primary",
                    ),
                    (f"{bar(one.called, most, half)} {one.called or ''}", "$success"),
                ),
            )
        )
    return rows


def refusal_rows(say: Say, refusals: tuple[RefusedDeed, ...]) -> list[Row]:
    title = say(_("Refused today: {count}"), count=len(refusals))
    rows: list[Row] = [("refusals", Content.styled("\n" + title, "bold"))]
    rows += [(f"refusal/{at}", Content(refusal_words(say, one))) for at, one in enumerate(refusals)]
    return rows


def notice_rows(say: Say, language: str, figures: NoticeFigures) -> list[Row]:
    period = f"{figures.first_day:%m-%d} – {figures.last_day:%m-%d}"
    title = say(_("Papers most often missing, {period}"), period=period)
    rows: list[Row] = [("materials", Content.styled("\n" + title, "bold"))]
    for at, one in enumerate(figures.materials[:MOST]):
        words = say(
            _("{count} missing, {wrong} wrong  {material}  ({service})"),
            count=one.missing,
            wrong=one.wrong,
            material=name_in(one.material, language),
            service=name_in(one.service, language),
        )
        rows.append((f"material/{at}", Content(words)))
    if not figures.materials:
        rows.append(("no-materials", Content.styled(say(_("none")), "$secondary")))
    title = say(_("Corrected notices, {period}"), period=period)
    rows.append(("corrections", Content.styled("\n" + title, "bold")))
    for at, corrected in enumerate(figures.corrections[:MOST]):
        fault = say(FAULTS[corrected.fault])
        who = f"{corrected.clerk} {corrected.staff_number}"
        rows.append((f"correction/{at}", Content(f"{corrected.notices:>3}  {who}  {fault}")))
    if not figures.corrections:
        rows.append(("no-corrections", Content.styled(say(_("none")), "$secondary")))
    return rows
