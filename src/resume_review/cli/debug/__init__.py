"""How a file was read, drawn on its pages: for engineers who ask why."""
