"""Why somebody is not signed in, or may not do this."""

from hall.errors import Refused
from hall.marked import _


class SignInRefused(Refused):
    """Which of the two is wrong is not told."""

    code = "sign_in_refused"
    words = _("The staff number or the password is wrong.")


class LockedOut(Refused):
    code = "locked_out"
    words = _("Too many wrong passwords; signing in is possible again from {until}.")


class PasswordMustChange(Refused):
    code = "password_must_change"
    words = _("This password is good for once only; choose your own.")


class OneTimePasswordOver(Refused):
    code = "one_time_password_over"
    words = _("This one-time password has run out; ask the administrator for a new one.")


class PasswordTooShort(Refused):
    code = "password_too_short"
    words = _("A password has at least {least} characters.")


class PasswordTooEasy(Refused):
    code = "password_too_easy"
    words = _("That is no password: it is the staff number, or one character over and over.")


class PasswordNotNew(Refused):
    code = "password_not_new"
    words = _("That is the password you have; choose another one.")


class NoPasswordYet(Refused):
    code = "no_password_yet"
    words = _("Clerk {clerk} has no password yet.")


class SignedInElsewhere(Refused):
    code = "signed_in_elsewhere"
    words = _("{clerk} is signed in at counter {counter} since {since}.")


class SignedInAtStation(SignedInElsewhere):
    words = _("{clerk} is signed in at the {station} since {since}.")


class SignedOff(Refused):
    code = "signed_off"
    words = _("You are not signed in here any more.")


class NotAllowed(Refused):
    code = "not_allowed"
    words = _("Clerk {clerk} does not have the right: {right}.")


class StaffNumberTaken(Refused):
    code = "staff_number_taken"
    words = _("There is a clerk with staff number {clerk} already: {name}.")
