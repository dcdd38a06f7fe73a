"""Passwords, and who is signed in where"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credential",
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("failed >= 0", name=op.f("ck_credential_failed_counted")),
        sa.ForeignKeyConstraint(
            ["clerk_id"], ["clerk.id"], name=op.f("fk_credential_clerk_id_clerk")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_credential_hall_id_hall")),
        sa.PrimaryKeyConstraint("clerk_id", name=op.f("pk_credential")),
    )
    op.create_index(op.f("ix_credential_hall_id"), "credential", ["hall_id"])
    op.create_table(
        "unknown_sign_in",
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["hall.id"], name=op.f("fk_unknown_sign_in_hall_id_hall")
        ),
        sa.PrimaryKeyConstraint("hall_id", "digest", name=op.f("pk_unknown_sign_in")),
    )
    op.create_table(
        "sign_in",
        sa.Column("clerk_id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["clerk_id"], ["clerk.id"], name=op.f("fk_sign_in_clerk_id_clerk")),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counter.id"], name=op.f("fk_sign_in_counter_id_counter")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_sign_in_hall_id_hall")),
        sa.PrimaryKeyConstraint("clerk_id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("counter_id", name=op.f("uq_sign_in_counter_id")),
    )


def downgrade() -> None:
    op.drop_table("sign_in")
    op.drop_table("unknown_sign_in")
    op.drop_table("credential")
