"""Reports made from a `Review`, and from its `Document` when that is at hand: pure functions, no files, no clock."""
