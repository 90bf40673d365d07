"""Whole sites: their section pages are found, looked at, and remembered by what they bring."""
