"""The pages of the kiosk read aloud, for who cannot read them."""
