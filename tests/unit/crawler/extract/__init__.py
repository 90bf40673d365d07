"""The extraction, on pages of our own."""
