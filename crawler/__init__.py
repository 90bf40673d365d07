"""Gathering: readers of sources, and the engine that reads pages."""
