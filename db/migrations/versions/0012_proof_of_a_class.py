"""Whether the proof of a priority class was seen"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In one statement: a table of millions of tickets is not written anew for it.
    op.execute(
        "ALTER TABLE ticket ADD COLUMN proof VARCHAR NOT NULL DEFAULT '' "
        "CONSTRAINT ck_ticket_proof CHECK (proof IN ('', 'asked', 'seen', 'missing'))"
    )


def downgrade() -> None:
    with op.batch_alter_table("ticket") as ticket:
        ticket.drop_constraint(op.f("ck_ticket_proof"), type_="check")
        ticket.drop_column("proof")
