"""公民身份号码: what the number of an identity card says of itself (GB 11643-1999).

Cards of residents from Hong Kong, Macao and Taiwan and of foreigners with permanent residence
(GB 11643 as amended in 2018 and 2023) are counted the same way.
"""

from dataclasses import dataclass, field
from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from hall.errors.identity import (
    BirthDateWrong,
    CheckDigitWrong,
    IdentityCharacters,
    IdentityLength,
    OldIdentityCard,
)
from hall.names import plain

LENGTH, OLD_LENGTH = 18, 15
OLDEST = 130
"""Years; a date of birth longer ago was mistyped."""
SHOWN = 4
"""So many of the last characters are shown to whoever compares it with the card."""


@dataclass(frozen=True)
class IdentityNumber:
    text: str = field(repr=False)
    born_on: date = field(repr=False)

    def age(self, today: date) -> int:
        """In whole years."""
        had_birthday = (today.month, today.day) >= (self.born_on.month, self.born_on.day)
        return today.year - self.born_on.year - (not had_birthday)

    @property
    def last(self) -> str:
        return self.text[-SHOWN:]


def read(text: str, today: date) -> IdentityNumber:
    """Raises, and each says what is wrong: IdentityLength, OldIdentityCard, IdentityCharacters,
    BirthDateWrong, CheckDigitWrong.

    The first six digits are not looked up: a card outlives the district that issued it.
    """
    number = "".join(plain(text).split()).upper()
    if len(number) == OLD_LENGTH and number.isdecimal():
        raise OldIdentityCard()
    if len(number) != LENGTH:
        raise IdentityLength(count=len(number))
    if not (number.isascii() and number[:-1].isdecimal() and number[-1] in "0123456789X"):
        raise IdentityCharacters()
    try:
        born_on = ric.get_birth_date(number)
    except ValidationError as error:
        raise BirthDateWrong() from error
    if not today.year - OLDEST <= born_on.year or born_on > today:
        raise BirthDateWrong()
    if ric.calc_check_digit(number) != number[-1]:
        raise CheckDigitWrong()
    return IdentityNumber(number, born_on)
