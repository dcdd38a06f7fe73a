"""What says that a transaction writes: it takes its hall's lock before it reads anything."""

WRITES = "jiaohao_writes"
"""Execution option of a connection whose transactions take the write lock first."""

LOCK_WAIT_S = 5.0
"""How long a writer waits for its turn before it gives up with DatabaseBusy."""
