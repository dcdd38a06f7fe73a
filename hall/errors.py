"""What the rules refuse, each named for its reason; the faces put it in words.

`words` are the English source of the sentence; `hall.wording` has it in the reader's language.
"""

from typing import Any, ClassVar

from db.faults import DatabaseFault
from hall.marked import _


class Refused(Exception):
    """A rule says no; nothing was changed."""

    code: ClassVar[str] = "refused"
    """For programs: the `error` of `--json`."""
    words: ClassVar[str]

    further: tuple[str, ...] = ()
    """Sentences after it, of the same facts: what else one can do."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.words.format(**facts))


class SettingsWrong(DatabaseFault):
    """The settings file or a JIAOHAO_ variable cannot be used; `detail` names the place."""


class UnknownService(Refused):
    code = "unknown_service"
    words = _("There is no service {service}.")


class ServiceWithdrawn(Refused):
    code = "service_withdrawn"
    words = _("{service} is not offered any more; please choose again.")


class NoNumbersNow(Refused):
    """`again`: when there are, in the hall's own time. `phone`, `bookable`: of the matter."""

    code = "no_numbers_now"
    words = _("No numbers are given now.")
    short = _("Numbers from {again}")
    """On a button."""

    def __init__(self, *, phone: str = "", bookable: bool = False, **facts: Any) -> None:
        super().__init__(phone=phone, **facts)
        self.further = tuple(
            words
            for words, holds in (
                (_("Numbers are given again from {again}."), facts.get("again") is not None),
                (_("Ask on the telephone: {phone}."), bool(phone)),
                (_("This matter can be booked ahead at the information desk."), bookable),
            )
            if holds
        )


class DayOff(NoNumbersNow):
    code = "day_off"
    words = _("The hall is closed today.")


class ClosedDay(NoNumbersNow):
    code = "closed_day"
    words = _("The hall is closed today: {reason}.")


class ClosedForLong(NoNumbersNow):
    code = "closed_for_long"
    words = _("The hall gives no numbers for the time being.")
    short = _("No numbers now")


class NotYetOpen(NoNumbersNow):
    code = "not_yet_open"
    words = _("It is too early for a number.")


class NoonBreak(NoNumbersNow):
    code = "noon_break"
    words = _("No numbers are given before the noon break is over.")


class AfterHours(NoNumbersNow):
    code = "after_hours"
    words = _("No more numbers are given today.")


class TimeTooShort(NoNumbersNow):
    code = "time_too_short"
    words = _(
        "The {minutes} min of office hours left are too few for those who wait and your matter."
    )


class QuotaReached(NoNumbersNow):
    code = "quota_reached"
    words = _("All {quota} numbers of this matter for this session are taken.")


class UnknownZone(Refused):
    code = "unknown_zone"
    words = _("No counter stands in a zone “{zone}”.")


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


class MessageEmpty(Refused):
    code = "message_empty"
    words = _("Write what is to be told.")


class UnknownMessage(Refused):
    code = "unknown_message"
    words = _("Counter {counter} has no such message.")


class NobodyToTell(Refused):
    code = "nobody_to_tell"
    words = _("Nobody sits at a counter now.")


class UnknownCounter(Refused):
    code = "unknown_counter"
    words = _("There is no counter {counter}.")


class UnknownClerk(Refused):
    code = "unknown_clerk"
    words = _("There is no clerk with staff number {clerk}.")


class UnknownTicket(Refused):
    code = "unknown_ticket"
    words = _("There is no ticket {number} today.")


class UnknownNotice(Refused):
    code = "unknown_notice"
    words = _("There is no notice {serial}.")


class UnknownMaterial(Refused):
    code = "unknown_material"
    words = _("Service {service} has no material {material}.")


class NothingToTell(Refused):
    code = "nothing_to_tell"
    words = _("Tick what is missing or wrong first: a notice without it tells nothing.")


class RemarkTooLong(Refused):
    code = "remark_too_long"
    words = _("The remark has {count} characters; a notice has room for {most}.")


class TextTooLong(Refused):
    code = "text_too_long"
    words = _("“{beginning}…” has {count} characters; there is room for {most}.")


class PaperUnnamed(Refused):
    code = "paper_unnamed"
    words = _("Say which paper is asked for besides those listed.")


class ForbiddenPhrase(Refused):
    code = "forbidden_phrase"
    words = _("“{phrase}” is not said to citizens. Say for instance: {instead}")


class ForbiddenPhraseOfHall(ForbiddenPhrase):
    """One the hall has added without saying what to say instead."""

    words = _("“{phrase}” is not said to citizens in this hall; please put it otherwise.")


class AlreadyCorrected(Refused):
    code = "already_corrected"
    words = _("{serial} has been corrected already; what counts is {by}. Correct that one.")


class AlreadyBack(Refused):
    code = "already_back"
    words = _("{number} was taken for this notice today and is {state}; it stays good.")


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


class PersonalNumber(Refused):
    code = "personal_number"
    words = _("No telephone, identity card or account numbers here: say only what help is needed.")


class AlreadyRated(Refused):
    code = "already_rated"
    words = _("The visit of {number} has been rated already; a visit is rated once.")


class VisitNotOver(Refused):
    code = "visit_not_over"
    words = _("The visit of {number} is not over; it can be rated when it is.")


class NoSuchRating(Refused):
    code = "no_such_rating"
    words = _("A rating has 1 to 5 stars, not {stars}.")


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


class NotAbsent(Refused):
    code = "not_absent"
    words = _("{number} is not marked absent.")


class NeverPrinted(Refused):
    code = "never_printed"
    words = _("There is no slip of it to print again.")


class PrintWaits(Refused):
    code = "print_waits"
    words = _("A print of it waits already.")


class TicketVoid(Refused):
    code = "ticket_void"
    words = _("{number} is void ({state}); its slip is not printed again.")


class ReprintLimitReached(Refused):
    code = "reprint_limit_reached"
    words = _("It has been printed again {limit} times already; take a new number instead.")


class ReasonMissing(Refused):
    code = "reason_missing"
    words = _("Say why.")


class TicketsLeftWithoutCounter(Refused):
    code = "tickets_left_without_counter"
    words = _("{count} tickets still wait for {group}, which no counter would take any more.")


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


class TicketMoved(Refused):
    code = "ticket_moved"
    words = _("{number} is {state} by now; nothing was done. Look again.")


class UnknownBulletin(Refused):
    code = "unknown_bulletin"
    words = _("There is no bulletin {bulletin}.")


class NoEmergency(Refused):
    code = "no_emergency"
    words = _("There is no emergency now.")


class TextEmpty(Refused):
    code = "text_empty"
    words = _("Write what everyone is to be told.")


class HallExists(Refused):
    code = "hall_exists"
    words = _("This database already holds {hall}. To change its catalogue, add --update.")


class NoHallToUpdate(Refused):
    code = "no_hall_to_update"
    words = _("There is no hall to update yet; leave out --update.")


class HallCodeFixed(Refused):
    code = "hall_code_fixed"
    words = _("This hall is {hall} and stays so; the workbook says {other}. Is it the right one?")


class TimeZoneInUse(Refused):
    code = "time_zone_in_use"
    words = _("The time zone cannot change while tickets of today are open; do it tomorrow early.")


class CounterInUse(Refused):
    code = "counter_in_use"
    words = _("Counter {counter} is not in the workbook any more but at work; close it first.")


class ClerkAtWork(Refused):
    code = "clerk_at_work"
    words = _(
        "Clerk {clerk} is not in the workbook any more but sits at counter {counter}; "
        "close it first."
    )


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
