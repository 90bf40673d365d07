"""Tests of wirewatch/."""
