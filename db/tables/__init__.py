"""All tables; importing this package makes the metadata complete."""

from db.tables.accounts import Credential, SignIn, UnknownSignIn
from db.tables.cases import Case, CaseResult, Rating
from db.tables.catalogue import CatalogueVersion, Material, Service, ServiceGroup
from db.tables.counters import Clerk, Counter, CounterGroup, CounterState, Post, Role
from db.tables.halls import Bulletin, Hall, NumberSeries, Setting
from db.tables.inquiries import Inquiry, InquiryChannel, InquiryState, InquiryStep
from db.tables.journal import JournalEntry, JournalWords
from db.tables.messages import CounterMessage, HelpKind, HelpRequest
from db.tables.notices import MaterialFinding, Notice, NoticeFault, NoticeMaterial
from db.tables.outbox import (
    Announcement,
    AnnouncementState,
    SpeakerZone,
)
from db.tables.paces import GroupPace, ServicePace
from db.tables.printing import (
    AttemptOutcome,
    PrintAttempt,
    PrinterHealth,
    PrinterState,
    PrintJob,
    PrintJobKind,
    PrintJobState,
    SlipPicture,
)
from db.tables.real_names import RealName, RealNameKey
from db.tables.self_checks import SelfCheck
from db.tables.suggestions import Suggestion, SuggestionKind, SuggestionSubject
from db.tables.tickets import (
    Call,
    CallKind,
    PriorityClass,
    Proof,
    Ticket,
    TicketOrigin,
    TicketState,
    number_text,
)

__all__ = [
    "Announcement",
    "AnnouncementState",
    "AttemptOutcome",
    "Bulletin",
    "Call",
    "CallKind",
    "Case",
    "CaseResult",
    "CatalogueVersion",
    "Clerk",
    "Counter",
    "CounterGroup",
    "CounterMessage",
    "CounterState",
    "Credential",
    "GroupPace",
    "Hall",
    "HelpKind",
    "HelpRequest",
    "Inquiry",
    "InquiryChannel",
    "InquiryState",
    "InquiryStep",
    "JournalEntry",
    "JournalWords",
    "Material",
    "MaterialFinding",
    "Notice",
    "NoticeFault",
    "NoticeMaterial",
    "NumberSeries",
    "Post",
    "PrintAttempt",
    "PrintJob",
    "PrintJobKind",
    "PrintJobState",
    "PrinterHealth",
    "PrinterState",
    "PriorityClass",
    "Proof",
    "Rating",
    "RealName",
    "RealNameKey",
    "Role",
    "SelfCheck",
    "Service",
    "ServiceGroup",
    "ServicePace",
    "Setting",
    "SignIn",
    "SlipPicture",
    "SpeakerZone",
    "Suggestion",
    "SuggestionKind",
    "SuggestionSubject",
    "Ticket",
    "TicketOrigin",
    "TicketState",
    "UnknownSignIn",
    "number_text",
]
