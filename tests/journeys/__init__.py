"""One file a user story."""
