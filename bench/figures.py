"""The figures of one run: a table to read, a line of history to compare with, a picture."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from PIL import Image, ImageDraw
from rich.table import Table

from devices.printing.drawing import fonts
from proof.report import machine
from proof.report import table as markdown_table

MS = 1000
NAMES = ("figure", "ours", "beside it", "ratio", "limit")
HISTORY = "bench-history.jsonl"

ROW, LEFT, WIDE, MARGIN = 44, 620, 560, 24
"""Of the picture, in dots."""
MOST = 2.0
"""Limits that the picture is wide; a bar that is longer ends with it."""
WHITE = (255, 255, 255)
GOOD, BAD, INK, PALE = (46, 125, 50), (183, 28, 28), (33, 33, 33), (224, 224, 224)


@dataclass(frozen=True)
class Figure:
    name: str
    ours: str
    beside: str = ""
    ratio: float | None = None
    limit: str = ""
    share: float | None = None
    """Of its limit; 1 is at the limit. None: it has none."""

    @property
    def cells(self) -> tuple[str, ...]:
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else ""
        return self.name, self.ours, self.beside, ratio, self.limit


class Figures:
    def __init__(self) -> None:
        self.all: list[Figure] = []

    def ratio(self, name: str, ours: float, other: float, what: str, limit: float) -> None:
        """Seconds of ours and of what it is measured against."""
        ratio = ours / other
        beside = f"{other * MS:.3f} ms {what}"
        self.all.append(
            Figure(name, f"{ours * MS:.3f} ms", beside, ratio, f"{limit} ×", ratio / limit)
        )

    def time(
        self,
        name: str,
        seconds: float,
        limit_s: float | None = None,
        beside: str = "",
        *,
        what: str = "",
        other: float | None = None,
    ) -> None:
        """`what`: of several, e.g. "p95"; `other`: seconds of what stands beside it."""
        limit = f"{limit_s * MS:g} ms {what}".strip() if limit_s is not None else ""
        share = seconds / limit_s if limit_s is not None else None
        ratio = seconds / other if other is not None else None
        ours = f"{seconds * MS:.1f} ms {what}".strip()
        self.all.append(Figure(name, ours, beside, ratio, limit, share))

    def words(self, name: str, ours: str, beside: str = "", limit: str = "") -> None:
        self.all.append(Figure(name, ours, beside, None, limit))

    def as_table(self) -> Table:
        table = Table(*NAMES, title="Jiaohao, medians")
        for figure in self.all:
            table.add_row(*figure.cells)
        return table

    def keep(self, folder: Path, today: date, waits: str) -> Path:
        """The page, its picture and a line of history; raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        picture(self.all, folder / f"bench-{today}.png")
        page = folder / f"bench-{today}.md"
        where = "; ".join(f"{name} {value}" for name, value in machine().items())
        rows = [figure.cells for figure in self.all]
        page.write_text(
            f"# How fast on {today}\n\nWritten by `make bench` on {where}. What each row is: "
            f"[benchmarks.md](../benchmarks.md).\n\n{markdown_table(NAMES, rows)}\n\n"
            f"![Each as a share of its limit](bench-{today}.png)\n\n{waits}\n"
        )
        line = {
            "date": today.isoformat(),
            "machine": machine(),
            "figures": [*map(asdict, self.all)],
        }
        with (folder / HISTORY).open("a") as history:
            history.write(json.dumps(line, ensure_ascii=False) + "\n")
        return page


def picture(figures: Sequence[Figure], file: Path) -> None:
    """Bars: each figure's share of its limit, the limit a line."""
    limited = [figure for figure in figures if figure.share is not None]
    size = (LEFT + WIDE + 3 * MARGIN, ROW * (len(limited) + 1) + 2 * MARGIN)
    image = Image.new("RGB", size, WHITE)
    draw, font = ImageDraw.Draw(image), fonts.cjk_face().at(20)
    longest = min(MOST, max([1.25, *(figure.share or 0 for figure in limited)]))
    at_limit = LEFT + WIDE / longest
    for place, figure in enumerate(limited):
        top = MARGIN + place * ROW
        share = figure.share or 0.0
        colour = GOOD if share <= 1 else BAD
        draw.text((MARGIN, top + 8), figure.name, INK, font)
        draw.rectangle((LEFT, top + 6, LEFT + WIDE, top + ROW - 8), PALE)
        length = WIDE * min(share, longest) / longest
        draw.rectangle((LEFT, top + 6, LEFT + length, top + ROW - 8), colour)
        told = (
            f"{figure.ours}  {share:.0%}" if share <= longest else f"{figure.ours}  {share:.0f} ×"
        )
        inside = length > WIDE / 2
        place_x = LEFT + 8 if inside else LEFT + length + 8
        draw.text((place_x, top + 8), told, WHITE if inside else INK, font)
    bottom = MARGIN + len(limited) * ROW
    draw.line((at_limit, MARGIN, at_limit, bottom), INK, 2)
    draw.text((at_limit - 20, bottom + 6), "limit", INK, font)
    image.save(file)
