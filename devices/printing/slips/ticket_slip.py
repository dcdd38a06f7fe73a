"""号票: what a citizen takes from the kiosk. Chinese first, the citizen's language beneath."""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Paper, Size
from devices.printing.slips.page import Page, both, pages_of, write_names, write_reprint_mark
from devices.printing.slips.values import moment, text_of, whole
from hall.marked import _
from hall.wording import Wording

CLASSES = {
    "elderly": _("Priority: elderly"),
    "disabled": _("Priority: disabled"),
    "pregnant": _("Priority: expecting mother"),
    "infant": _("Priority: with an infant"),
    "soldier": _("Priority: service member"),
    "urgent": _("Priority: urgent"),
}


def write(paper: Paper, content: Mapping[str, Any], _copy: str, reprint: bool) -> None:
    """`content` is described in `hall.printing.print_jobs`."""
    pages = pages_of(paper, content)
    write_reprint_mark(pages, reprint)
    write_names(pages, "hall")
    paper.rule()
    paper.centred(both(pages, _("Your number")), Size.BODY)
    paper.centred(text_of(content.get("number")), Size.HUGE, heavy=True)
    priority = CLASSES.get(text_of(content.get("class")))
    if priority:
        paper.banner(both(pages, priority), Size.BODY)
    paper.gap(0.3)
    write_names(pages, "service")
    paper.rule()
    for number, page in enumerate(pages):
        if number:
            paper.gap(0.3)
        write_facts(page)
    paper.rule()
    pages[0].code()
    for number, page in enumerate(pages):
        if number:
            paper.gap(0.2)
        page.advice(_("Please keep this slip until you have been served"))
        page.advice(_("Please wait for your call. Valid today only."))
        if page.text("phone"):
            page.advice(_("Supervision: {phone}"), phone=page.text("phone"))


def write_facts(page: Page) -> None:
    counters = [text_of(number) for number in page.listed("counters")]
    mark = "、" if page.wording.language == "zh" else ", "
    page.fact(_("Counters"), mark.join(counters))
    ahead = whole(page.content.get("ahead"))
    if ahead is not None:
        page.fact(_("Ahead of you"), page.say(_("{count} people"), count=ahead))
    page.fact(_("Expected wait"), expected_wait(page.content, page.wording))
    page.fact(_("Taken at"), moment(page.content.get("issued_at")))


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
