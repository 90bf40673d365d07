"""Feeds: fetched, parsed, told as entries."""
