"""Facts a resume states, each with the words it was read from."""
