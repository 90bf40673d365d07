"""The topics that come with wirewatch."""
