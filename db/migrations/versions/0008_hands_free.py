"""Since when a counter could call the next"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("counter", sa.Column("hands_free_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("counter", "hands_free_at")
