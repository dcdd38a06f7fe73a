"""What the hall tells of itself, as paragraphs in the visitor's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from hall.catalogue.office_words import office_words
from hall.marked import _
from hall.names import name_in
from kiosk.guide.guide_pages import Paragraph

if TYPE_CHECKING:
    from hall.guide_view import Commitment, Guide, Member

Say = Callable[..., str]
Part = Literal["commitments", "staff", "bulletins", "box"]

TITLES: dict[Part, str] = {
    "commitments": _("Time limits and fees"),
    "staff": _("Who works here"),
    "bulletins": _("Bulletins"),
    "box": _("Suggestion box"),
}
ABOUT: dict[Part, str] = {
    "commitments": _("What the hall promises for each matter"),
    "staff": _("Names, posts, matters, telephone of the supervision"),
    "bulletins": _("What is announced today"),
    "box": _("Praise, suggest, criticise: three touches, no typing"),
}
NO_BULLETIN = _("Nothing is announced today.")
READING = _("One moment, please…")


def paragraphs(part: Part, guide: Guide | None, say: Say, language: str) -> list[Paragraph]:
    """`guide`: None while it is read."""
    if guide is None:
        return [Paragraph(say(READING))]
    match part:
        case "commitments":
            return [commitment(one, say, language) for one in guide.commitments]
        case "staff":
            phone = say(_("Supervision, complaints: {phone}"), phone=guide.supervision_phone)
            head = [Paragraph(phone)] if guide.supervision_phone else []
            return head + [member(one, say, language) for one in guide.members]
        case _:
            told = [Paragraph(name_in(one.text, language)) for one in guide.bulletins]
            return told or [Paragraph(say(NO_BULLETIN))]


def commitment(one: Commitment, say: Say, language: str) -> Paragraph:
    told = []
    if one.promised:
        told.append(say(_("Promised: {limit}"), limit=office_words(one.promised, say, language)))
    if one.statutory:
        told.append(say(_("By law: {limit}"), limit=office_words(one.statutory, say, language)))
    if one.fee:
        told.append(say(_("Fee: {fee}"), fee=office_words(one.fee, say, language)))
    if one.phone:
        told.append(say(_("Telephone: {phone}"), phone=one.phone))
    return Paragraph(f"{one.prefix}  {name_in(one.names, language)}", ("  ".join(told),))


def member(one: Member, say: Say, language: str) -> Paragraph:
    title = f"{one.name}  {one.staff_number}"
    if one.is_party_member:
        title += f"  {say(_('Party member'))}"
    told = [part for part in (one.department, one.title) if part]
    if one.counters:
        numbers = say(", ").join(str(number) for number in one.counters)
        told.append(say(_("counter {counter}"), counter=numbers))
    if one.phone:
        told.append(say(_("Telephone: {phone}"), phone=one.phone))
    services = say(", ").join(name_in(names, language) for names in one.services)
    return Paragraph(title, tuple(line for line in ("  ".join(told), services) if line))
