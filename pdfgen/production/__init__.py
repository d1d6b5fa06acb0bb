"""A job or a list from end to end: inputs read, program planned, typeset, written."""
