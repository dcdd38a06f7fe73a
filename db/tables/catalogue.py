"""What the hall does: groups, services and the materials each takes, by catalogue version."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.columns import Json, UtcDateTime


class CatalogueVersion(SQLModel, table=True):
    __tablename__ = "catalogue_version"
    __table_args__ = (UniqueConstraint("hall_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    version: int
    source_sha256: str
    """Of the workbook it was read from."""
    imported_at: datetime = Field(sa_type=UtcDateTime, nullable=False)


class ServiceGroup(SQLModel, table=True):
    """业务类别. Lasts across catalogue versions, so that tickets already out stay callable."""

    __tablename__ = "service_group"
    __table_args__ = (
        UniqueConstraint("hall_id", "code"),
        UniqueConstraint("hall_id", "prefix"),
        CheckConstraint("length(prefix) BETWEEN 1 AND 2", name="prefix_length"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    code: str
    """The name the workbook uses for it; never changes."""
    names: dict[str, str] = Field(sa_type=Json, nullable=False)
    prefix: str
    """The letter before its ticket numbers; kept for good, also when the group is withdrawn."""
    position: int
    withdrawn: bool = False


class Service(SQLModel, table=True):
    """事项, as one catalogue version describes it; the fields of the office's 办事指南."""

    __table_args__ = (
        UniqueConstraint("hall_id", "catalogue_version", "code"),
        # A matter through all versions of the catalogue.
        Index("ix_service_code", "hall_id", "code"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    hall_id: int = Field(foreign_key="hall.id")
    catalogue_version: int
    code: str
    group_id: int = Field(foreign_key="service_group.id")
    names: dict[str, str] = Field(sa_type=Json, nullable=False)
    kind: str
    """办件类型: 即办件, 承诺件, 联办件, 上报件, 补办件, 退回件."""
    legal_basis: str
    conditions: str
    procedure: str
    statutory_limit: str
    promised_limit: str
    minutes: int
    """How long serving it usually takes, until the hall's own pace is known."""
    bookable: bool
    department: str
    approval: str
    """Who must approve (审批环节)."""
    fee: str
    phone: str
    remedy: str
    """What one can do against the decision (补救途径)."""
    position: int
    translations: dict[str, dict[str, str]] = Field(
        default_factory=dict, sa_type=Json, nullable=False
    )
    """Field → language → text, of conditions, limits, fee; what is not there is Chinese only."""


class Material(SQLModel, table=True):
    __table_args__ = (
        UniqueConstraint("service_id", "number"),
        CheckConstraint("number > 0", name="number_positive"),
    )

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id")
    number: int
    names: dict[str, str] = Field(sa_type=Json, nullable=False)
    form: str
    """Original, copy, sealed… (形式要求)."""
    copies: str
    how_to_fill: str = ""
    source: str = ""
    """Who issues it (来源渠道)."""
    required: bool
    translations: dict[str, dict[str, str]] = Field(
        default_factory=dict, sa_type=Json, nullable=False
    )
    """As of a service: form, how_to_fill, source."""
