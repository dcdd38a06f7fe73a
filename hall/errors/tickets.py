"""What the course of a ticket does not allow."""

from hall.errors import Refused
from hall.marked import _


class UnknownTicket(Refused):
    code = "unknown_ticket"
    words = _("There is no ticket {number} today.")


class AlreadyBack(Refused):
    code = "already_back"
    words = _("{number} was taken for this notice today and is {state}; it stays good.")


class TicketInHand(Refused):
    code = "ticket_in_hand"
    words = _("Counter {counter} still has {number}: finish it or mark it absent first.")


class NoTicketInHand(Refused):
    code = "no_ticket_in_hand"
    words = _("Counter {counter} has no ticket in hand.")


class ChangedMeanwhile(Refused):
    code = "changed_meanwhile"
    words = _("Counter {counter} has {number} in hand by now; nothing was done. Look again.")


class AlreadyStarted(Refused):
    code = "already_started"
    words = _("{number} is being served already.")


class TicketNotCallable(Refused):
    code = "ticket_not_callable"
    words = _("{number} cannot be called: it is {state}.")


class NotServedHere(Refused):
    code = "not_served_here"
    words = _("Counter {counter} does not take the matter of {number}.")


class MatterNotTakenHere(NotServedHere):
    code = "matter_not_taken_here"
    words = _("Counter {counter} does not take the matter {service}.")


class NotCalledEnough(Refused):
    code = "not_called_enough"
    words = _("{number} was called {calls} of {needed} times; call again before marking it absent.")


class RecallLimitReached(Refused):
    code = "recall_limit_reached"
    words = _("{number} was called {calls} times; serve it or mark it absent.")


class NotNow(Refused):
    """A step the course of a ticket does not have from where it is."""

    code = "not_now"
    words = _("{number} is {state}; that is not possible now.")


class NotHeld(Refused):
    code = "not_held"
    words = _("{number} is not put aside.")


class TakenUpElsewhere(NotHeld):
    code = "taken_up_elsewhere"
    words = _("{number} is not put aside any more: counter {counter} has it in hand.")


class TransferToNowhere(Refused):
    code = "transfer_to_nowhere"
    words = _("Nobody at an open counter takes that; {number} would wait for ever.")


class TransferToItself(Refused):
    code = "transfer_to_itself"
    words = _("{number} is there already.")


class NothingToUndo(Refused):
    code = "nothing_to_undo"
    words = _("Nothing to undo at counter {counter}: only its last step can be, for {seconds} s.")


class StepFollowed(Refused):
    code = "step_followed"
    words = _(
        "Counter {counter} has done something else meanwhile; nothing was undone. Look again."
    )


class UndoTooLate(Refused):
    code = "undo_too_late"
    words = _("Something else has happened to {number} since; the step cannot be undone.")


class DoneSince(UndoTooLate):
    """What is written stands: a notice is in the citizen's hand, a matter counts as done."""

    code = "done_since"
    words = _(
        "{number} had a matter recorded or a notice issued since: the citizen was here, and the "
        "step cannot be undone. Finish it, or strike the matter out."
    )


class NotAbsent(Refused):
    code = "not_absent"
    words = _("{number} is not marked absent.")


class TicketMoved(Refused):
    code = "ticket_moved"
    words = _("{number} is {state} by now; nothing was done. Look again.")
