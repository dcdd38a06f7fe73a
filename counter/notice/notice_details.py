"""A notice in a few lines: who issued it and when, what was missing, whether it still counts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from counter.notice.paper_row import MARKS, Finding
from counter.phrases import Say
from hall.marked import _
from hall.names import name_in
from hall.notices.notice_faults import FAULT_WORDS

if TYPE_CHECKING:
    from hall.notices.notice_search import NoticeDetails


def details_words(say: Say, language: str, details: NoticeDetails, moment: datetime) -> str:
    """`moment`: when it was issued, local."""
    found = details.found
    lines = [
        "  ".join(
            part for part in (found.serial, moment.strftime("%Y-%m-%d %H:%M"), found.ticket) if part
        ),
        f"{found.service_code} {name_in(found.service, language)}",
    ]
    who = f"{found.clerk}（{found.staff_number}）"
    if found.counter is None:
        lines.append(say(_("Issued by {clerk}"), clerk=who))
    else:
        words = _("Issued by {clerk} at counter {counter}")
        lines.append(say(words, clerk=who, counter=found.counter))
    if found.corrected_by:
        words = _("Counts no more: corrected by {serial}.")
        lines.append(say(words, serial=found.corrected_by))
    if found.corrects:
        words = _("Corrects {serial}: {fault}; answerable {clerk}")
        fault = say(FAULT_WORDS[details.fault]) if details.fault in FAULT_WORDS else details.fault
        lines.append(say(words, serial=found.corrects, fault=fault, clerk=details.answerable))
    if not details.papers:
        lines.append(say(_("No paper was missing or wrong.")))
    for paper in details.papers:
        mark = say(MARKS[Finding(paper.finding)])
        what = f"：{paper.what}" if paper.what else ""
        lines.append(f"{mark}  {paper.number} {name_in(paper.names, language)}{what}")
    if details.remark:
        lines.append(say(_("Remark: {remark}"), remark=details.remark))
    return "\n".join(lines)
