"""How long visits have really taken lately"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_pace",
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("visits", sa.Float(), nullable=False),
        sa.Column("minutes", sa.Float(), nullable=False),
        sa.Column("squares", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["hall.id"], name=op.f("fk_service_pace_hall_id_hall")
        ),
        sa.PrimaryKeyConstraint("hall_id", "service_code", name=op.f("pk_service_pace")),
    )
    op.create_table(
        "group_pace",
        sa.Column("hall_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("visits", sa.Float(), nullable=False),
        sa.Column("ratios", sa.Float(), nullable=False),
        sa.Column("privileged", sa.Float(), nullable=False),
        sa.Column("day_visits", sa.Integer(), nullable=False),
        sa.Column("day_minutes", sa.Float(), nullable=False),
        sa.Column("day_expected", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["hall.id"], name=op.f("fk_group_pace_hall_id_hall")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["service_group.id"], name=op.f("fk_group_pace_group_id_service_group")
        ),
        sa.PrimaryKeyConstraint("hall_id", "group_id", name=op.f("pk_group_pace")),
    )


def downgrade() -> None:
    op.drop_table("group_pace")
    op.drop_table("service_pace")
