"""What citizens found missing at the kiosk"""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('ticket', 'notice', 'appointment', 'receipt', 'payment', 'promise', 'refusal', "
    "'inquiry', 'self_check')"
)


def upgrade() -> None:
    op.create_table(
        "self_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_self_check_number_positive")),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_self_check_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_self_check_service_id_service")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_self_check")),
        sa.UniqueConstraint("code", name=op.f("uq_self_check_code")),
        sa.UniqueConstraint(
            "hall_id", "year", "number", name=op.f("uq_self_check_hall_id_year_number")
        ),
    )
    op.create_index("ix_self_check_made", "self_check", ["hall_id", "made_at"])
    with op.batch_alter_table("print_job") as batch_op:
        batch_op.drop_constraint(op.f("ck_print_job_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_print_job_kind"), KINDS)


def downgrade() -> None:
    raise CommandError("lists printed at the kiosk have no place in the tables before")
