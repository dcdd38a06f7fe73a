"""What the hall does, as the office's workbook says it."""
