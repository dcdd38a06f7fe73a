"""All tables; importing this package makes the metadata complete."""

from db.tables.accounts import Credential, SignIn, UnknownSignIn
from db.tables.catalogue import CatalogueVersion, Material, Service, ServiceGroup
from db.tables.counters import Clerk, Counter, CounterGroup, CounterState, Post, Role
from db.tables.halls import Bulletin, Hall, NumberSeries, Setting
from db.tables.journal import JournalEntry
from db.tables.notices import MaterialFinding, Notice, NoticeMaterial
from db.tables.outbox import (
    Announcement,
    AnnouncementState,
    SpeakerZone,
)
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
from db.tables.tickets import Call, CallKind, PriorityClass, Ticket, TicketState, number_text

__all__ = [
    "Announcement",
    "AnnouncementState",
    "AttemptOutcome",
    "Bulletin",
    "Call",
    "CallKind",
    "CatalogueVersion",
    "Clerk",
    "Counter",
    "CounterGroup",
    "CounterState",
    "Credential",
    "Hall",
    "JournalEntry",
    "Material",
    "MaterialFinding",
    "Notice",
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
    "Role",
    "Service",
    "ServiceGroup",
    "Setting",
    "SignIn",
    "SlipPicture",
    "SpeakerZone",
    "Ticket",
    "TicketState",
    "UnknownSignIn",
    "number_text",
]
