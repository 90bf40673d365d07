"""One suite over every implementation of a thing."""
