"""The demo: its script, its newsroom, its score."""
