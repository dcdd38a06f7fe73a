"""材料自查单: what a citizen found missing at the kiosk, with all a notice tells about the matter.

Content as `notice_slip`, without clerk and ticket. Of a citizen who reads another language:
    language
    in_language: what is missing, rows of number, name, facts
"""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Mark, Paper, Size
from devices.printing.slips import document, notice_slip
from devices.printing.slips.page import Page
from devices.printing.slips.values import moment, name, text_of
from hall.marked import _
from hall.wording import Wording


def write(paper: Paper, content: Mapping[str, Any], copy: str, reprint: bool) -> None:
    page = document.begin(paper, content, _("Papers to bring"), copy, reprint=reprint)
    page.fact(_("Serial"), page.text("serial"))
    document.write_service(page)
    page.fact(_("Kind of case"), page.text("kind"))
    page.fact(_("Printed at"), moment(content.get("issued_at")))
    notice_slip.write_summary(page)
    page.paper.paragraph(
        page.say(_("You have checked this yourself; the counter looks at the papers again.")),
        Size.BODY,
    )
    write_in_language(page)
    paper.rule(heavy=True)
    notice_slip.write_contents(page)
    paper.rule(heavy=True)
    document.write_contacts(page)
    document.end(page, _("With all papers, hold this code under the reader of the kiosk"))


def write_in_language(page: Page) -> None:
    """What is missing, for who reads no Chinese; the office's own words stay in Chinese."""
    rows = page.rows("in_language")
    if not rows:
        return
    language = page.text("language")
    theirs = Page(page.paper, page.content, Wording(language), Size.SMALL)
    page.paper.rule()
    page.paper.paragraph(name(page.content.get("service"), language), Size.BODY, heavy=True)
    theirs.heading(_("Papers to bring"))
    for row in rows:
        page.paper.item(
            text_of(row.get("number")),
            text_of(row.get("name")),
            [text_of(row.get("facts"))],
            "",
            Mark.PLAIN,
            Size.BODY,
        )
    theirs.advice(_("With all papers, hold this code under the reader of the kiosk"))
