"""Signing in from the web interface: the refresh token stays in a cookie that no script can read."""
