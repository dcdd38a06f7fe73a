"""An assistant, called from a kiosk"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KINDS = "kind IN ('duty_manager', 'emergency', 'pause', 'assistant')"
KINDS_BEFORE = "kind IN ('duty_manager', 'emergency', 'pause')"


def upgrade() -> None:
    with op.batch_alter_table("help_request") as batch_op:
        batch_op.drop_constraint(op.f("ck_help_request_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_help_request_kind"), KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM help_request WHERE kind = 'assistant'")
    with op.batch_alter_table("help_request") as batch_op:
        batch_op.drop_constraint(op.f("ck_help_request_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_help_request_kind"), KINDS_BEFORE)
