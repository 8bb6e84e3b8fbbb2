"""Reading: what the user names on the command line becomes Documents; what cannot be read becomes a Failure."""

from digest.reading.inputs import STANDARD_INPUT, Reading, read_inputs

__all__ = ["STANDARD_INPUT", "Reading", "read_inputs"]
