"""Words of people beside the journal, where they can be erased; refusals found at once"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

REFUSED = sa.text(
    "what IN ('account.counter_taken', 'account.locked', 'account.not_allowed', "
    "'account.not_responsible', 'account.refused')"
)


def upgrade() -> None:
    op.create_table(
        "journal_words",
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["hall.id"], name=op.f("fk_journal_words_hall_id_hall")
        ),
        sa.PrimaryKeyConstraint("hall_id", "sequence", name=op.f("pk_journal_words")),
    )
    op.create_index(
        "ix_journal_refused",
        "journal",
        ["hall_id", "sequence"],
        sqlite_where=REFUSED,
        postgresql_where=REFUSED,
    )
    op.create_index("ix_notice_service", "notice", ["service_id", "issued_at"])
    op.create_index("ix_service_code", "service", ["hall_id", "code"])


def downgrade() -> None:
    op.drop_index("ix_service_code", table_name="service")
    op.drop_index("ix_notice_service", table_name="notice")
    op.drop_index("ix_journal_refused", table_name="journal")
    op.drop_table("journal_words")
