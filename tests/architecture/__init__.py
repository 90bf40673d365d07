"""Floors, budgets, settings."""
