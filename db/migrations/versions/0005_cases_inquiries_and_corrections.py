"""Cases, ratings, inquiries, requests for help, messages; corrections; stand-ins' lines"""

import sqlalchemy as sa
from alembic import op
from alembic.util import CommandError

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


KINDS = (
    "kind IN ('ticket', 'notice', 'appointment', 'receipt', 'payment', 'promise', 'refusal', "
    "'inquiry')"
)


def upgrade() -> None:
    op.create_table(
        "counter_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counter.id"], name=op.f("fk_counter_message_counter_id_counter")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["hall.id"], name=op.f("fk_counter_message_hall_id_hall")
        ),
        sa.ForeignKeyConstraint(
            ["read_by_id"], ["clerk.id"], name=op.f("fk_counter_message_read_by_id_clerk")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["clerk.id"], name=op.f("fk_counter_message_sender_id_clerk")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_message")),
    )
    with op.batch_alter_table("counter_message") as batch_op:
        batch_op.create_index(
            "ix_counter_message_unread",
            ["counter_id", "id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "help_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("clerk_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'pause' OR counter_id IS NOT NULL",
            name=op.f("ck_help_request_pause_of_a_counter"),
        ),
        sa.CheckConstraint(
            "kind IN ('duty_manager', 'emergency', 'pause')", name=op.f("ck_help_request_kind")
        ),
        sa.ForeignKeyConstraint(
            ["clerk_id"], ["clerk.id"], name=op.f("fk_help_request_clerk_id_clerk")
        ),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counter.id"], name=op.f("fk_help_request_counter_id_counter")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["clerk.id"], name=op.f("fk_help_request_ended_by_id_clerk")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["hall.id"], name=op.f("fk_help_request_hall_id_hall")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_request")),
    )
    with op.batch_alter_table("help_request") as batch_op:
        batch_op.create_index(
            "uq_help_request_open",
            ["hall_id", "place", "kind"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("first_asked_id", sa.Integer(), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL)", name=op.f("ck_inquiry_ended_with_a_result")
        ),
        sa.CheckConstraint("channel IN ('in_person', 'phone')", name=op.f("ck_inquiry_channel")),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'led', 'directed')", name=op.f("ck_inquiry_state")
        ),
        sa.ForeignKeyConstraint(
            ["first_asked_id"], ["clerk.id"], name=op.f("fk_inquiry_first_asked_id_clerk")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_inquiry_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["clerk.id"], name=op.f("fk_inquiry_responsible_id_clerk")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_inquiry_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint(
            "hall_id", "year", "number", name=op.f("uq_inquiry_hall_id_year_number")
        ),
    )
    with op.batch_alter_table("inquiry") as batch_op:
        batch_op.create_index(
            "ix_inquiry_open",
            ["hall_id", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "rating",
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=True),
        sa.Column("clerk_id", sa.Integer(), nullable=True),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name=op.f("ck_rating_five_stars")),
        sa.ForeignKeyConstraint(["clerk_id"], ["clerk.id"], name=op.f("fk_rating_clerk_id_clerk")),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counter.id"], name=op.f("fk_rating_counter_id_counter")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_rating_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_rating_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_rating")),
    )
    op.create_table(
        "visit_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("counter_id", sa.Integer(), nullable=False),
        sa.Column("first_handler_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "result IN ('done', 'accepted', 'told', 'answered')", name=op.f("ck_visit_case_result")
        ),
        sa.ForeignKeyConstraint(
            ["counter_id"], ["counter.id"], name=op.f("fk_visit_case_counter_id_counter")
        ),
        sa.ForeignKeyConstraint(
            ["first_handler_id"], ["clerk.id"], name=op.f("fk_visit_case_first_handler_id_clerk")
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_visit_case_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_visit_case_service_id_service")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_visit_case_ticket_id_ticket")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_case")),
    )
    with op.batch_alter_table("visit_case") as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_case_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "inquiry_step",
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["clerk.id"], name=op.f("fk_inquiry_step_by_id_clerk")),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_step_inquiry_id_inquiry")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["clerk.id"], name=op.f("fk_inquiry_step_to_id_clerk")),
        sa.PrimaryKeyConstraint("inquiry_id", "number", name=op.f("pk_inquiry_step")),
    )
    with op.batch_alter_table("bulletin") as batch_op:
        batch_op.add_column(
            sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("until", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("counter_group") as batch_op:
        batch_op.add_column(sa.Column("lent_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_counter_group_lent_by_id_counter"), "counter", ["lent_by_id"], ["id"]
        )

    with op.batch_alter_table("notice") as batch_op:
        batch_op.add_column(sa.Column("corrects_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("fault", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("answerable_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_notice_issued", ["hall_id", "issued_at"], unique=False)
        batch_op.create_index("ix_notice_ticket_id", ["ticket_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_notice_corrects_id"), ["corrects_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_notice_corrects_id_notice"), "notice", ["corrects_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_notice_answerable_id_clerk"), "clerk", ["answerable_id"], ["id"]
        )

    with op.batch_alter_table("notice_material") as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("ticket") as batch_op:
        batch_op.add_column(
            sa.Column("origin", sa.String(), nullable=False, server_default="kiosk")
        )
        batch_op.add_column(sa.Column("assisted_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("assistance", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(
            sa.Column("notice_serial", sa.String(), nullable=False, server_default="")
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_assisted_by_id_clerk"), "clerk", ["assisted_by_id"], ["id"]
        )

    with op.batch_alter_table("print_job") as batch_op:
        batch_op.drop_constraint(op.f("ck_print_job_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_print_job_kind"), KINDS)

    # Defaults were for the rows that are there already.
    with op.batch_alter_table("bulletin") as batch_op:
        batch_op.alter_column("urgent", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("notice_material") as batch_op:
        batch_op.alter_column("name", existing_type=sa.String(), server_default=None)
    with op.batch_alter_table("notice") as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_notice_fault"), "fault IN ('omitted', 'incomplete', 'mistaken')"
        )
        batch_op.create_check_constraint(
            op.f("ck_notice_correction_whole"),
            "(corrects_id IS NULL) = (fault IS NULL) AND (fault IS NULL) = (answerable_id IS NULL)",
        )
    with op.batch_alter_table("ticket") as batch_op:
        for column in ("origin", "assistance", "notice_serial"):
            batch_op.alter_column(column, existing_type=sa.String(), server_default=None)
        batch_op.create_check_constraint(
            op.f("ck_ticket_origin"), "origin IN ('kiosk', 'desk', 'counter')"
        )


def downgrade() -> None:
    raise CommandError("cases, inquiries and corrections have no place in the tables before")
