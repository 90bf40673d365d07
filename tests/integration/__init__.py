"""Parts together, with servers on 127.0.0.1."""
