"""What the platform does, one folder a feature, all cut alike."""
