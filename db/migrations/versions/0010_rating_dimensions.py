"""Efficiency, manner and competence beside the stars of a rating"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

EACH = (
    "coalesce(efficiency, 1) BETWEEN 1 AND 5 AND coalesce(manner, 1) BETWEEN 1 AND 5 "
    "AND coalesce(competence, 1) BETWEEN 1 AND 5"
)


def upgrade() -> None:
    with op.batch_alter_table("rating") as batch_op:
        for dimension in ("efficiency", "manner", "competence"):
            batch_op.add_column(sa.Column(dimension, sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_rating_five_stars_each"), EACH)


def downgrade() -> None:
    with op.batch_alter_table("rating") as batch_op:
        batch_op.drop_constraint(op.f("ck_rating_five_stars_each"), type_="check")
        for dimension in ("efficiency", "manner", "competence"):
            batch_op.drop_column(dimension)
