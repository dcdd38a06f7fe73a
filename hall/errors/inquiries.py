"""What an inquiry does not allow."""

from hall.errors import Refused
from hall.marked import _


class PersonalNumber(Refused):
    code = "personal_number"
    words = _("No telephone, identity card or account numbers here: say only what help is needed.")


class UnknownInquiry(Refused):
    code = "unknown_inquiry"
    words = _("There is no inquiry {number}.")


class MatterMissing(Refused):
    code = "matter_missing"
    words = _("Say in a few words what is asked.")


class ResultMissing(Refused):
    """首问责任: nothing leaves the list without a result."""

    code = "result_missing"
    words = _("An inquiry ends with a result: say what the citizen was told.")


class InquiryEnded(Refused):
    code = "inquiry_ended"
    words = _("{number} has its result already.")


class NotResponsible(Refused):
    """`by`: the staff number of who tried."""

    code = "not_responsible"
    words = _("{number} is with {name} ({clerk}): only they or the duty manager can do that.")


class HasItAlready(Refused):
    code = "has_it_already"
    words = _("{name} ({clerk}) has {number} already.")


class NoPhoneKnown(Refused):
    code = "no_phone_known"
    words = _("No telephone of {name} ({clerk}) is known, so nobody could ask; choose another.")


class HandlesNoInquiries(Refused):
    code = "handles_no_inquiries"
    words = _("{name} ({clerk}) does not handle inquiries; choose another.")


class NumberOfAPerson(PersonalNumber):
    words = _("No telephone, identity card or account numbers here; a telephone has its own field.")
