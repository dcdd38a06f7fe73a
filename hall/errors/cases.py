"""What cannot be recorded of a visit, or said of it."""

from hall.errors import Refused
from hall.marked import _


class TooManyCases(Refused):
    code = "too_many_cases"
    words = _("{number} has {limit} matters already; for more, take a new number.")


class UnknownCase(Refused):
    code = "unknown_case"
    words = _("That matter of {number} is not recorded any more.")


class CaseOfAnotherCounter(Refused):
    code = "case_of_another_counter"
    words = _("Counter {counter} recorded that matter; only it can strike it out.")


class MattersRecorded(Refused):
    """Who is absent has had nothing done."""

    code = "matters_recorded"
    words = _("Matters of {number} are recorded here: finish it, or strike them out first.")


class NoticeGiven(Refused):
    """As `MattersRecorded`; a notice cannot be struck out."""

    code = "notice_given"
    words = _("{number} was given a notice here, so the citizen has come: finish it.")


class AssistanceTooLong(Refused):
    code = "assistance_too_long"
    words = _("Say in at most {most} characters what help is needed.")


class AlreadyRated(Refused):
    code = "already_rated"
    words = _("The visit of {number} has been rated already; a visit is rated once.")


class VisitNotOver(Refused):
    code = "visit_not_over"
    words = _("The visit of {number} is not over; it can be rated when it is.")


class NoSuchRating(Refused):
    code = "no_such_rating"
    words = _("A rating has 1 to 5 stars, not {stars}.")
