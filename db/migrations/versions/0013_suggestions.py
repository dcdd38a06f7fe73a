"""The suggestion box"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OPEN = sa.text("answered_at IS NULL")
KINDS = "kind IN ('praise', 'suggestion', 'criticism')"
SUBJECTS = "subject IN ('waiting', 'staff', 'papers', 'place', 'machines', 'other')"


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_suggestion_kind")),
        sa.CheckConstraint(SUBJECTS, name=op.f("ck_suggestion_subject")),
        sa.CheckConstraint("number > 0", name=op.f("ck_suggestion_number_positive")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_suggestion_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counter.id"], name=op.f("fk_suggestion_counter_id_counter")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["clerk.id"], name=op.f("fk_suggestion_answered_by_id_clerk")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint(
            "hall_id", "year", "number", name=op.f("uq_suggestion_hall_id_year_number")
        ),
    )
    op.create_index(
        "ix_suggestion_open",
        "suggestion",
        ["hall_id", "id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_suggestion_made", "suggestion", ["hall_id", "place", "made_at"])


def downgrade() -> None:
    op.drop_table("suggestion")
