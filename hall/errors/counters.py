"""What a counter may not do as it stands, and who sits there."""

from hall.errors import Refused
from hall.marked import _


class PauseOver(Refused):
    code = "pause_over"
    words = _("{until} has passed already.")


class LastCounter(Refused):
    code = "last_counter"
    words = _(
        "Counter {counter} is the last open one for {groups}. Let the other person of its post "
        "sign in, or ask the duty manager for leave."
    )


class HelpOver(Refused):
    code = "help_over"
    words = _("That call for help is over: answered, withdrawn, or not so any more.")


class HelpElsewhere(Refused):
    code = "help_elsewhere"
    words = _("That call for help was made at another place.")


class UnknownCounter(Refused):
    code = "unknown_counter"
    words = _("There is no counter {counter}.")


class UnknownClerk(Refused):
    code = "unknown_clerk"
    words = _("There is no clerk with staff number {clerk}.")


class CounterNotOpen(Refused):
    code = "counter_not_open"
    words = _("Counter {counter} is not open.")


class CounterPausedNow(Refused):
    code = "counter_paused"
    words = _("Counter {counter} is paused; open it again first.")


class CounterTaken(Refused):
    """`by`: the staff number of who wanted it."""

    code = "counter_taken"
    words = _("Counter {counter} is open already, with clerk {clerk}.")


class ClerkElsewhere(Refused):
    code = "clerk_elsewhere"
    words = _("Clerk {clerk} is at counter {counter}; close that one first.")


class GroupLeftWithoutCounter(Refused):
    code = "group_left_without_counter"
    words = _("No counter would take {group} any more; let another counter take it first.")


class UnknownGroup(Refused):
    code = "unknown_group"
    words = _("There is no group of matters {group}.")


class NoGroupChosen(Refused):
    code = "no_group_chosen"
    words = _("A counter takes at least one group of matters; to stop its work, pause or close it.")


class GroupsChanged(Refused):
    code = "groups_changed"
    words = _(
        "Somebody has changed what counter {counter} takes meanwhile; nothing was done. Look again."
    )


class NothingToRelease(Refused):
    code = "nothing_to_release"
    words = _("{number} waits in the line for every counter that takes it; nothing keeps it.")
