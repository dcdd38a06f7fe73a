"""Numbers of identity cards that nobody has, made by the standard."""

from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""As GB 11643 prints them."""


def card(born_on: date, order: int = 123, district: str = "530902") -> str:
    digits = f"{district}{born_on:%Y%m%d}{order:03d}"
    remainder = sum(int(one) * weight for one, weight in zip(digits, WEIGHTS, strict=True)) % 11
    return digits + "10X98765432"[remainder]
