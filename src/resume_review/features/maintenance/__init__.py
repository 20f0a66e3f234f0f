"""Chores over tables that no single feature looks after while it works."""
