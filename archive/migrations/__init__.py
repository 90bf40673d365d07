"""The archive's tables as they came to be, step by step; archive/upgrade.py runs them."""
