"""Outside services behind small ports: queue, storage, rate limits, logs."""
