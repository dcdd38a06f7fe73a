"""Amounts in fen as they stand on a payment slip, in figures and in capital characters."""

FIGURES = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
LIMIT_FEN = 10**18
"""From here on there is no word for the group; such an amount stands in figures alone."""


def in_figures(fen: int) -> str:
    """ "¥1,370.50"."""
    return f"{'-' if fen < 0 else ''}¥{abs(fen) // 100:,}.{abs(fen) % 100:02}"


def in_capitals(fen: int) -> str:
    """ "人民币壹仟叁佰柒拾元伍角整": what cannot be altered with a stroke of the pen.

    By the rules for filling in bills: 零 once for any zeros in between, 整 when no fen follow.
    Empty from LIMIT_FEN on.
    """
    if abs(fen) >= LIMIT_FEN:
        return ""
    yuan, jiao, rest = abs(fen) // 100, abs(fen) // 10 % 10, abs(fen) % 10
    told = whole_number(yuan) + "元" if yuan else ""
    if jiao:
        told += FIGURES[jiao] + "角"
    elif rest and yuan:
        told += "零"
    told += FIGURES[rest] + "分" if rest else "整"
    if not fen:
        told = "零元整"
    return "人民币" + ("负" if fen < 0 else "") + told


def whole_number(number: int) -> str:
    told, zero = "", False
    for group in reversed(range(len(GROUPS))):
        four = number // 10_000**group % 10_000
        for place in reversed(range(4)):
            figure = four // 10**place % 10
            if figure:
                told += ("零" if zero and told else "") + FIGURES[figure] + PLACES[place]
            zero = not figure
        if four:
            told += GROUPS[group]
    return told
