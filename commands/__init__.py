"""The sub-commands of the front door, one module each, imported only when asked for."""
