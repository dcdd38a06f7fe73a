"""A print job as the pictures that are printed, one for each piece of paper."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from devices.printing.drawing.paper import Paper
from devices.printing.drawing.slip_layout import Sheet
from devices.printing.slips import notice_slip, ticket_slip

if TYPE_CHECKING:
    from PIL.Image import Image


def write_all(
    papers: list[Paper], job_kind: str, content: Mapping[str, Any], reprint: bool
) -> None:
    """Raises ValueError for a kind of job nobody knows."""
    if job_kind == "ticket":
        ticket_slip.write(papers[0], content, reprint)
    elif job_kind == "notice":
        for paper, copy in zip(papers, notice_slip.COPIES, strict=True):
            notice_slip.write(paper, content, copy, reprint)
    else:
        raise ValueError(f"no slip for a job of kind {job_kind!r}")


def count_of(job_kind: str) -> int:
    """How many pieces of paper a job is."""
    return len(notice_slip.COPIES) if job_kind == "notice" else 1


def pictures_of(
    job_kind: str, content: Mapping[str, Any], width_dots: int, reprint: bool = False
) -> list[Image]:
    """Black-and-white pictures, a ticket's one or a notice's two copies.

    `width_dots` is 384 or 576. Raises fonts.NoFont, and whatever content that is no content of
    such a job leads to.
    """
    sheets = [Sheet(width_dots) for _ in range(count_of(job_kind))]
    write_all(list(sheets), job_kind, content, reprint)
    return [sheet.picture() for sheet in sheets]


def sha256(pictures: list[Image]) -> str:
    """Of the dots, all pictures in order, with their sizes: what is kept of what was sent."""
    digest = hashlib.sha256()
    for picture in pictures:
        digest.update(f"{picture.width}x{picture.height}\n".encode())
        digest.update(picture.tobytes())
    return digest.hexdigest()
