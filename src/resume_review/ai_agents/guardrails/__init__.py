"""What stands between a resume and a model, in both directions."""
