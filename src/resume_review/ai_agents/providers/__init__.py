"""The vendors of models behind one door, and all that is owed to calls over a network that cost money."""
