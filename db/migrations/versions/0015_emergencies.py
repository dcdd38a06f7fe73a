"""Emergencies: over everything, said again and again"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("bulletin") as batch_op:
        batch_op.add_column(sa.Column("emergency", sa.String(), nullable=True))
    op.execute("UPDATE bulletin SET emergency = ''")
    with op.batch_alter_table("bulletin") as batch_op:
        batch_op.alter_column("emergency", existing_type=sa.String(), nullable=False)
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.add_column(sa.Column("not_before", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.drop_column("not_before")
    with op.batch_alter_table("bulletin") as batch_op:
        batch_op.drop_column("emergency")
