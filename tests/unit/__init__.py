"""Each module by itself; the folders mirror the rooms."""
