"""Prints by subject and number, attempts, archived pictures, where printers stand"""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = "kind IN ('ticket', 'notice', 'appointment', 'receipt', 'payment', 'promise', 'refusal')"


def upgrade() -> None:
    with op.batch_alter_table("print_job") as job:
        job.add_column(sa.Column("subject", sa.String(), nullable=True))
        job.add_column(sa.Column("print_number", sa.Integer(), nullable=True))
        for column in ("reason", "asked_by"):
            job.add_column(sa.Column(column, sa.String(), nullable=False, server_default=""))
        job.add_column(sa.Column("pieces_out", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE print_job SET subject = kind || '/' || coalesce(ticket_id, notice_id), "
        "print_number = CAST(substr(key, length(kind || '/' || coalesce(ticket_id, notice_id)) + 2)"
        " AS INTEGER)"
    )
    op.create_table(
        "print_attempt",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("acknowledged_by", sa.String(), nullable=False),
        sa.Column("layout_version", sa.Integer(), nullable=False),
        sa.Column("width_dots", sa.Integer(), nullable=False),
        sa.Column("picture_sha256", sa.String(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('sending', 'printed', 'not_out', 'unknown')",
            name=op.f("ck_print_attempt_outcome"),
        ),
        sa.PrimaryKeyConstraint("job_id", "number", name=op.f("pk_print_attempt")),
    )
    # Of earlier prints only the last attempt was kept; the layout had no version yet.
    op.execute(
        "INSERT INTO print_attempt SELECT id, attempts, printer, sent_at, finished_at, "
        "CASE state WHEN 'printed' THEN 'printed' WHEN 'sending' THEN 'sending' ELSE 'unknown' END,"
        " error, '', 0, 0, picture_sha256 FROM print_job WHERE sent_at IS NOT NULL"
    )
    with op.batch_alter_table("print_job") as job:
        job.drop_constraint(op.f("uq_print_job_key"), type_="unique")
        job.drop_constraint(op.f("ck_print_job_kind"), type_="check")
        job.drop_column("key")
        job.drop_column("picture_sha256")
        job.alter_column("subject", existing_type=sa.String(), nullable=False)
        job.alter_column("print_number", existing_type=sa.Integer(), nullable=False)
        for column in ("reason", "asked_by"):
            job.alter_column(column, existing_type=sa.String(), server_default=None)
        job.alter_column("pieces_out", existing_type=sa.Integer(), server_default=None)
        job.create_check_constraint(op.f("ck_print_job_kind"), KINDS)
        job.create_unique_constraint(
            op.f("uq_print_job_hall_id_subject_print_number"),
            ["hall_id", "subject", "print_number"],
        )
    # Named only now: SQLite builds print_job anew above, which a table that refers to it forbids.
    with op.batch_alter_table("print_attempt") as batch:
        batch.create_foreign_key(
            op.f("fk_print_attempt_job_id_print_job"), "print_job", ["job_id"], ["id"]
        )
    op.create_table(
        "slip_picture",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("dots", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["print_job.id"], name=op.f("fk_slip_picture_job_id_print_job")
        ),
        sa.PrimaryKeyConstraint("job_id", "attempt", "piece", name=op.f("pk_slip_picture")),
    )
    op.create_index("ix_journal_subject", "journal", ["hall_id", "subject", "sequence"])
    with op.batch_alter_table("printer_health") as health:
        health.add_column(sa.Column("place", sa.String(), nullable=False, server_default=""))
        health.add_column(
            sa.Column("stands_in_for", sa.JSON(), nullable=False, server_default="[]")
        )
    with op.batch_alter_table("printer_health") as health:
        health.alter_column("place", existing_type=sa.String(), server_default=None)
        health.alter_column("stands_in_for", existing_type=sa.JSON(), server_default=None)


def downgrade() -> None:
    raise CommandError("prints cannot be put back into a table that forgets attempts")
