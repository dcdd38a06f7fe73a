"""Calls for help as a row each: who asked for what, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from counter.desk.desk_verbs import KEYS, LABELS, DeskVerb
from counter.phrases import Say
from hall.marked import _
from hall.place_words import place_words

if TYPE_CHECKING:
    from hall.counters.help_requests import Help

ALARM = _("EMERGENCY  {place}  {time}  {what}")
AT_KIOSK = _("{place}: a citizen asks for help since {time} ({language})")
ASKED = _("The duty manager was called at {time}: {what}")
ANSWERED = _("Answered at {time}: {answer}")
TAKEN_CARE_OF = _("it is taken care of")


def help_rows(say: Say, asked: Sequence[Help]) -> Content:
    return Content("\n").join(help_row(say, one) for one in asked)


def help_row(say: Say, one: Help) -> Content:
    if one.ended_at is not None:
        answer = one.answer or say(TAKEN_CARE_OF)
        return Content(say(ANSWERED, time=f"{one.ended_at:%H:%M}", answer=answer))
    time = f"{one.asked_at:%H:%M}"
    if one.kind == "emergency":
        place = say(_("Counter {counter}"), counter=one.counter)
        place = place if one.counter is not None else say(_("information desk"))
        return Content.styled(say(ALARM, place=place, time=time, what=one.words), "bold $error")
    if one.kind == "assistant":
        place = place_words(say, one.place)
        words = say(AT_KIOSK, place=place, time=time, language=one.words)
        go = f"{KEYS[DeskVerb.GO]} {say(LABELS[DeskVerb.GO])}"
        click = Style.from_meta({"@click": f"screen.verb('{DeskVerb.GO}')"})
        link = Content.styled(go, "bold underline").stylize(click)
        return Content.assemble((words, "bold $warning"), "  ", link)
    return Content(say(ASKED, time=time, what=one.words))
