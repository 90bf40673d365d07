"""Whole sites: addresses, memory, rounds and visits."""
