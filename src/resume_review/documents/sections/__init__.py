"""Which part of a resume every line belongs to."""
