"""Count versions in the order of their writing."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Of the versions that were written before they were counted, the order is that in which they were seen.
_COUNT = """
UPDATE record_version SET seq = counted.seq FROM (
    SELECT record_type, record_key, version,
        row_number() OVER (ORDER BY first_seen, record_type, record_key, version) AS seq
    FROM record_version
) AS counted
WHERE record_version.record_type = counted.record_type AND record_version.record_key = counted.record_key
    AND record_version.version = counted.version
"""


def upgrade() -> None:
    op.add_column("record_version", sa.Column("seq", sa.Integer(), nullable=True))
    op.execute(_COUNT)
    with op.batch_alter_table("record_version", schema=None) as batch_op:
        batch_op.alter_column("seq", existing_type=sa.Integer(), nullable=False)
        batch_op.create_index("ix_record_version_recorded", ["first_seen", "seq"], unique=False)
        batch_op.create_index("ix_record_version_seq", ["seq"], unique=True)
