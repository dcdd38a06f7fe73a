"""What a matter and its papers ask for, in other languages than Chinese"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("service", "material"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("translations", sa.JSON(), nullable=True))
        op.execute(f"UPDATE {table} SET translations = '{{}}'")
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("translations", existing_type=sa.JSON(), nullable=False)


def downgrade() -> None:
    for table in ("material", "service"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("translations")
