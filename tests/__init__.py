"""What wirewatch promises, held by tests."""
