"""号票: what a citizen takes from the kiosk. Chinese first, the citizen's language beneath."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from devices.printing.drawing.paper import Paper, Size
from hall.marked import _
from hall.names import name_in
from hall.wording import Wording

CLASSES = {
    "elderly": _("Priority: elderly"),
    "disabled": _("Priority: disabled"),
    "pregnant": _("Priority: expecting mother"),
    "infant": _("Priority: with an infant"),
    "soldier": _("Priority: service member"),
    "urgent": _("Priority: urgent"),
}


def write(paper: Paper, content: Mapping[str, Any], reprint: bool) -> None:
    """`content` is described in `hall.print_jobs`."""
    language = str(content.get("language") or "zh")
    chinese = Wording("zh")
    theirs = None if language.startswith("zh") else Wording(language)

    if reprint:
        paper.banner(both(chinese, theirs, _("REPRINT")), Size.LARGE)
        paper.gap(0.3)
    write_names(paper, content.get("hall"), language, Size.LARGE)
    paper.rule()
    paper.centred(both(chinese, theirs, _("Your number")), Size.BODY)
    paper.centred(str(content.get("number", "")), Size.HUGE, heavy=True)
    priority = CLASSES.get(str(content.get("class", "ordinary")))
    if priority:
        paper.banner(both(chinese, theirs, priority), Size.BODY)
    paper.gap(0.3)
    write_names(paper, content.get("service"), language, Size.LARGE)
    paper.rule()
    write_facts(paper, content, chinese, Size.BODY)
    if theirs:
        paper.gap(0.3)
        write_facts(paper, content, theirs, Size.SMALL)
    paper.rule()
    code = str(content.get("code") or "")
    if code:
        paper.qr(code)
    write_advice(paper, content, chinese)
    if theirs:
        paper.gap(0.2)
        write_advice(paper, content, theirs)


def both(chinese: Wording, theirs: Wording | None, words: str) -> str:
    return chinese.say(words) + (f"  {theirs.say(words)}" if theirs else "")


def write_names(paper: Paper, names: Any, language: str, size: Size) -> None:
    """In Chinese and, beneath, in the citizen's language or English."""
    names = {key: str(text) for key, text in dict(names or {}).items()}
    first = name_in(names, "zh")
    second = names.get(language) if not language.startswith("zh") else None
    second = second or names.get("en", "")
    # A name that fills the paper is set smaller rather than cut: it still has to be found.
    paper.centred(first, size if len(first) <= 40 else Size.SMALL, heavy=True)
    if second and second != first:
        paper.centred(second, Size.SMALL)


def write_facts(paper: Paper, content: Mapping[str, Any], wording: Wording, size: Size) -> None:
    counters = [str(number) for number in content.get("counters") or []]
    if counters:
        mark = "、" if wording.language == "zh" else ", "
        paper.pair(wording.say(_("Counters")), mark.join(counters), size)
    ahead = whole(content.get("ahead"))
    if ahead is not None:
        paper.pair(
            wording.say(_("Ahead of you")), wording.say(_("{count} people"), count=ahead), size
        )
    paper.pair(wording.say(_("Expected wait")), expected_wait(content, wording), size)
    paper.pair(wording.say(_("Taken at")), moment(content.get("issued_at")), size)


def expected_wait(content: Mapping[str, Any], wording: Wording) -> str:
    low, high = whole(content.get("wait_low_s")), whole(content.get("wait_high_s"))
    if low is None or high is None:
        return wording.say(_("no counter is open for this yet"))
    first, last = max(0, low) // 60, -(-max(0, high) // 60)
    if last <= 1:
        return wording.say(_("about a minute"))
    if first == 0:
        return wording.say(_("up to {last} minutes"), last=last)
    if first == last:
        return wording.say(_("about {last} minutes"), last=last)
    return wording.say(_("{first} to {last} minutes"), first=first, last=last)


def write_advice(paper: Paper, content: Mapping[str, Any], wording: Wording) -> None:
    paper.centred(
        wording.say(_("Please keep this slip until you have been served")),
        Size.SMALL,
    )
    paper.centred(wording.say(_("Please wait for your call. Valid today only.")), Size.SMALL)
    phone = str(content.get("phone") or "")
    if phone:
        paper.centred(wording.say(_("Supervision: {phone}"), phone=phone), Size.SMALL)


def whole(value: Any) -> int | None:
    """None for anything that is not a number."""
    return int(value) if isinstance(value, int | float) else None


def moment(value: Any) -> str:
    """ "2026-11-23 09:00"; what is no moment stays what it is."""
    text = str(value or "")
    try:
        return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text
