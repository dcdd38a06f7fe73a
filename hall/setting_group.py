"""What every table of the settings file is."""

from pydantic import BaseModel, ConfigDict


class Group(BaseModel):
    """A table of the settings file; a name it does not know is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)
