"""Tickets are held, transferred, sent back"""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATES = "state IN ('waiting', 'called', 'serving', 'held', 'finished', 'no_show', 'expired')"


def upgrade() -> None:
    with op.batch_alter_table("ticket") as ticket:
        ticket.add_column(sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
        for column in ("held_s", "served_s"):
            ticket.add_column(sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
        for column in ("hold_reason", "note"):
            ticket.add_column(sa.Column(column, sa.String(), nullable=False, server_default=""))
        for column, table in REFERENCES.items():
            ticket.add_column(sa.Column(column, sa.Integer(), nullable=True))
            ticket.create_foreign_key(op.f(f"fk_ticket_{column}_{table}"), table, [column], ["id"])
        ticket.drop_constraint(op.f("ck_ticket_state"), type_="check")
        ticket.create_check_constraint(op.f("ck_ticket_state"), STATES)
    op.create_index(
        "ix_ticket_held",
        "ticket",
        ["hall_id", "business_day"],
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    with op.batch_alter_table("ticket") as ticket:
        for column in ("held_s", "served_s"):
            ticket.alter_column(column, existing_type=sa.Integer(), server_default=None)
        for column in ("hold_reason", "note"):
            ticket.alter_column(column, existing_type=sa.String(), server_default=None)


REFERENCES = {
    "reserved_counter_id": "counter",
    "reserved_clerk_id": "clerk",
    "return_counter_id": "counter",
    "return_service_id": "service",
}


def downgrade() -> None:
    raise CommandError("held and transferred tickets have no place in the tables before")
