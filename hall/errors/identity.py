"""What is wrong with an identity card, or with a second number for it."""

from hall.errors import Refused
from hall.marked import _


class RealNameWanted(Refused):
    code = "real_name_wanted"
    words = _("{service}: a number is given with the number of an identity card only.")


class IdentityLength(Refused):
    """`count`: how many characters it has."""

    code = "identity_length"
    words = _("An identity card number has 18 characters; these are {count}.")


class OldIdentityCard(Refused):
    code = "old_identity_card"
    words = _("This is a number with 15 digits, of an old card; please use the present one's 18.")


class IdentityCharacters(Refused):
    code = "identity_characters"
    words = _("An identity card number is 17 digits and a last digit or X.")


class BirthDateWrong(Refused):
    code = "birth_date_wrong"
    words = _("Digits 7 to 14 are the date of birth, and these are none; please look again.")


class CheckDigitWrong(Refused):
    code = "check_digit_wrong"
    words = _("The last character does not go with the others: one of them is mistyped.")


class HasNumber(Refused):
    """`number`: of the ticket the same person has for the matter; `ticket_id`: its row."""

    code = "has_number"
    words = _("You have a number for this matter already: {number}.")


class NoProofAsked(Refused):
    code = "no_proof_asked"
    words = _("{number} waits as everybody does: there is nothing to prove.")


class PersonLimitReached(Refused):
    code = "person_limit_reached"
    words = _("One person gets {limit} numbers a day at most.")
