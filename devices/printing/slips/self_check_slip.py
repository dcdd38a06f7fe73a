"""材料自查单: what a citizen found missing at the kiosk, with all a notice tells about the matter.

Content as `notice_slip`, without clerk and ticket.
"""

from collections.abc import Mapping
from typing import Any

from devices.printing.drawing.paper import Paper, Size
from devices.printing.slips import document, notice_slip
from devices.printing.slips.values import moment
from hall.marked import _


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
    paper.rule(heavy=True)
    notice_slip.write_contents(page)
    paper.rule(heavy=True)
    document.write_contacts(page)
    document.end(page, _("With all papers, hold this code under the reader of the kiosk"))
