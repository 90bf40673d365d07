"""The roof: configuration, wiring, the way of a story, the command line."""
