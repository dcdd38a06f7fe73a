"""A print job as the pictures that are printed, one for each piece of paper."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from devices.printing.drawing.paper import Paper
from devices.printing.drawing.slip_layout import Sheet
from devices.printing.slips import (
    appointment_slip,
    inquiry_slip,
    notice_slip,
    payment_slip,
    promise_slip,
    receipt_slip,
    refusal_slip,
    self_check_slip,
    ticket_slip,
)
from devices.printing.slips.document import CITIZEN_AND_FILE

if TYPE_CHECKING:
    from PIL.Image import Image

LAYOUT_VERSION: int = 1
"""Of all that decides where the dots of a slip fall: sizes, fonts, wording, the order of things.

An archive keeps a slip's content and this number; content drawn by the version it was printed with
has the dots that were printed. So whatever changes the dots of a slip raises it.
"""


@dataclass(frozen=True)
class Slip:
    """One kind of slip."""

    write: Callable[[Paper, Mapping[str, Any], str, bool], None]
    """Content, name of the copy, whether it is a reprint. What the content holds stands on top of
    each slip's module."""
    copies: tuple[str, ...] = ("",)
    """Their names, one for each piece of paper; the only one needs none."""


SLIPS: dict[str, Slip] = {
    "ticket": Slip(ticket_slip.write),
    "notice": Slip(notice_slip.write, CITIZEN_AND_FILE),
    "appointment": Slip(appointment_slip.write),
    "receipt": Slip(receipt_slip.write),
    "payment": Slip(payment_slip.write),
    "promise": Slip(promise_slip.write, CITIZEN_AND_FILE),
    "refusal": Slip(refusal_slip.write, CITIZEN_AND_FILE),
    "inquiry": Slip(inquiry_slip.write),
    "self_check": Slip(self_check_slip.write),
}
"""By the kind of print job."""


def slip_of(job_kind: str) -> Slip:
    """Raises ValueError for a kind of job nobody knows."""
    try:
        return SLIPS[job_kind]
    except KeyError:
        raise ValueError(f"no slip for a job of kind {job_kind!r}") from None


def write_all(
    papers: list[Paper], job_kind: str, content: Mapping[str, Any], reprint: bool
) -> None:
    """Raises ValueError for a kind of job nobody knows."""
    slip = slip_of(job_kind)
    for paper, copy in zip(papers, slip.copies, strict=True):
        slip.write(paper, content, copy, reprint)


def count_of(job_kind: str) -> int:
    """How many pieces of paper a job is; raises ValueError for a kind nobody knows."""
    return len(slip_of(job_kind).copies)


def pictures_of(
    job_kind: str, content: Mapping[str, Any], width_dots: int, reprint: bool = False
) -> list[Image]:
    """Black-and-white pictures, one for each copy.

    `width_dots` from 384, a multiple of 8; `large_print` in the content makes every size larger.
    Raises fonts.NoFont, and whatever content that is no content of such a job leads to.
    """
    large = content.get("large_print") is True
    sheets = [Sheet(width_dots, large=large) for _ in range(count_of(job_kind))]
    write_all(list(sheets), job_kind, content, reprint)
    return [sheet.picture() for sheet in sheets]


def sha256(pictures: list[Image]) -> str:
    """Of the dots, all pictures in order, with their sizes: what is kept of what was sent."""
    digest = hashlib.sha256()
    for picture in pictures:
        digest.update(f"{picture.width}x{picture.height}\n".encode())
        digest.update(picture.tobytes())
    return digest.hexdigest()
