"""The HTTP surface: all routers, the one mapping of errors, health and OpenAPI."""
