"""以上作废: printed below what a slip that broke off has left on the paper."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from devices.printing.drawing.paper import Size
from devices.printing.drawing.slip_layout import Sheet
from hall.marked import _
from hall.wording import Wording

if TYPE_CHECKING:
    from PIL.Image import Image


@lru_cache(maxsize=4)
def picture(width_dots: int) -> Image:
    wording = Wording("zh")
    sheet = Sheet(width_dots)
    sheet.banner(wording.say(_("VOID ABOVE")), Size.LARGE)
    sheet.gap(0.2)
    sheet.centred(
        wording.say(_("Printing broke off here; the slip that follows is the valid one.")),
        Size.SMALL,
    )
    return sheet.picture()
