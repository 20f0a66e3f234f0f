"""The platform in figures: what models cost, and how its parts stand."""
