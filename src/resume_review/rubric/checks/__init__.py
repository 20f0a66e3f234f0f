"""The checks, one module per family; `registry` is the one list of them."""
