"""Queries planned onto the full-text index."""
