"""Somebody of the hall is called to the kiosk, to help whoever stands there."""
