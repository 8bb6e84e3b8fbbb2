"""Reading: what the user names on the command line becomes Documents; what cannot be read becomes a Failure."""

from digest.reading.inputs import STANDARD_INPUT, Reading, read_inputs
from digest.reading.records import FIELDS

__all__ = ["FIELDS", "STANDARD_INPUT", "Reading", "read_inputs"]
