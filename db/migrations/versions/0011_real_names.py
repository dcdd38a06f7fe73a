"""Whose a ticket is, for its day"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "real_name_key",
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["hall.id"], name=op.f("fk_real_name_key_hall_id_hall")
        ),
        sa.PrimaryKeyConstraint("hall_id", "business_day", name=op.f("pk_real_name_key")),
    )
    op.create_table(
        "real_name",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("business_day", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("last", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_real_name_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_real_name_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_real_name")),
    )
    op.create_index("ix_real_name_person", "real_name", ["hall_id", "business_day", "digest"])


def downgrade() -> None:
    op.drop_table("real_name")
    op.drop_table("real_name_key")
