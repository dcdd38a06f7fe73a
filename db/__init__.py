"""What is remembered: tables, engine, journal, migrations."""
