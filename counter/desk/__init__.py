"""咨询台: the information desk's screen."""
