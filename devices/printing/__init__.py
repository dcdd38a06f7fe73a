"""Print jobs into slips of paper."""
