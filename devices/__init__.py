"""Rows into paper and sound."""
