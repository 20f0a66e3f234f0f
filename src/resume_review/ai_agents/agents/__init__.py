"""What each agent is asked for, and what it may answer."""
