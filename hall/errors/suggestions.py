"""What the suggestion box does not take."""

from hall.errors import Refused
from hall.marked import _


class BoxFull(Refused):
    code = "box_full"
    words = _("This machine takes {limit} suggestions an hour; please ask at the information desk.")


class PhoneWrong(Refused):
    code = "phone_wrong"
    words = _("A telephone number has {least} to {most} digits.")


class UnknownSuggestion(Refused):
    code = "unknown_suggestion"
    words = _("There is no suggestion {number}.")


class SuggestionAnswered(Refused):
    code = "suggestion_answered"
    words = _("{number} is answered already.")


class AnswerMissing(Refused):
    code = "answer_missing"
    words = _("{number}: say what was done about it.")
