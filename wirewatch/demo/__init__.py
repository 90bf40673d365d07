"""A small newsroom on this machine, and the whole way before your eyes."""
