"""Data only: sounds, locale, the list of fonts."""
