"""The tests, one module per stage."""
